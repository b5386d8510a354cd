"""How one document names another: in full the first time, by type and number afterwards; and what is doubtful about it.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b.
"""

import re
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from units.models import Unit
from units.text import fold

from ..papers.models import Document, Effect
from ..source.markdown import CITE
from ..source.names import continued
from ..source.typed import subject_alone, tells_about
from ..source.types import SPOKEN
from ..source.vietnamese import full_day, month_text

# A day behind a reference names one of several papers of that number: ``50/BC-UBND 17/02/2020``.
_DAY = re.compile(r"(.+?)\s+(\d{1,2})/(\d{1,2})/(\d{4})$")
# Laws are cited by type and name alone, at every mention.
BY_NAME = ("Luật", "PL")
# Subjects that go on behind the issuing body without "về".
_VERBS = ("về ", "phát động ", "quy định ", "hướng dẫn ", "sửa đổi", "ban hành ", "phê duyệt ")


def long_form(document) -> str:
    """``Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020 của UBND tỉnh về tổng kết …``; of a law, type and name."""
    if document.type.code in BY_NAME:
        return short_form(document)
    if document.type.code == SPOKEN:
        return f"{_spoken(document)} {_about(document)}"
    words = [short_form(document)]
    if document.date_text:
        words.append(_day(document))
    if document.issuer_name:
        words.append(f"của {document.issuer_name}")
    return " ".join([*words, _about(document)])


def _day(document) -> str:
    """Its day as it stands in a sentence, as far as it is known."""
    known = document.date
    return full_day(known) if known.day else f"tháng {month_text(known.month)} năm {known.year}" if known.month else ""


def short_form(document) -> str:
    """``Báo cáo số 50/BC-UBND``; ``Luật Thi đua, khen thưởng``; ``ý kiến chỉ đạo của … ngày 14 tháng 02 năm 2020``."""
    if document.type.code in BY_NAME:
        name = document.subject.strip()
        return name if name.startswith(document.type.name) else f"{document.type.name} {name}"
    if document.type.code == SPOKEN:
        return f"ý kiến chỉ đạo của {document.issuer_name} {_day(document)}"
    return f"{document.type.name} số {document.reference}"


def _spoken(document):
    """A direction by word of mouth with the occasion, at its first mention."""
    where = f" tại {document.occasion.strip()}" if document.occasion.strip() else ""
    return f"ý kiến chỉ đạo của {document.issuer_name}{where} {_day(document)}"


def _about(document):
    subject = document.subject.strip()
    if tells_about(subject):
        return f"về việc {continued(subject_alone(subject))}"
    return subject if subject.lower().startswith(_VERBS) else f"về {continued(subject)}"


def resolver(user=None, paper=None):
    """A function (reference, first mention?) → citation, or None where the register does not hold the reference.

    ``user`` limits it to papers that this person may see; without one (the command line) only cited papers are found.
    The references of ``paper`` are fetched together, others one by one. Of several papers with one number the newest that
    is not younger than ``paper`` is meant, or the one whose day stands behind the number.
    """
    day = paper.date.for_rules(timezone.localdate()) if paper else date.max
    texts = [*paper.bases, paper.body, *(appendix.body for appendix in paper.appendices)] if paper else []
    visible = _visible(user)
    known = _candidates(visible, _keys(texts))

    def cite(reference, first):
        if reference not in known:
            known.update(_candidates(visible, [reference]))
        document = _meant(known[reference], day)
        if document is None:
            return None
        return long_form(document) if first else short_form(document)

    return cite


def told(keys, user, day) -> dict:
    """{key: how a page shows the paper that it cites on ``day``}; None where the register holds none that ``user`` may see.

    ``short`` and ``long``: as it is printed, where it is mentioned again and the first time; ``doubt``: why it cannot be relied
    on. Two queries, however many keys.
    """
    papers = _candidates(with_doubts(_visible(user)), keys) if keys else {}
    found = {key: _meant(papers[key], day) for key in papers}
    return {key: paper and _shown(paper, day) for key, paper in found.items()}


def _shown(paper, day):
    later = f"có ngày sau văn bản này ({day:%d/%m/%Y})" if paper.dated > day else ""
    return {"short": short_form(paper), "long": long_form(paper), "doubt": later or doubt_on(paper, day)}


def numbered(key, user) -> list[Document]:
    """The papers that ``key`` may mean (``50/BC-UBND``, or with a day behind it) among those ``user`` may see, newest first."""
    return _candidates(_visible(user), [key])[key]


def _visible(user):
    papers = Document.objects.filter(origin=Document.Origin.CITED) if user is None else Document.objects.open_to(user)
    return papers.select_related("type").order_by("-dated", "-pk")


def _keys(texts) -> list[str]:
    """What ``texts`` cite, each once, in the order of the first mentions."""
    return list(dict.fromkeys(found for text in texts for found in CITE.findall(text)))


def _candidates(visible, keys) -> dict[str, list[Document]]:
    """{key: the papers that it may mean, newest first}, in one query; none where there is nothing to look for."""
    split = {key: _DAY.match(key) for key in keys}
    wanted = {*keys, *(found[1] for found in split.values() if found)}
    by_reference = {}
    for document in visible.filter(reference__in=wanted) if wanted else ():
        by_reference.setdefault(document.reference, []).append(document)
    return {key: by_reference.get(key) or _of_day(by_reference, found) for key, found in split.items()}


def _of_day(by_reference, found):
    """The papers of the number before a day that bear this day."""
    if not found:
        return []
    day, month, year = map(int, found.group(2, 3, 4))
    return [row for row in by_reference.get(found[1], ()) if (row.day, row.month, row.year) == (day, month, year)]


def _meant(papers, day):
    """The newest of ``papers`` that is not younger than ``day``, else the oldest; None of none."""
    older = [paper for paper in papers if paper.dated <= day]
    return older[0] if older else papers[-1] if papers else None


def doubt_on(document, day: date) -> str:
    """Why ``document`` cannot be relied on on ``day``, in words that follow its name; nothing where it holds.

    Reads ``affected_by`` with each one's paper.
    """
    ended = document.effective_to
    for effect in document.affected_by.all():
        since = ended or effect.paper.effective_from or effect.paper.dated
        if since <= day:
            return f"đã bị {effect.get_kind_display()} bằng {short_form(effect.paper)} từ ngày {since:%d/%m/%Y}"
    if ended and ended <= day:
        return f"đã hết hiệu lực từ ngày {ended:%d/%m/%Y}"
    if document.state in (Document.State.REPLACED, Document.State.RECALLED) and not document.affected_by.all():
        return document.get_state_display().lower()
    if document.effective_from and document.effective_from > day:
        return f"có hiệu lực từ ngày {document.effective_from:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}"
    return ""


def with_doubts(papers):
    """``papers`` with what ``doubt_on`` and the warnings read of each, in two queries."""
    effects = Effect.objects.holding()
    return papers.select_related("type", "issuer_unit").prefetch_related(Prefetch("affected_by", effects))


def warnings_of(document, user) -> list[str]:
    """What should be looked at again before a draft goes on: its citations, its issuing body, its addressees.

    Everything is judged on the draft's own date. The number of queries does not grow with the number of citations.
    """
    day = document.date.for_rules(timezone.localdate())
    appendices = document.appendices.all() if document.pk else ()
    keys = _keys([document.bases, document.body, *(row.body for row in appendices)])
    papers = _candidates(with_doubts(_visible(user)), keys) if keys else {}
    cited = [warning for key in keys for warning in _warnings_of_citation(key, papers[key], day)]
    return [*cited, *_ended_bodies(document, day)]


def _warnings_of_citation(key, papers, day):
    """What is wrong with one citation."""
    paper = _meant(papers, day)
    if paper is None:
        yield f"«{key}» chưa có trong sổ văn bản. Hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ."
        return
    name = f"{paper.name} ngày {paper.date_text}" if paper.type.code != SPOKEN else paper.reference
    others = [row for row in papers if (row.dated, fold(row.issuer_name)) != (paper.dated, fold(paper.issuer_name))]
    if others:
        yield (
            f"«{key}»: sổ có {len(others) + 1} văn bản cùng số; đang trích dẫn {name} của {paper.issuer_name}. "
            f"Muốn chỉ đích danh, hãy ghi thêm ngày: {{{{cite:{paper.reference} {paper.date_text}}}}}."
        )
    doubt = doubt_on(paper, day)
    if paper.dated > day:
        yield f"{name} có ngày sau văn bản này ({day:%d/%m/%Y}). Hãy xem lại ngày, hoặc số được trích dẫn."
    elif doubt:
        yield f"{name} {doubt}. Hãy xem có phải trích dẫn văn bản khác không."
    unit = paper.issuer_unit
    if unit and not unit.is_alive_on(paper.dated):
        yield f"{name} ghi cơ quan ban hành là {unit.label}, đơn vị không hoạt động vào ngày đó. Hãy sửa ở sổ văn bản."


def _ended_bodies(document, day):
    """The issuing body and each unit named as addressee that was no more, or not yet, on ``day``."""
    unit = document.issuer_unit
    if unit and not unit.is_alive_on(day):
        yield f"Cơ quan ban hành {unit.label} không hoạt động vào ngày {day:%d/%m/%Y}. Hãy chọn cơ quan kế thừa."
    keys = [row.key for row in document.addressees.all()] if document.pk else []
    codes = [name for kind, _, name in (key.partition(":") for key in keys) if kind == "don-vi"]
    for unit in Unit.objects.filter(code__in=codes).select_related("superior") if codes else ():
        if not unit.is_alive_on(day):
            yield f"Nơi nhận {unit.label} không hoạt động vào ngày {day:%d/%m/%Y}. Hãy chọn đơn vị kế thừa."

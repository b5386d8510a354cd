"""What the papers of a decision say: the decision article by article with its lists, and the department's submission.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (Mẫu 1.2); decisions of provinces on commendation as they are written: one is the
decision of a person, never of the body.
"""

from itertools import groupby

from django.db import transaction

from documents.areas.papers import ISSUED, RECALLED, REPLACED, key_of, name_of
from documents.models import Addressee, Appendix, Document
from documents.papers.rules import proposal_for
from documents.papers.tables import table
from documents.source import authority
from documents.source.bases import BASES, bases_on
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import amount_in_words, roman
from documents.steps.refusing import Refused, first_of
from units.models import Capacity, Unit
from units.text import key_or_none, one_line

from ..catalogue.book import book_of
from ..catalogue.models import Whom
from ..eligibility.words import dotted
from ..records.models import Award, Decision
from . import actions
from .giving import money_of, refuse_clashes
from .models import OF_DECISION, Paper
from .naming import counted, given
from .rules import authority_faults, doubts_of

State = Decision.State
_HEADS = {Whom.COLLECTIVE: "TẬP THỂ", Whom.PERSON: "CÁ NHÂN", Whom.HOUSEHOLD: "HỘ GIA ĐÌNH"}
_NAMES = {Whom.COLLECTIVE: "Tên tập thể", Whom.PERSON: "Họ và tên", Whom.HOUSEHOLD: "Hộ gia đình"}
_MONEY = "Tiền thưởng (đồng)"
_NAMED = 5


def faults_of(decision, rows, doubts=None) -> list[str]:
    """What keeps the decision from being written, in words: whom a person has not looked at, names that units want otherwise."""
    faults = authority_faults(rows, decision.office, decision.day)
    if open_ones := doubts_of(rows, decision.day) if doubts is None else doubts:
        faults.append(f"Còn {len(open_ones)} dòng có điều cần xem chưa có người quyết định.")
    if asked := sum(getattr(row, "name_check", None) is not None and row.name_check.state == "other" for row in rows):
        faults.append(f"Còn {asked} dòng đơn vị đề nghị sửa tên chưa được trả lời.")
    return faults if rows else ["Danh sách không còn dòng nào."]


@transaction.atomic
def draft(decision, paper: Paper, *, by) -> Document:
    """A draft of the decision or of the department's submission. Raises ``Refused``."""
    if not actions.MANAGER.may(decision, by):
        raise Refused("Quyết định khen thưởng do Sở Nội vụ soạn.")
    decision = actions.DRAFTS.locked(decision)
    if not decision.is_being_made:
        raise Refused("Quyết định này đã ban hành.")
    if paper == Paper.DECISION and decision.unit is None:
        raise Refused(f"Quyết định này của {decision.office}: soạn tờ trình, rồi ghi kết quả khi có quyết định.")
    OF_DECISION.refuse_standing(decision.pk, paper)
    rows = list(actions.rows_of(decision))
    refuse_clashes(rows, decision)
    if faults := faults_of(decision, rows):
        raise Refused("Chưa soạn được. " + " ".join(faults))
    issuer = decision.unit if paper == Paper.DECISION else by.unit
    facts, appendices, addressees = _WRITERS[paper](decision, rows, by)
    document = OF_DECISION.draft(
        decision.pk, paper, by=by, type=_TYPES[paper], issuer=issuer, facts=facts, appendices=appendices, addressees=addressees
    )  # fmt: skip
    actions.DRAFTS.tell(
        decision, f"draft_{paper}", f"Soạn {document.type.name.lower()}", by=by, after={"Số dòng": str(len(rows))}
    )
    return document


def _decision(decision, rows, by):
    book, unit, day = book_of(decision.day), decision.unit, decision.day
    money = money_of(decision, rows)
    lists = _appendices(book, decision, rows, money)
    facts = {
        "subject": said_in_head(decision.subject),
        "bases": "\n".join([*bases_on(day, unit), proposal_for(unit, by.unit if _is_province(unit) else unit)]),
        "recipients": "Như Điều 3\nSở Tài chính" if _is_province(unit) and _total(money) else "Như Điều 3",
        "body": "\n\n".join(
            [*_first_article(book, decision, rows), _second_article(book, decision, rows, money), _third_article(unit)]
        ),
    }
    return facts | signed_by_the_head(unit, day), lists, _addressees(rows, day, unit)


def signed_by_the_head(unit, day) -> dict:
    """Authority and signature of the head in person: Bằng khen is the chairman's to give, not the committee's."""
    term = authority.decider(unit.terms.in_force(day).select_related("official"))
    if term and term.capacity != Capacity.TM:
        return {"authority_line": authority.line_for(unit, term)}
    head = authority.head_of(unit)
    line = authority.with_body(head.upper(), " ".join(unit.issuer_lines))
    return {"authority_line": line, "signer": None, "capacity": head.upper()} | (
        {"signer_name": term.official.name} if term else {}
    )


def by_award(rows):
    """(award, its rows) in the order of the list."""
    return [(award, list(own)) for award, own in groupby(rows, key=lambda row: row.type)]


def _first_article(book, decision, rows):
    """What is given to how many, for what; one line for each award where there are several."""
    groups, deed = by_award(rows), _reason(decision)
    several = len(groups) > 1
    lines = []
    for number, (award, own) in enumerate(groups, 1):
        where = f"Phụ lục {roman(number)}" if several else "danh sách"
        whom = counted(row.recipient.kind for row in own)
        lines.append(f"ặng {said(given(book, award))} cho {whom} (có {where} kèm theo)")
    if not several:
        return [f"**Điều 1.** T{lines[0]}{deed}."]
    return [f"**Điều 1.** Khen thưởng{deed}, gồm:", *(f"{n}. T{line}." for n, line in enumerate(lines, 1))]


def _reason(decision) -> str:
    deed = one_line(decision.draft.deed).rstrip(" .;,")
    words = deed[:1].lower() + deed[1:]
    return f", {'' if words.startswith('vì ') else 'vì '}{said(words)}" if deed else ""


def _total(money) -> int:
    return sum(paid.prize.amount for paid in money.values() if paid.is_paid)


def _second_article(book, decision, rows, money) -> str:
    """The money of the whole list in figures and words, and whose fund pays."""
    total = _total(money)
    if not total:
        return "**Điều 2.** Tập thể, cá nhân, hộ gia đình có tên tại Điều 1 được hưởng quyền lợi theo quy định của pháp luật."
    article = next(
        (row for row in (book.the("coefficient", own.type.code, own.recipient.kind) for own in rows) if row), None
    )
    where = f" theo {said(book.citation(article))}" if article else " theo quy định"
    return (
        f"**Điều 2.** Mức tiền thưởng thực hiện{where}; tổng số tiền {dotted(total)} đồng (bằng chữ: "
        f"{amount_in_words(total).lower()}), chi từ quỹ thi đua, khen thưởng của {said(decision.unit.name)}."
    )


def _is_province(unit) -> bool:
    return unit.kind == Unit.Kind.PROVINCE


def _third_article(unit) -> str:
    return (
        f"**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.\n\n{_office_of(unit)}, thủ trưởng các cơ quan, đơn vị liên quan "
        "và các tập thể, cá nhân, hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )


def _office_of(unit) -> str:
    """Who sees to it that a decision of the head of ``unit`` is carried out."""
    if _is_province(unit):
        return "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ"
    if unit.kind in (Unit.Kind.COMMUNE, Unit.Kind.DISTRICT):
        return "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"
    return f"Chánh Văn phòng {said(unit.name)}"


def _appendices(book, decision, rows, money):
    """A list for each award, collectives, persons and households under a heading of their own, numbered through."""
    number, found = 0, []
    for award, own in by_award(rows):
        parts = []
        groups = [(kind, list(group)) for kind, group in groupby(own, key=lambda row: row.recipient.kind)]
        for place, (kind, group) in enumerate(groups, 1):
            if len(groups) > 1:
                parts.append(f"**{roman(place)}. {_HEADS[kind]}**")
            parts.append(_list(kind, group, money, number))
            number += len(group)
        found.append(Appendix(title=f"Danh sách được tặng {given(book, award)}"[:300], body="\n\n".join(parts)))
    return found


def _list(kind, rows, money, before) -> str:
    """One table; the columns of deeds and money only where something stands in them."""
    told, paid = any(row.deed for row in rows), any(money[row.pk].is_paid for row in rows)
    heads = [_NAMES[kind], "Chức vụ, đơn vị" if kind == Whom.PERSON else "Đơn vị, địa chỉ"]
    heads += (["Thành tích"] if told else []) + ([_MONEY] if paid else [])
    lines = [
        (row.name, row.post, *([row.deed] if told else []), *([_amount(money[row.pk])] if paid else [])) for row in rows
    ]
    return table(heads, lines, first=before + 1, right=[_MONEY])


def _amount(paid) -> str:
    return dotted(paid.prize.amount) if paid.is_paid else "–"


def _addressees(rows, day, issuer):
    """The units that proposed and those of the rows, who get the paper, as far as they are there on its day; not its own body."""
    units = {unit.pk: unit for row in rows for unit in (row.dossier.unit, row.unit) if unit and unit.is_alive_on(day)}
    units.pop(issuer.pk, None)
    return [Addressee(key=f"don-vi:{unit.code}", label=unit.name[:200]) for unit in units.values()]


def _submission(decision, rows, by):
    """What the department lays before who decides."""
    book, money = book_of(decision.day), money_of(decision, rows)
    lines = [
        f"{number}. Tặng {said(given(book, award))} cho {counted(row.recipient.kind for row in own)}."
        for number, (award, own) in enumerate(by_award(rows), 1)
    ]
    total = _total(money)
    paid = f"Tổng số tiền thưởng kèm theo: {dotted(total)} đồng ({amount_in_words(total).lower()})." if total else ""
    body = [
        *(f"{row};" for row in bases_on(decision.day, by.unit)),
        f"Trên cơ sở hồ sơ đề nghị của các cơ quan, đơn vị và kết quả xét khen thưởng, {said(by.unit.name)} kính trình "
        f"{said(decision.office.name)} xem xét, {said(decision.subject)}{_reason(decision)}, cụ thể:",
        *lines,
        paid,
        "(Có danh sách kèm theo.)",
        f"{said(by.unit.name)} kính trình {said(decision.office.name)} xem xét, quyết định.",
    ]
    facts = {
        "subject": said_in_head(f"đề nghị {decision.subject}"),
        "to": decision.office.name,
        "recipients": "Như trên",
        "body": "\n\n".join(filter(None, body)),
    }
    body_of_decider = [Addressee(key=f"don-vi:{decision.unit.code}", label=decision.unit.name)] if decision.unit else []
    own = by.unit_id == decision.unit_id
    return facts, _appendices(book, decision, rows, money), [] if own else body_of_decider


_TYPES = {Paper.DECISION: "QĐ", Paper.SUBMISSION: "TTr"}
_WRITERS = {Paper.DECISION: _decision, Paper.SUBMISSION: _submission}


# --- What becomes of them


@OF_DECISION.heard
def hear(document: Document, state: str) -> None:
    """The issued decision gives what is in its list. Raises ``Refused``, which keeps it from being issued."""
    if name_of(document) != Paper.DECISION:
        return
    found = Decision.objects.filter(pk=key_or_none(key_of(document)) or 0)
    if state == ISSUED:
        _issued(found.first(), document)
    elif state in (RECALLED, REPLACED) and found.filter(paper=document, state=State.STANDING).exists():
        _over(found.get())


def _issued(decision, document):
    if decision is None:
        raise Refused("Dự thảo quyết định khen thưởng này đã bị bỏ. Hãy trả lại và bỏ văn bản này.")
    actions.lock_files(decision.nominations.all())
    rows = list(actions.rows_of(decision))
    day = document.dated
    told = [
        *_ended_bases(document, day),
        *_not_in_paper(document, rows),
        *_money_of_then(decision, document, rows, day),
    ]
    if told:
        raise Refused("Chưa ban hành được: " + " ".join(told) + " Hãy trả lại để sửa.")
    if changed := list(_changed(rows, day)):
        raise Refused(
            f"Chưa ban hành được: có điều cần xem sau khi soạn. {' '.join(changed)} Sở Nội vụ mở dòng đó ở dự thảo quyết định, "
            "«Vẫn trình, kèm lý do»; không khen nữa thì trả lại văn bản để đưa ra."
        )
    actions.award.heard(decision, by=document.issued_by, number=document.reference, day=day, paper=document)


def _ended_bases(document, day):
    """Laws and decrees among the legal bases that do not hold on the day of signing."""
    text = one_line(document.bases)
    for row in BASES:
        ended = row.begins > day or (row.ends and row.ends < day)
        if ended and one_line(row.words) in text and not _is_within_another(row, text, day):
            yield f"Căn cứ «{row.words.partition(' ngày ')[0]}» không có hiệu lực ngày {day:%d/%m/%Y}."


def _money_of_then(decision, document, rows, day):
    """The sum in the paper is that of the day it was planned for, and prizes are others on the day of signing."""
    then, now = (_total(money_of(decision, rows, of)) for of in (decision.day, day))
    if then != now and f"{dotted(then)} đồng" in document.body:
        yield (
            f"Tiền thưởng ghi trong văn bản ({dotted(then)} đồng) tính theo ngày {decision.day:%d/%m/%Y}; "
            f"ngày {day:%d/%m/%Y} là {dotted(now)} đồng."
        )


def _changed(rows, day):
    """Who died, moved, was disciplined since the paper was written, and nobody decided on it yet."""
    found = doubts_of(rows, day)
    named = [row for row in rows if row.pk in found]
    yield from (f"{row.name}: {' '.join(found[row.pk])}" for row in named[:_NAMED])
    if len(named) > _NAMED:
        yield f"Và {len(named) - _NAMED} dòng khác."


def _is_within_another(row, text, day) -> bool:
    """Whether the words are the beginning of a basis that holds: a law before its amendment and with it."""
    others = (one for one in BASES if one is not row and one.begins <= day and (one.ends is None or day <= one.ends))
    return any(one.words.startswith(row.words) and one.words in text for one in others)


def _not_in_paper(document, rows):
    """Names of the list that the paper does not have: somebody changed it by hand."""
    lists = document.appendices.values_list("body", flat=True)
    cells = {one_line(cell) for text in lists for line in text.splitlines() for cell in line.split("|")}
    missing = [row.name for row in rows if said(one_line(row.name)) not in cells]
    if missing:
        yield f"Văn bản không có tên {first_of(missing, 'tên', between=', ')} như danh sách của quyết định."


def _over(decision):
    """An award is never deleted: each is cancelled by a decision (Điều 93) before its decision may be recalled or replaced."""
    if Award.objects.filter(decision=decision, cancelled_on=None).exists():
        raise Refused(
            f"{decision} đã khen thưởng nên không thu hồi, thay thế như văn bản khác. Tên sai thì đính chính; khen sai thì ra "
            "quyết định hủy khen thưởng ở trang của quyết định đó (Điều 93 Luật Thi đua, khen thưởng)."
        )

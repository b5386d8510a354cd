"""What the decision that cancels, strips or restores awards says, and the submission that asks for it.

Source: Luật Thi đua, khen thưởng 2022, Điều 93.
"""

from django.utils import timezone

from documents.models import Addressee, Document
from documents.papers.rules import proposal_for
from documents.papers.tables import Lists
from documents.source.bases import bases_on
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import amount_in_words, count_text, full_day
from documents.steps.log import record

from ..catalogue.book import book_of
from ..eligibility.words import dotted
from ..log import About
from .models import OF_UNDOING, Undoing
from .naming import given
from .papers import signed_by_the_head
from .rules import province_above

Kind = Undoing.Kind
# {kind: (what is done in a sentence, in the subject of a paper)}
_DOES = {
    Kind.CANCEL: ("hủy bỏ khen thưởng", "hủy bỏ khen thưởng"),
    Kind.STRIP: ("tước danh hiệu vinh dự nhà nước", "tước danh hiệu vinh dự nhà nước"),
    Kind.RESTORE: ("phục hồi và trao lại danh hiệu vinh dự nhà nước", "phục hồi danh hiệu vinh dự nhà nước"),
}


def decision(undoing, awards, backs, issuer, ground) -> Document:
    """A draft of the decision. ``backs``: (đồng, items) that are taken back with each of ``awards``; ``ground``: the row of the
    law that it rests on.
    """
    does, subject = _DOES[undoing.kind]
    lists, why = Lists(), _why(ground, undoing.reason)
    body = [
        f"**Điều 1.** {does[:1].upper() + does[1:]} đã tặng theo {said(cited(undoing.decision))} đối với {_whom(awards)}, {why}.",
        *_list(undoing, awards, backs, lists),
        _second(undoing, backs, issuer),
        last_article(issuer),
    ]
    subject = f"{subject} đối với {_counted(awards)} đã tặng theo {undoing.decision}"
    return draft_decision(OF_UNDOING, undoing.pk, issuer, undoing.by, subject, body, lists, awards)


def submission(undoing, awards, backs, office, ground) -> Document:
    """As ``decision``: what asks the province to lay it before ``office``, which decides (Điều 93 khoản 7, 8)."""
    by, day = undoing.by, timezone.localdate()
    lists, why = Lists(), _why(ground, undoing.reason)
    does, subject = _DOES[undoing.kind]
    province = province_above(by.unit, day)
    to = province or by.unit
    asked = f"đề nghị {office.name} {subject} đối với {_counted(awards)} đã tặng theo {undoing.decision}"
    body = [
        *(f"{row};" for row in bases_on(day, by.unit)),
        f"{said(by.unit.name)} kính trình {said(to.name)} xem xét, trình {said(office.name)} {does} đã tặng theo "
        f"{said(cited(undoing.decision))} đối với {_whom(awards)}, {why}.",
        *_list(undoing, awards, backs, lists),
        f"{said(by.unit.name)} kính trình {said(to.name)} xem xét, quyết định.",
    ]
    facts = {
        "subject": said_in_head(asked[:300]), "to": to.name, "recipients": "Như trên",
        "body": lists.told("\n\n".join(body)),
    }  # fmt: skip
    addressees = [Addressee(key=f"don-vi:{to.code}", label=to.name)] if province else []
    document = OF_UNDOING.draft(
        undoing.pk, by=by, type="TTr", issuer=by.unit, facts=facts, addressees=addressees, appendices=lists.appendices
    )
    return _told(document, undoing.decision, asked, by)


def _why(row, reason) -> str:
    article = book_of(timezone.localdate()).citation(row)
    words = row.value[:1].lower() + row.value[1:]
    return f"vì: {said(reason.rstrip(' .'))} ({said(words)}, {said(article)})"


def last_article(issuer) -> str:
    """Who carries out the decision."""
    return (
        f"**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.\n\nChánh Văn phòng {said(issuer.name)}, Giám đốc Sở Nội vụ, "
        "thủ trưởng các cơ quan, đơn vị liên quan và người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )


def _whom(awards) -> str:
    if len(awards) > 1:
        names = _given(awards)
        what = f" được tặng {said(names.pop())}" if len(names) == 1 else ""
        return f"{count_text(len(awards))} trường hợp sau{what}"
    (award,) = awards
    name = given(book_of(award.decided_on), award.type)
    return f"{said(award.name)}{f', {said(award.post)}' if award.post else ''}, được tặng {said(name)}"


def _given(awards) -> set[str]:
    """What was given by the decision: the names of its awards on its day."""
    book = book_of(awards[0].decided_on)
    return {given(book, award_type) for award_type in {award.type_id: award.type for award in awards}.values()}


def _counted(awards) -> str:
    return awards[0].name if len(awards) == 1 else f"{count_text(len(awards))} trường hợp"


def cited(decision) -> str:
    """``Quyết định số 12/QĐ-UBND ngày 03 tháng 4 năm 2026 của …``."""
    return f"Quyết định số {decision.number} {full_day(decision.day)} của {decision.office.name}"


def _list(undoing, awards, backs, lists) -> list[str]:
    """The list of several, with the money that is taken back where there is any."""
    if len(awards) == 1:
        return []
    book, money = book_of(undoing.decision.day), "Tiền thưởng thu hồi (đồng)"
    has_money, several = any(amount for amount, _ in backs), len(_given(awards)) > 1
    columns = [
        ("Họ và tên, tên tập thể", lambda award, amount: award.name),
        ("Chức vụ, đơn vị", lambda award, amount: award.post),
        *([("Đã được tặng", lambda award, amount: given(book, award.type))] if several else []),
        *([(money, lambda award, amount: dotted(amount) if amount else "–")] if has_money else []),
    ]
    rows = [[told(award, amount) for _, told in columns] for award, (amount, _) in zip(awards, backs, strict=True)]
    title = f"Danh sách {_DOES[undoing.kind][1]}"
    return [lists.table(title, [head for head, _ in columns], rows, right=[money])]


def _second(undoing, backs, issuer) -> str:
    """What is taken back: the items by their names, the money in figures and words, to whose fund; or handed over again."""
    if undoing.kind == Kind.RESTORE:
        return "**Điều 2.** Trao lại hiện vật, tiền thưởng đã thu hồi (nếu có)."
    total = sum(amount or 0 for amount, _ in backs)
    items = "; ".join(dict.fromkeys(items for _, items in backs if items))
    parts = [f"hiện vật đã trao ({said(items)})" if items else "hiện vật đã trao"]
    if total:
        words = amount_in_words(total).lower()
        parts.append(
            f"tiền thưởng {dotted(total)} đồng (bằng chữ: {words}), nộp vào quỹ thi đua, khen thưởng của {said(issuer.name)}"
        )
    return f"**Điều 2.** Thu hồi {' và '.join(parts)}."


def _addressees(awards, issuer):
    day = timezone.localdate()
    units = {award.unit_id: award.unit for award in awards if award.unit and award.unit.is_alive_on(day)}
    units.pop(issuer.pk, None)
    return [Addressee(key=f"don-vi:{unit.code}", label=unit.name[:200]) for unit in units.values()]


def draft_decision(kind, key, issuer, by, subject, body, lists, awards):
    """A decision in the form of the house, to the units of the awards."""
    day = timezone.localdate()
    facts = {
        "subject": said_in_head(subject[:300]),
        "bases": "\n".join([*bases_on(day, issuer), proposal_for(issuer, by.unit)]),
        "recipients": "Như Điều 3\nSở Tài chính",
        "body": lists.told("\n\n".join(body)),
    }
    document = kind.draft(
        key, by=by, type="QĐ", issuer=issuer, facts=facts | signed_by_the_head(issuer, day),
        addressees=_addressees(awards, issuer), appendices=lists.appendices,
    )  # fmt: skip
    return _told(document, awards[0].decision, subject, by)


def _told(document, decision, subject, by):
    act = f"Soạn {document.type.name.lower()} {subject}"[:200]
    record(About.DECISION, decision, act, by=by, what="write_undoing")
    return document

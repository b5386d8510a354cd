"""Awards cancelled, names corrected by a decision that is written here; what rests on an award that is cancelled.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2 (grounds, what is taken back), khoản 8 (who decided cancels).
``NOT_PAID``: functions of the rooms above, each gives of awards the keys of those whose prize nobody was paid.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, key_of
from documents.models import Addressee, Document
from documents.papers.rules import proposal_for
from documents.papers.tables import Lists
from documents.source.bases import bases_on
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import amount_in_words, count_text, full_day
from documents.steps.log import record
from documents.steps.refusing import Refused
from units.permissions import may_manage
from units.text import key_or_none

from ..catalogue.book import book_of
from ..decisions.actions import cancel
from ..decisions.rules import asked_for, to_take_back
from ..eligibility.words import dotted
from ..log import About
from ..records.models import Authorship, Award
from .models import OF_CORRECTION, OF_UNDOING, Correction, Undoing
from .naming import given
from .papers import signed_by_the_head
from .rules import body_of

NOT_PAID = []


def rests_on(awards) -> dict[int, list[str]]:
    """{key: what rests on it, in words}: initiatives used for it, later awards of the recipient that ask for it. Two queries."""
    found, people = defaultdict(list), defaultdict(list)
    for award in awards:
        people[award.recipient_id].append(award)
    for row in Authorship.objects.filter(used_in__in=awards).select_related("initiative"):
        found[row.used_in_id].append(f"Sáng kiến «{row.initiative}» đã dùng để xét.")
    later = (
        Award.objects.standing()
        .filter(recipient__in=people, cancelled_on=None)
        .exclude(pk__in=[one.pk for one in awards])
    )
    asked = {}
    for row in later.select_related("type", "decision").order_by("decided_on", "pk"):
        key = row.type.code, row.decided_on
        if key not in asked:
            asked[key] = asked_for(*key)
        for award in people[row.recipient_id]:
            if award.type.code in asked[key] and row.decided_on >= award.decided_on and row.year >= award.year:
                found[award.pk].append(f"{row.title} năm {row.year} ({row.decision}) xét trên khen thưởng này.")
    return found


def cancellable(decision):
    """The awards of a decision that still count, in its order."""
    rows = Award.objects.standing().filter(decision=decision, cancelled_on=None)
    return rows.select_related("type", "decision__office", "decision__unit", "recipient", "unit").order_by("position")


def to_recover(award, unpaid) -> tuple[int | None, str]:
    """(đồng, items) that are taken back with an award; no money that nobody was paid."""
    amount, items = to_take_back(award)
    return (None if award.pk in unpaid else amount), items


def unpaid_of(awards) -> set[int]:
    """Keys of those whose prize nobody was paid."""
    return {key for asks in NOT_PAID for key in asks(awards)}


def _refuse(decision, by, what):
    if not may_manage(by):
        raise Refused(f"{what} do Sở Nội vụ soạn.")
    unit = body_of(decision.office, by.unit, decision.day)
    if unit is None:
        raise Refused(
            f"{decision} của {decision.office}: cơ quan đó mới hủy, đính chính được. Có văn bản thì ghi ở trang khen thưởng."
        )
    return (
        decision.unit
        if decision.unit and decision.unit.is_alive_on(timezone.localdate())
        else body_of(decision.office, by.unit, timezone.localdate())
    )


@transaction.atomic
def write_cancelling(decision, keys, *, by, ground, reason) -> Document:
    """A draft of the decision that cancels the awards of ``keys``. Raises ``Refused``."""
    issuer = _refuse(decision, by, "Quyết định hủy khen thưởng")
    awards = list(cancellable(decision).filter(pk__in=keys))
    if not awards:
        raise Refused("Hãy chọn ít nhất một khen thưởng còn hiệu lực.")
    book = book_of(timezone.localdate())
    row = next((row for row in book.all("ground", awards[0].type.code) if row.place.endswith(f".{ground}")), None)
    if row is None:
        raise Refused("Danh mục của ngày hôm nay không có trường hợp này. Hãy chọn trường hợp khác.", "ground")
    undoing = Undoing.objects.create(decision=decision, ground=ground, reason=reason, by=by)
    undoing.awards.set(awards)
    unpaid, lists = unpaid_of(awards), Lists()
    backs = [to_recover(award, unpaid) for award in awards]
    whom = _whom(awards)
    body = [
        f"**Điều 1.** Hủy bỏ khen thưởng theo {said(_cited(decision))} đối với {whom}, vì: {said(reason.rstrip(' .'))} "
        f"({said(row.value[:1].lower() + row.value[1:])}, {said(book.citation(row))}).",
        *([] if len(awards) == 1 else [lists.table("Danh sách bị hủy khen thưởng", *_rows(awards, backs))]),
        _taken_back(backs, issuer),
        _last_article(issuer),
    ]
    subject = f"hủy bỏ khen thưởng đối với {_counted(awards)} theo {decision}"
    return _draft(OF_UNDOING, undoing.pk, issuer, by, subject, lists, body, awards)


def _last_article(issuer) -> str:
    return (
        f"**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.\n\nChánh Văn phòng {said(issuer.name)}, Giám đốc Sở Nội vụ, "
        "thủ trưởng các cơ quan, đơn vị liên quan và người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )


def _whom(awards) -> str:
    if len(awards) > 1:
        return f"{count_text(len(awards))} trường hợp sau"
    (award,) = awards
    name = given(book_of(award.decided_on), award.type)
    return f"{said(award.name)}{f', {said(award.post)}' if award.post else ''}, được tặng {said(name)}"


def _counted(awards) -> str:
    return awards[0].name if len(awards) == 1 else f"{count_text(len(awards))} trường hợp"


def _cited(decision) -> str:
    return f"Quyết định số {decision.number} {full_day(decision.day)} của {decision.office.name}"


def _rows(awards, backs):
    heads = ["Họ và tên, tên tập thể", "Chức vụ, đơn vị", "Đã được tặng", "Tiền thưởng thu hồi (đồng)"]
    return heads, [
        (award.name, award.post, given(book_of(award.decided_on), award.type), dotted(amount) if amount else "–")
        for award, (amount, _) in zip(awards, backs, strict=True)
    ]


def _taken_back(backs, issuer) -> str:
    """What is taken back: the items by their names, the money in figures and words, to whose fund."""
    total = sum(amount or 0 for amount, _ in backs)
    items = "; ".join(dict.fromkeys(items for _, items in backs if items))
    parts = [f"hiện vật đã trao ({said(items)})" if items else "hiện vật đã trao"]
    if total:
        words = amount_in_words(total).lower()
        parts.append(
            f"tiền thưởng {dotted(total)} đồng (bằng chữ: {words}), nộp vào quỹ thi đua, khen thưởng của {said(issuer.name)}"
        )
    return f"**Điều 2.** Thu hồi {' và '.join(parts)}."


def _draft(kind, key, issuer, by, subject, lists, body, awards):
    day = timezone.localdate()
    units = {award.unit_id: award.unit for award in awards if award.unit and award.unit.is_alive_on(day)}
    facts = {
        "subject": said_in_head(subject[:300]),
        "bases": "\n".join([*bases_on(day, issuer), proposal_for(issuer, by.unit)]),
        "recipients": "Như Điều 3\nSở Tài chính",
        "body": lists.told("\n\n".join(body)),
    }
    addressees = [Addressee(key=f"don-vi:{unit.code}", label=unit.name[:200]) for unit in units.values()]
    document = kind.draft(
        key, by=by, type="QĐ", issuer=issuer, facts=facts | signed_by_the_head(issuer, day), addressees=addressees,
        appendices=lists.appendices,
    )  # fmt: skip
    record(
        About.DECISION,
        awards[0].decision,
        f"Soạn {document.type.name.lower()} {subject}"[:200],
        by=by,
        what="write_undoing",
    )
    return document


@transaction.atomic
def write_correction(award, *, by, name, post, reason) -> Document:
    """A draft of the decision that corrects how a name is written. Raises ``Refused``."""
    issuer = _refuse(award.decision, by, "Quyết định đính chính")
    if (name, post) == (award.name, award.post):
        raise Refused("Tên, chức vụ vẫn như trong quyết định. Hãy ghi cách viết đúng.", "name")
    if award.cancelled_on:
        raise Refused("Khen thưởng này đã hủy nên không đính chính.")
    row = Correction.objects.create(award=award, name=name, post=post, reason=reason, by=by)
    changes = [(old, new) for old, new in ((award.name, name), (award.post, post)) if old != new]
    told = "; ".join(f"«{said(old)}» nay đọc là «{said(new)}»" for old, new in changes)
    body = [
        f"**Điều 1.** Đính chính tại số thứ tự {award.position} của danh sách kèm theo {said(_cited(award.decision))}: {told}.",
        f"**Điều 2.** Các nội dung khác của Quyết định số {said(award.decision.number)} không thay đổi.",
        _last_article(issuer),
    ]
    return _draft(OF_CORRECTION, row.pk, issuer, by, f"đính chính {award.decision}", Lists(), body, [award])


# --- What becomes of them


@OF_UNDOING.heard
def hear_undoing(document: Document, state: str) -> None:
    """The issued decision cancels its awards: from its day on they count nowhere. Raises ``Refused``."""
    undoing = Undoing.objects.filter(pk=key_or_none(key_of(document)) or 0).first()
    if state != ISSUED or undoing is None:
        return
    awards = list(undoing.awards.select_related("type", "decision__office", "recipient").order_by("pk"))
    unpaid = unpaid_of(awards)
    for award in awards:
        amount, items = to_recover(award, unpaid)
        cancel.heard(
            award, by=document.issued_by, reason=undoing.reason, number=document.reference, day=document.dated,
            ground=undoing.ground, amount=amount, items=items,
        )  # fmt: skip


@OF_CORRECTION.heard
def hear_correction(document: Document, state: str) -> None:
    """From then on the register has the right name; the person is found by the old spelling as well."""
    row = Correction.objects.filter(pk=key_or_none(key_of(document)) or 0).select_related("award__recipient").first()
    if state != ISSUED or row is None:
        return
    award, old = row.award, row.award.name
    before = {"Tên": old, "Chức vụ, đơn vị": award.post}
    award.name, award.post = row.name, row.post
    award.save()
    person = award.recipient
    if old not in (person.name, row.name) and old not in person.other_names.splitlines():
        person.other_names = "\n".join(filter(None, [person.other_names, old]))
        person.save()
    after = {"Tên": award.name, "Chức vụ, đơn vị": award.post, "Theo": f"{document.name} ngày {document.date_text}"}
    record(
        About.DECISION,
        award.decision,
        "Đính chính",
        by=document.issued_by,
        before=before,
        after=after,
        what="correct",
        of=award.pk,
    )

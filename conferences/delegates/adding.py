"""Delegates added to the list of a conference: from those whose awards are known, or typed. All or none, each person once.

Who is added while the event is held by a row lock sees everybody added before, so that two officers at one moment add one person
once; the database holds it as well.
"""

from collections import Counter

from django.db import transaction

from awards.catalogue.models import Whom, asked_once
from awards.models import Recipient
from awards.recipients.names import name_key
from documents.models import Change
from documents.steps.log import noted, words_of
from documents.steps.refusing import Refused, first_of, unless_taken
from units.permissions import may_write
from units.text import fold

from ..events.models import Event, Role
from ..log import About
from ..plans.models import Trait
from .models import Delegate, Delegation
from .qualifying import asks_recognition, recognised
from .rules import quotas_of, traits_of

State = Delegate.State
# As long as people may come, those too who were not on the list that morning.
OPEN = (*Event.COMING, Event.State.HELD)
TWICE = "Người này vừa được thêm vào danh sách đại biểu. Hãy tải lại trang."
FACTS = [
    "role", "name", "address", "post", "workplace", "birth_year", "award", "reason", "duty", "seat",
]  # fmt: skip
MOST, _BATCH, _NAMED = 500, 200, 8
# The slug of the group that is no minority.
_MAJORITY = "kinh"


def words(row) -> dict[str, str]:
    """What the log tells of a delegate."""
    told = words_of(row, FACTS) | {"Cơ cấu": ", ".join(Trait(trait).label for trait in row.traits)}
    return told | {"Trạng thái": State(row.state).label}


def held(event) -> Event:
    """``event`` until the transaction ends nobody else's. Raises ``Refused`` where it is gone or takes nobody any more."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("unit", "plan", "level")
    found = rows.filter(pk=event.pk).first()
    if found is None:
        raise Refused("Không còn hội nghị này. Hãy tải lại trang.")
    if found.state not in OPEN:
        raise Refused(f"{found} {found.get_state_display().lower()}: không thay đổi danh sách đại biểu nữa.")
    return found


def from_recipient(event, who: Recipient, *, role=Role.OFFICIAL, delegation=None, award=None, reason="") -> Delegate:
    """A delegate who is ``who``, with what is known of that person; not stored."""
    year = who.began_on.year if who.began_on else who.began_year
    traits = {Trait.WOMAN} if who.gender == "female" else set()
    if who.ethnicity and who.ethnicity != _MAJORITY:
        traits.add(Trait.ETHNIC)
    if who.position_class == "direct":
        traits.add(Trait.WORKER)
    return Delegate(
        event=event, delegation=delegation, recipient=who, role=role, name=who.name, post=who.post, award=award,
        workplace=str(who.unit or ""), address={"female": "Bà", "male": "Ông"}.get(who.gender, ""), birth_year=year,
        traits=traits_of(traits, year, event.day), reason=reason,
    )  # fmt: skip


def from_recipients(event, people, *, role=Role.OFFICIAL, delegation=None, reason="") -> list[Delegate]:
    """The same of many, each with what qualifies: two queries."""
    found = recognised(event, people)
    return [
        from_recipient(event, who, role=role, delegation=delegation, award=found[who.pk].award, reason=reason)
        for who in people
    ]


@transaction.atomic
def add_all(
    event, rows, *, by, state=State.ACCEPTED, what="add_delegate", act="Thêm đại biểu", source="", most=MOST
) -> list[Delegate]:
    """Store delegates of ``event``, as ``from_recipient`` gives them or as they were typed. All or none.

    ``source``: where they come from, for the log. Raises ``Refused`` that names who cannot be added and why.
    """
    if not rows:
        raise Refused("Hãy chọn ít nhất một người.")
    if len(rows) > most:
        raise Refused(f"Mỗi lần thêm nhiều nhất {most} người. Hãy chia thành nhiều lần.")
    event = held(event)
    refuse(event, rows, by=by)
    for row in rows:
        row.event, row.by, row.state = event, by, state
        row.traits = traits_of(row.traits, row.birth_year, event.day)
        row.sample = event.sample
        row.tidy()
    with unless_taken(TWICE):
        Delegate.objects.bulk_create(rows, batch_size=_BATCH)
    with asked_once():
        notes = [
            noted(About.DELEGATE, event, act, by=by, after=words(row), what=what, of=row.pk, reason=source)
            for row in rows
        ]
    Change.objects.bulk_create(notes, batch_size=_BATCH)
    return rows


def refuse(event, rows, *, by):
    """Raise ``Refused`` where one of ``rows`` cannot be a delegate of ``event``, or there would be more than may be."""
    if not may_write(by):
        raise Refused("Tài khoản này chỉ được xem.")
    if not event.is_kept_by(by) and not all(_is_sent_by(row, by) for row in rows):
        raise Refused(f"Danh sách đại biểu do cán bộ của {event.unit} lập.")
    told = faults_of(event, rows, by=by)
    names = list(told.items())
    if len(rows) == 1 and names:
        field, sentence = names[0][1]
        raise Refused(f"{rows[0].name} {sentence}", field)
    if names:
        told = (f"{rows[place].name} {sentence}" for place, (_, sentence) in names)
        told = first_of(told, "người", between=" ", most=_NAMED)
        raise Refused(f"Chưa thêm ai. {told}", names[0][1][0] if names[0][1][0] == "reason" else None)
    refuse_over_quota(event, rows)


def _is_sent_by(row, user) -> bool:
    """Whether ``user`` keeps the conference below that sends this delegate."""
    return bool(row.delegation_id and row.delegation.source_id) and row.delegation.source.is_kept_by(user)


def faults_of(event, rows, *, by) -> dict[int, tuple[str, str]]:
    """{place in ``rows``: (field, what is wrong)}; constant queries."""
    there, typed, named = _there(event)
    keys = {row.recipient_id for row in rows} - {None}
    lost = {
        key: one.told for key, one in recognised(event, [row.recipient for row in rows if row.recipient_id]).items()
    }
    seen = set(Recipient.objects.visible_to(by).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    own, found = event.unit.with_predecessors() if keys else set(), {}
    for place, row in enumerate(rows):
        fault = (
            _double(row, there, typed, named)
            or (_fault_of_person(row, event, own, seen) if row.recipient_id else None)
            or _fault_of_unit(row, event)
            or _fault_of_ground(row, event, lost.get(row.recipient_id, ""), by)
        )
        if fault:
            found[place] = fault
        if row.recipient_id:
            there.setdefault(_main_of(row), row)
        (named if row.recipient_id else typed).setdefault(typed_as(row), row)
    return found


def _there(event):
    """Who is in the list: {key of the main record: delegate}; by ``typed_as`` those who were typed, and those who are known."""
    rows = Delegate.objects.filter(event=event).counted().select_related("recipient", "delegation__unit")
    rows = rows.only("name", "workplace", "role", "recipient__merged_into", "delegation__unit__name").order_by()
    typed = {typed_as(row): row for row in rows if not row.recipient_id}
    known = [row for row in rows if row.recipient_id]
    return {_main_of(row): row for row in known}, typed, {typed_as(row): row for row in known}


def _main_of(row) -> int:
    return row.recipient.merged_into_id or row.recipient_id


def typed_as(row) -> tuple[str, str]:
    """By what one who was typed is known to be in the list already: the name and the place."""
    return name_key(row.name), fold(row.workplace)


def _double(row, there, typed, named):
    """Why ``row`` is in the list already, if it is. Of two who are known the records say whether they are one."""
    if row.recipient_id and (other := there.get(_main_of(row))):
        place = f" ({other.delegation})" if other.delegation_id else ""
        return "recipient", f"đã có trong danh sách đại biểu{place}."
    other = typed.get(typed_as(row)) or (None if row.recipient_id else named.get(typed_as(row)))
    return ("name", _told_namesake(other)) if other else None


def _told_namesake(other) -> str:
    place = str(other.delegation) if other.delegation_id else other.get_role_display().lower()
    return (
        f"đã có trong danh sách đại biểu ({place}), cùng nơi công tác. Nếu là người khác, hãy ghi nơi công tác rõ hơn."
    )


def refuse_namesake(row):
    """Raise ``Refused`` where a delegate of before is called as ``row`` is now, and works there too."""
    rows = Delegate.objects.filter(event=row.event_id).counted().exclude(pk=row.pk).select_related("delegation__unit")
    rows = rows.filter(recipient=None) if row.recipient_id else rows
    if other := next((one for one in rows if typed_as(one) == typed_as(row)), None):
        raise Refused(f"{row.name} {_told_namesake(other)}", "name")


def _fault_of_person(row, event, own, seen):
    who = row.recipient
    if who.kind != Whom.PERSON:
        return "recipient", "không phải cá nhân."
    if who.pk not in seen:
        return "recipient", "không thuộc đơn vị của bạn. Hãy chọn người của đơn vị mình."
    if who.ended_on and who.ended_on <= event.day:
        return "recipient", f"đã mất ngày {who.ended_on:%d/%m/%Y}."
    unit = who.unit
    if not row.delegation_id and unit and unit.pk not in own and unit.ended and unit.ended < event.day:
        words = f"thuộc {unit}, đơn vị đã kết thúc ngày {unit.ended:%d/%m/%Y}. Hãy sửa đơn vị của người đó trước."
        return "recipient", words
    return None


def _fault_of_unit(row, event):
    unit = row.delegation.unit if row.delegation_id else None
    if unit and unit.ended and unit.ended < event.day:
        return "delegation", f"{unit} đã kết thúc ngày {unit.ended:%d/%m/%Y}. Hãy chọn đoàn của đơn vị kế tiếp."
    return None


def _fault_of_ground(row, event, lost, by):
    """Where a reason is missing: nothing qualifies, or the event itself adds to what a unit sent."""
    if row.role != Role.OFFICIAL or row.reason.strip():
        return None
    if asks_recognition(event) and not row.award_id:
        since = f"{event.plan.recognised_from:%d/%m/%Y}"
        return "reason", f"chưa có khen thưởng được tính từ {since}{f' ({lost})' if lost else ''}: hãy ghi lý do cử."
    is_below = row.delegation_id and row.delegation.source_id
    if is_below and event.is_kept_by(by) and not row.delegation.source.is_kept_by(by):
        return "reason", "bổ sung vào danh sách đơn vị đã chọn: hãy ghi lý do."
    return None


def refuse_over_quota(event, rows):
    """Raise ``Refused`` where a delegation would have more official delegates than it may."""
    more = Counter(row.delegation_id for row in rows if row.role == Role.OFFICIAL and row.delegation_id)
    if not more:
        return
    delegations = Delegation.objects.filter(pk__in=more).select_related(
        "event__plan", "event__level", "source__level", "unit"
    )
    delegations = list(delegations)
    quotas = quotas_of(delegations)
    counted = Counter(
        Delegate.objects.filter(delegation__in=more, role=Role.OFFICIAL)
        .counted()
        .order_by()
        .values_list("delegation", flat=True)
    )
    for row in delegations:
        quota, number = quotas[row.pk], counted[row.pk] + more[row.pk]
        if quota is not None and number > quota:
            words = f"{row} được cử {quota} đại biểu chính thức, đã có {counted[row.pk]}: không thêm {more[row.pk]} người được."
            raise Refused(f"{words} Hãy bỏ bớt, hoặc chọn làm đại biểu dự khuyết.", "role")

"""Delegates of the congress V and of some conferences of units: chosen from the sample's people by what they were given, cards.

How many came is not known: about 180 with delegations is invented, as are guests, years of birth and seats.
"""

from collections import defaultdict
from contextlib import contextmanager
from datetime import date, timedelta

from awards.models import Recipient
from campaigns.sample.province import active_reader
from documents.steps.refusing import Refused
from units.models import Unit
from units.models.unit import whole_pairs

from ..cards import actions as cards
from ..delegates import actions, sending
from ..delegates.adding import add_all, from_recipient
from ..delegates.models import Delegate, Delegation
from ..delegates.qualifying import counting, recognised
from ..events.models import Event, Role
from ..plans.models import Plan, Share, Trait
from ..plans.rules import level_of

_DAY = date(2020, 9, 8)
_EACH, _MOST, _OWN = 5, 180, 15
_SENDERS = (
    "so-y-te", "so-giao-duc-va-dao-tao", "so-nong-nghiep-va-phat-trien-nong-thon", "hoi-lien-hiep-phu-nu-tinh", "tinh-doan",
    "ubnd-huyen-loc-binh", "ubnd-huyen-bac-son", "ubnd-thanh-pho-lang-son",
)  # fmt: skip
_GUESTS = [
    ("Trần Văn Khách", "Phó Trưởng ban", "Ban Thi đua - Khen thưởng Trung ương"), ("Lê Thị Mời", "Vụ trưởng", "Bộ Nội vụ"),
    ("Hoàng Văn Dự", "Nguyên Chủ tịch UBND tỉnh", "Lạng Sơn"), ("Nguyễn Thị Thăm", "Phó Chủ tịch", "UBND tỉnh Cao Bằng"),
    ("Dương Văn Lễ", "Phó Chủ tịch", "UBND tỉnh Bắc Giang"), ("Vi Thị Mẹ", "Bà mẹ Việt Nam anh hùng", "huyện Bắc Sơn"),
]  # fmt: skip
_SEATS = "\n".join(f"{row}: 24" for row in "ABCDEFGHIJ")
_HEARD = "Hội nghị của đơn vị suy tôn (minh họa)"
_NO_AWARD = "Nghệ nhân được nhân dân suy tôn, chưa có khen thưởng trong kỳ (minh họa)"


def play(by):
    """Play it once; ``by``: the officer of the department."""
    plan = Plan.objects.filter(sample=True, number=5).first()
    province = Unit.objects.filter(code="ubnd-tinh").first()
    if plan is None or province is None:
        return
    for trait, percent in (
        (Trait.WOMAN, 35),
        (Trait.ETHNIC, 60),
        (Trait.WORKER, 50),
        (Trait.YOUNG, 20),
        (Trait.PARTY, 60),
    ):
        Share.objects.get_or_create(plan=plan, trait=trait, defaults={"percent": percent})
    congress = _congress(plan, province, by)
    _conferences(plan, by)
    with _open(congress):
        _fill(congress, by)
        _decide(congress, by)
        cards.number_cards(congress, by=by)
        cards.seat_in_order(Event.objects.get(pk=congress.pk), by=by, seats=cards.seats_in(_SEATS))
    _of_units(plan)


@contextmanager
def _open(event):
    """Let what was long held take delegates as it did then."""
    state = Event.objects.get(pk=event.pk).state
    open_ = event.state in (*Event.COMING, Event.State.HELD)
    if not open_:
        Event.objects.filter(pk=event.pk).update(state=Event.State.HELD, held_on=event.held_on or event.day)
    yield
    if not open_:
        Event.objects.filter(pk=event.pk).update(state=state)


def _congress(plan, unit, by) -> Event:
    found = Event.objects.filter(plan=plan, level__is_congress=True).select_related("unit", "level", "plan").first()
    return found or Event.objects.create(
        unit=unit, plan=plan, level=plan.levels.get(is_congress=True), kind=Event.Kind.CONGRESS, form=Event.Form.CONGRESS,
        name="Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ V", day=_DAY, first_day=_DAY, held_on=_DAY, state=Event.State.HELD,
        place="Hội trường lớn của tỉnh (minh họa)", by=by, sample=True,
    )  # fmt: skip


def _conferences(plan, by):
    """Conferences of a few units, where the plan has none yet."""
    if Event.objects.filter(plan=plan, level__is_congress=False).exists():
        return
    levels = list(plan.levels.all())
    for place, unit in enumerate(Unit.objects.filter(code__in=_SENDERS).order_by("code")):
        day = date(2020, 6, 3) + timedelta(days=2 * place)
        Event.objects.create(
            unit=unit, plan=plan, level=level_of(levels, unit), form=Event.Form.MODELS, day=day, first_day=day, held_on=day,
            state=Event.State.HELD, name=f"Hội nghị biểu dương điển hình tiên tiến {unit.name} giai đoạn 2015 – 2020",
            place=f"Hội trường {unit.name}", by=by, sample=True,
        )  # fmt: skip


# --- People


def _people(event) -> dict[int, list[Recipient]]:
    """{key of a unit of 2020: people of the sample who were given something since the last congress}, women first by turns."""
    pairs = [(old, new) for old, new in whole_pairs() if old and new]
    districts = dict(Unit.objects.filter(superior__kind="district").values_list("pk", "superior"))
    home = {}
    for old, new in pairs:
        home.setdefault(new, districts.get(old, old))
    given = counting(event).filter(cancelled_on=None).order_by().values("recipient")
    rows = Recipient.objects.filter(pk__in=given, kind="person", merged_into=None, ended_on=None).select_related("unit")
    found = defaultdict(list)
    for row in rows.order_by("sort_text", "pk"):
        if row.unit_id:
            found[home.get(row.unit_id, row.unit_id)].append(row)
    return found


def _fill(event, by):
    """Delegations of the units of 2020, each with its people, then guests."""
    people = _people(event)
    sources = {
        row.unit_id: row
        for row in Event.objects.filter(plan=event.plan, level__is_congress=False).select_related("unit")
    }
    number = 0
    for unit in Unit.objects.alive_on(event.day).filter(pk__in=people).exclude(kind__in=["commune", "province"]):
        if number >= _MOST:
            break
        chosen = people[unit.pk][: _EACH + 1]
        delegation = sending.begin(event, unit, by=by, source=sources.get(unit.pk))
        number += _add(event, delegation, chosen[:_EACH], Role.OFFICIAL, by)
        _add(event, delegation, chosen[_EACH:], Role.RESERVE, by)
    facts = {"role": Role.GUEST, "birth_year": 1962}
    rows = [Delegate(name=name, post=post, workplace=place, **facts) for name, post, place in _GUESTS]
    add_all(event, rows, by=by)
    who = Delegate(name="Hoàng Thị Then (minh họa)", post="Nghệ nhân hát then", workplace="huyện Văn Quan", role=Role.OFFICIAL,
                   reason=_NO_AWARD, birth_year=1951, traits=[Trait.WOMAN, Trait.ETHNIC, Trait.WORKER])  # fmt: skip
    add_all(event, [who], by=by)


def _add(event, delegation, people, role, by) -> int:
    """Add ``people`` with invented years and traits; how many."""
    if not people:
        return 0
    found = recognised(event, people)
    rows = []
    for who in people:
        row = from_recipient(event, who, role=role, delegation=delegation, award=found[who.pk].award, reason=_HEARD)
        row.workplace = str(delegation.unit)
        row.birth_year = row.birth_year or 1958 + who.pk * 7 % 39
        row.traits = sorted(
            {*row.traits, *([Trait.WORKER] if who.pk % 5 < 3 else []), *([Trait.PARTY] if who.pk % 4 else [])}
        )
        rows.append(row)
    state = Delegate.State.CHOSEN if delegation.source_id else Delegate.State.ACCEPTED
    try:
        return len(add_all(event, rows, by=by, state=state))
    except Refused:
        # A unit of the sample that sends fewer.
        return 0


def _of_units(plan):
    """Own lists of a few conferences: of those that sent delegates to the congress, and of one that is to come, with cards."""
    sent = Event.objects.filter(sent_up__isnull=False, plan=plan).order_by("unit__sort_text").distinct()
    coming = Event.objects.filter(plan__number__gt=5, state=Event.State.READY).order_by("pk")
    for event in [
        *sent.select_related("unit", "plan", "level")[:3],
        *coming.select_related("unit", "plan", "level")[:1],
    ]:
        rows = Recipient.objects.filter(kind="person", merged_into=None, ended_on=None, unit=event.unit)
        people = list(rows.select_related("unit").order_by("sort_text", "pk")[:_OWN])
        if not people:
            continue
        found = recognised(event, people)
        guest = Delegate(name="Lê Thị Khách (minh họa)", post="Phóng viên", workplace="Báo Lạng Sơn", role=Role.GUEST)
        with _open(event):
            chosen = [from_recipient(event, who, award=found[who.pk].award, reason=_HEARD) for who in people]
            own = active_reader(event.unit, 0)
            add_all(event, [*chosen, guest], by=own)
            if event.state == Event.State.READY:
                cards.number_cards(event, by=own)


# --- Decided


def _decide(event, by):
    """Delegations are settled but for two that are looked at, one is replaced, one withdrawn; who leads, presides, writes."""
    rows = list(Delegation.objects.filter(event=event).order_by("unit__sort_text"))
    waiting = [row.pk for row in rows if row.source_id][:2]
    for row in rows:
        if row.source_id:
            Delegation.objects.filter(pk=row.pk).update(state=Delegation.State.SENT, sent_on=row.source.day)
        if row.pk not in waiting and row.delegates.filter(role=Role.OFFICIAL).exists():
            sending.settle(row, by=by)
            Delegation.objects.filter(pk=row.pk).update(accepted_on=event.day - timedelta(days=20))
            sending.set_head(row, by=by, head=row.delegates.counted().filter(role=Role.OFFICIAL).first())
    reserve = Delegate.objects.filter(event=event, role=Role.RESERVE).exclude(delegation__in=waiting).first()
    if reserve:
        official = Delegate.objects.filter(
            delegation=reserve.delegation_id, role=Role.OFFICIAL, state=Delegate.State.ACCEPTED
        ).last()
        actions.replace(official, by=by, reason="Điều trị tại bệnh viện (minh họa)", reserve=reserve)
    settled = Delegate.objects.filter(event=event, role=Role.OFFICIAL, state=Delegate.State.ACCEPTED).order_by("pk")
    actions.withdraw(settled.filter(delegation__isnull=False).last(), by=by, reason="Đi công tác nước ngoài (minh họa)")
    keys = list(settled.values_list("pk", flat=True)[::13][:10])
    for duty, some in (("presidium", keys[:5]), ("secretary", keys[5:7]), ("credentials", keys[7:10])):
        actions.take_with(actions.give_duty, Delegate.objects.filter(pk__in=some), by=by, duty=duty)

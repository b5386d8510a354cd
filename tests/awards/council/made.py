"""Councils, appraised files and meetings as tests make them."""

from datetime import date

from awards.council import actions, agenda
from awards.models import AwardType, Council, Dossier, Meeting, Member, Nomination
from units.models import Role

from ...conftest import make_unit, make_user
from ..conftest import make_recipient

TODAY = date(2026, 11, 20)
Stage = Nomination.State


def made_council(unit, **accounts):
    """Seven members: the chair, who has an account where ``accounts`` names one, as the secretary; three vote on paper."""
    council = Council.objects.create(
        unit=unit, name="Hội đồng mẫu", since=date(2026, 1, 1), citation="Quyết định số 12/QĐ-UBND"
    )
    rows = [
        ("chair", "Lương Văn Chủ", Member.Role.CHAIR, True),
        ("leader", "Trần Văn Đăng", Member.Role.VICE, True),
        ("secretary", "Vi Thị Thư", Member.Role.MEMBER, True),
        ("member", "Đinh Quang Phúc", Member.Role.MEMBER, False),
        ("first", "Hoàng Văn Một", Member.Role.MEMBER, False),
        ("second", "Hoàng Văn Hai", Member.Role.MEMBER, False),
        ("third", "Hoàng Văn Ba", Member.Role.MEMBER, False),
    ]
    for position, (what, name, role, is_standing) in enumerate(rows, 1):
        council.members.create(
            name=name, post="Sở Mẫu", role=role, is_standing=is_standing, is_secretary=what == "secretary",
            user=accounts.get(what), since=council.since, position=position,
        )  # fmt: skip
    return council


def made_file(unit_officer, officer):
    """An appraised file."""
    return Dossier.objects.create(
        unit=unit_officer.unit, year=2025, subject="Tổng kết năm", state=Dossier.State.APPRAISED, officer=officer,
        received_on=date(2026, 10, 1), author=unit_officer,
    )  # fmt: skip


def fit(dossier, name, code="BKT", state=Stage.FIT, **fields):
    """A nomination that waits for the council."""
    award = AwardType.objects.get(code=code)
    who = fields.pop("recipient", None) or make_recipient(
        "person" if award.is_for("person") else "collective", name, unit=dossier.unit
    )
    return Nomination.objects.create(
        dossier=dossier, recipient=who, type=award, position=dossier.nominations.count() + 1, name=name,
        state=state, post="Trưởng phòng", **fields,
    )  # fmt: skip


def prepared(council, by, nominations=(), **facts):
    """A meeting today with ``nominations`` on its agenda."""
    facts = {"title": "Xét khen thưởng năm 2025", "held_on": TODAY, "is_secret": False} | facts
    meeting = actions.save(Meeting(council=council, **facts), by=by)
    if nominations:
        meeting = agenda.add(meeting, by=by, keys=[row.pk for row in nominations])
    return Meeting.objects.get(pk=meeting.pk)


def again(meeting):
    """The meeting as it is stored."""
    return Meeting.objects.select_related("council__unit").get(pk=meeting.pk)


def called(meeting, by):
    return again(actions.call(meeting, by=by))


def all_votes(meeting, agrees=True, **others):
    """{item: agrees} for all; ``others``: names of those who are voted on otherwise."""
    return {item.pk: others.get(item.nomination.name, agrees) for item in meeting.items.select_related("nomination")}


def seats(meeting):
    """The seats in the order of the council."""
    return list(meeting.seats.select_related("member").order_by("member__position"))


def entered(meeting, by, votes):
    """Open votes on paper: ``votes`` are {item: agrees} of each seat in its order; None of one who did not vote."""
    for seat, given in zip(seats(meeting), votes, strict=True):
        if given is not None:
            actions.enter(again(meeting), by=by, seat=seat, votes=given)
    return again(meeting)


def yes_of(meeting, numbers):
    """What the seven say that ``numbers`` ({name: how many agree}) comes out: the first so many agree, all vote."""
    items = list(meeting.items.select_related("nomination"))
    return [{item.pk: place < numbers[item.nomination.name] for item in items} for place in range(len(seats(meeting)))]


def accounts_of(so_noi_vu):
    """Accounts that no other test has: the chair, the secretary."""
    province = make_unit("ubnd-tinh", "Ủy ban nhân dân tỉnh")
    return (
        make_user("chu", "Lương Văn Chủ", Role.BODY_LEADER, province),
        make_user("thuky", "Vi Thị Thư", Role.COUNCIL_MEMBER, so_noi_vu),
    )

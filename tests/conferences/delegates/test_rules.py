"""What qualifies, who is to be looked at again, quotas, what is counted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from awards.models import Award
from conferences.delegates.qualifying import flagged, flags_of, recognised
from conferences.delegates.rules import composition, quota_of, rows_for_paper, traits_of
from conferences.models import Delegate, Delegation, Quota, Share
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit

from .conftest import DAY

# --- What qualifies


def test_the_highest_recognition_since_the_last_congress_qualifies(congress, people):
    found = recognised(congress, people)
    assert [found[who.pk].award and found[who.pk].award.type.code for who in people] == ["BKTTG", "BKT", None, None]
    assert "đã hủy từ 05/01/2023" in found[people[3].pk].told
    assert found[people[2].pk].told == ""


def test_only_what_the_plan_names_qualifies(congress, people):
    congress.plan.qualifying = ["CSTDT"]
    found = recognised(congress, people)
    assert [found[who.pk].award and found[who.pk].award.type.code for who in people] == ["CSTDT", None, None, None]


def test_what_was_given_under_a_second_record_qualifies(congress, people, officer, commune):
    second = make_recipient(name="Lý Văn Cường", unit=commune, merged_into=people[2])
    given = give(second, "BKT", 2025, officer)
    assert recognised(congress, people)[people[2].pk].award == given


def test_questions_do_not_grow_with_people(congress, people, django_assert_num_queries):
    with django_assert_num_queries(2):
        recognised(congress, people)
    with django_assert_num_queries(2):
        recognised(congress, people[:1])


# --- Flags


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda row: None, ""),
        (lambda row: _set(row.recipient, ended_on=DAY), "Đã mất ngày 20/11/2026"),
        (lambda row: _set(row.recipient, ended_on=DAY + timedelta(days=1)), ""),
        (lambda row: _set(row.delegation.unit, ended=DAY - timedelta(days=1)), "đã kết thúc hoạt động ngày 19/11/2026"),
        (lambda row: _set(row.delegation.unit, ended=DAY), ""),
        (lambda row: _award(row, cancelled_on=date(2026, 6, 1)), "đã hủy từ 01/06/2026"),
        (lambda row: _award(row, cancelled_on=date(2026, 6, 1), is_stripped=True), "đã tước từ 01/06/2026"),
        (lambda row: _award(row, stands=False), "đã gỡ khỏi sổ"),
        (lambda row: _award(row, decided_on=date(2020, 9, 9)), "trước 10/09/2020"),
        # What was cancelled once it was over changes nothing of who came.
        (lambda row: _award(row, cancelled_on=DAY + timedelta(days=1)), ""),
        (lambda row: _set(row, award=None), "chưa ghi lý do cử"),
        (lambda row: _set(row, award=None, reason="Người có công"), ""),
        (lambda row: _set(row, award=None, role="guest"), ""),
        (lambda row: _set(row.recipient, merged_into=make_recipient(unit=row.delegation.unit)), "đã gộp"),
    ],
)
def test_a_flag_comes_by_itself_and_the_list_finds_it(congress, people, delegate, spoil, words):
    row = delegate(recipient=people[1], award=people[1].awards.get(), reason="")
    spoil(row)
    row = Delegate.objects.select_related("recipient__unit", "award__type", "delegation__unit").get(pk=row.pk)
    told = flags_of(row, congress)
    assert words in " ".join(told)
    assert bool(told) == bool(words)
    assert list(flagged(Delegate.objects.all())) == ([row] if words else [])


def _set(row, **facts):
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()


def _award(row, **facts):
    Award.objects.filter(pk=row.award_id).update(**facts)


def test_who_has_no_delegation_is_asked_for_the_recorded_unit(event, people, commune, officer):
    row = Delegate.objects.create(
        event=event, recipient=people[0], name="Ánh", award=people[0].awards.first(), by=officer
    )
    _set(commune, ended=event.day - timedelta(days=1))
    row = Delegate.objects.select_related("recipient__unit", "award__type").get(pk=row.pk)
    assert "đã kết thúc" in flags_of(row, event)[0]
    assert flagged(Delegate.objects.all()).exists()
    assert flags_of(row, event, own={commune.pk}) == []
    assert not flagged(Delegate.objects.all(), {commune.pk}).exists()


# --- Quotas and traits


def test_a_quota_is_that_of_the_event_then_of_the_plan_then_of_the_level(delegation, commune):
    assert quota_of(delegation) == 2
    Quota.objects.create(plan=delegation.event.plan, unit=commune, number=5)
    assert quota_of(delegation) == 5
    delegation.quota = 0
    assert quota_of(delegation) == 0


def test_the_plan_holds_for_a_delegation_that_no_conference_sends_too(congress, commune, hospital, event):
    other = make_unit("xa-khac", "UBND xã Công Sơn", kind="commune")
    rows = {unit: Delegation.objects.create(event=congress, unit=unit) for unit in (commune, other, hospital)}
    Quota.objects.create(plan=congress.plan, unit=commune, number=5)
    assert [quota_of(row) for row in rows.values()] == [5, 2, 3]
    # A kind that the plan names nowhere.
    assert (
        quota_of(Delegation.objects.create(event=congress, unit=make_unit("ban-dang", "Ban Dân vận", kind="party")))
        is None
    )


def test_young_follows_from_the_year_of_birth(congress):
    assert traits_of(["party", "woman"], 1992, DAY) == ["woman", "young", "party"]
    assert traits_of(["young"], 1991, DAY) == []
    assert traits_of(["young"], None, DAY) == ["young"]


# --- Composition


def test_the_composition_counts_official_delegates_against_the_plan(congress, people, delegate):
    Share.objects.create(plan=congress.plan, trait="woman", percent=Decimal(60))
    Share.objects.create(plan=congress.plan, trait="worker", percent=Decimal(50))
    delegate(recipient=people[0], award=people[0].awards.first(), birth_year=1960, traits=["worker", "party"])
    delegate("Hoàng Thị Bình", recipient=people[1], birth_year=1995, traits=["woman", "worker"])
    delegate("Vi Thị Dung", traits=["woman", "ethnic"])
    delegate("Khách", role="guest", traits=["woman"])
    delegate("Đã rút", state="withdrawn", traits=["woman"])
    delegate("Dự khuyết", role="reserve", traits=["woman"])
    found = composition(congress)
    assert (found.official, found.guests, found.reserves, found.delegations, found.without) == (3, 1, 1, 1, 2)
    told = {line.key: (line.number, line.percent, line.is_short) for line in found.traits}
    assert told["woman"] == (2, "66,67 %", False)
    assert told["worker"] == (2, "66,67 %", False)
    assert told["young"] == (1, "33,33 %", False)
    assert (found.oldest, found.youngest) == (66, 31)
    assert [(line.words, line.number) for line in found.ages] == [
        ("Dưới 35 tuổi", 1), ("Trên 50 tuổi", 1), ("Chưa ghi năm sinh", 1),
    ]  # fmt: skip
    held = {line.words: line.number for line in found.honours}
    assert held["Chiến sĩ thi đua cấp tỉnh, cấp bộ"] == 1
    assert held["Bằng khen cấp tỉnh, cấp bộ"] == 1
    assert ("Nữ", 2, "66,67 %", "từ 60 %") in found.table()


def test_a_share_that_is_missed_says_by_how_many(congress, delegate):
    Share.objects.create(plan=congress.plan, trait="woman", percent=Decimal(40))
    for number in range(3):
        delegate(f"Đại biểu {number}", traits=["woman"] if number == 0 else [])
    (line,) = composition(congress).short
    assert (line.number, line.lacks) == (1, 1)


def test_nobody_is_no_division_by_nought(congress):
    assert composition(congress).official == 0
    assert [line.percent for line in composition(congress).traits] == [""] * 5


def test_the_list_on_paper_has_delegations_with_their_head_first(congress, people, delegation, delegate):
    delegate(recipient=people[0], award=people[0].awards.get(type__code="CSTDT"), post="Bí thư", workplace="xã Ba Sơn")
    head = delegate("Vi Thị Xuân", birth_year=1980)
    delegate("Khách", role="guest")
    delegation.head = head
    delegation.save()
    ((name, rows),) = rows_for_paper(congress)
    assert name == "Đoàn UBND xã Ba Sơn"
    assert rows[0] == ("Vi Thị Xuân", 1980, "(Trưởng đoàn)", "")
    assert rows[1] == ("Nông Văn Ánh", "", "Bí thư, xã Ba Sơn", "Chiến sĩ thi đua tỉnh năm 2023")


def test_questions_for_paper_and_composition_do_not_grow(congress, people, delegate, django_assert_num_queries):
    for number in range(6):
        delegate(f"Đại biểu {number}", recipient=people[number] if number < 4 else None)
    with django_assert_num_queries(6) as asked:
        composition(congress)
    people_of = [one["sql"] for one in asked.captured_queries if '"traits"' in one["sql"]]
    assert len(people_of) == 1
    assert "GROUP BY" in people_of[0], "those who are alike come as one row"
    with django_assert_num_queries(1):
        rows_for_paper(congress)

"""The count: shares of all members, the least number of votes, the quota, a tie, what each nomination hears."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards.council import actions, counting
from awards.models import Item, Meeting, Nomination, Seat
from documents.models import Change
from documents.steps.refusing import Refused

from .made import again, all_votes, called, entered, fit, prepared, seats, yes_of


def results(meeting):
    rows = meeting.items.select_related("nomination").order_by("position")
    return [(row.nomination.name, row.agreed, row.chosen, row.nomination.state) for row in rows]


def test_shares_are_of_all_members_and_each_nomination_hears(counted):
    """More than half of seven are four."""
    assert results(counted) == [
        ("Nông Thị An", 7, True, "passed"), ("Nông Thị Bình", 4, True, "passed"), ("Nông Thị Cúc", 3, False, "failed"),
    ]  # fmt: skip
    failed = Nomination.objects.get(state="failed")
    assert failed.refusal == (
        "Hội đồng bỏ phiếu ngày 20/11/2026: không đủ phiếu, 3/7 phiếu đồng ý, cần ít nhất 4 (quá 1/2 tổng số thành viên Hội "
        "đồng); Quy chế của Hội đồng Thi đua - Khen thưởng tỉnh."
    )
    told = Change.objects.get(about="dossier", of=failed.pk, what="failed")
    assert (
        told.changes["Hội đồng bỏ phiếu"][1] == "3/7 phiếu đồng ý, cần ít nhất 4 (quá 1/2 tổng số thành viên Hội đồng)"
    )


# {code: (least of 7, least of 10, least of 17)}: 90 %, 80 %, more than half
LEAST = {"CSTDT": (7, 9, 16), "CTDT": (6, 8, 14), "BKT": (4, 6, 9)}


@pytest.mark.parametrize("code", LEAST)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_how_many_votes_an_award_needs(council, officer, dossier, code, place):
    whole = (7, 10, 17)[place]
    for number in range(7, whole):
        council.members.create(name=f"Ủy viên {number}", post="Sở Mẫu", since=council.since, position=number + 1)
    meeting = called(prepared(council, officer, [fit(dossier, "Nông Thị An", code)], body="full"), officer)
    assert (meeting.entitled, meeting.items.get().needed) == (whole, LEAST[code][place])


def test_one_vote_short_fails(council, officer, dossier):
    """90 % of seven are seven: six are not enough, though six of seven are 85 %."""
    meeting = called(prepared(council, officer, [fit(dossier, "Nông Thị An", "CSTDT")]), officer)
    entered(meeting, officer, yes_of(meeting, {"Nông Thị An": 6}))
    counting.count(again(meeting), by=officer)
    assert results(meeting) == [("Nông Thị An", 6, False, "failed")]


def test_who_did_not_vote_counts_in_the_whole(opened, officer):
    votes = all_votes(opened)
    entered(opened, officer, [votes] * 5 + [None, None])
    counting.count(again(opened), by=officer)
    assert Item.objects.first().agreed == 5
    assert opened.items.first().arithmetic == ("5/7 phiếu đồng ý, cần ít nhất 4 (quá 1/2 tổng số thành viên Hội đồng)")


# --- Which of the council, secret or not


def test_the_office_s_rule_says_who_considers(council, officer, dossier):
    standing = called(prepared(council, officer, [fit(dossier, "Nông Thị An", "BKT")]), officer)
    assert (standing.body, standing.entitled) == ("standing", 3)
    full = called(prepared(council, officer, [fit(dossier, "Nông Thị An", "CSTDT")]), officer)
    assert (full.body, full.entitled) == ("full", 7)


def test_what_the_law_has_voted_on_secretly_is(council, officer, dossier, monkeypatch, plain_catalogue):
    from dataclasses import replace

    from awards.catalogue import book
    from awards.catalogue.law import Catalogue
    from awards.models import Stamp

    rows = [
        replace(row, more={**row.more, "secret": True}) if (row.kind, row.award) == ("votes", "CSTDT") else row
        for row in plain_catalogue.rows
    ]
    known = Catalogue(rows, plain_catalogue.texts, plain_catalogue.criteria)
    monkeypatch.setattr(book, "_known", {Stamp.current(): known})
    meeting = called(prepared(council, officer, [fit(dossier, "Nông Thị An", "CSTDT")], is_secret=False), officer)
    assert meeting.is_secret
    assert meeting.box.agreed == {str(meeting.items.get().pk): 0}


def test_an_award_of_which_no_share_is_laid_down_keeps_the_meeting_from_being_called(
    council, officer, dossier, monkeypatch, plain_catalogue
):
    from awards.catalogue import book
    from awards.catalogue.law import Catalogue
    from awards.models import Stamp

    rows = [row for row in plain_catalogue.rows if row.kind != "majority"]
    known = Catalogue(rows, plain_catalogue.texts, plain_catalogue.criteria)
    monkeypatch.setattr(book, "_known", {Stamp.current(): known})
    meeting = prepared(council, officer, [fit(dossier, "Nông Thị An", "BKT")])
    with pytest.raises(Refused, match="chưa có tỷ lệ phiếu vào ngày 20/11/2026 cho: Bằng khen của Chủ tịch"):
        actions.call(meeting, by=officer)


# --- When it can be counted


def test_too_few_came(opened, officer):
    """Two thirds of seven are five."""
    entered(opened, officer, [all_votes(opened)] * 4 + [None] * 3)
    with pytest.raises(Refused, match="Chưa đủ thành viên dự họp: 4 có mặt, ủy quyền; cần 5 của 7"):
        counting.count(again(opened), by=officer)
    actions.attend(again(opened), by=officer, came={seats(opened)[4].pk: ("delegated", "Phó Giám đốc")})
    counting.count(again(opened), by=officer)
    assert again(opened).state == "counted"


def test_a_vote_in_writing_needs_nobody_to_come(council, officer, three):
    meeting = called(prepared(council, officer, three, way="writing", body="full"), officer)
    entered(meeting, officer, [all_votes(meeting)] * 4 + [None] * 3)
    counting.count(again(meeting), by=officer)
    assert {row[3] for row in results(meeting)} == {"passed"}


def test_a_secret_count_waits_for_three(secret, officer):
    Seat.objects.update(came="present")
    with pytest.raises(Refused, match="Chưa có phiếu nào"):
        counting.count(again(secret), by=officer)
    actions.enter_sums(again(secret), by=officer, seats=seats(secret)[:2])
    with pytest.raises(Refused, match="Mới có 2 phiếu, kiểm lúc này sẽ biết ai chọn ai"):
        counting.count(again(secret), by=officer)


def test_a_secret_count_empties_the_box(secret, officer):
    first = secret.items.order_by("position").first()
    actions.enter_sums(again(secret), by=officer, seats=seats(secret), against={first.pk: 4})
    counting.count(again(secret), by=officer)
    assert results(secret)[0] == ("Nông Thị An", 3, False, "failed")
    assert not hasattr(Meeting.objects.get(), "box")


def test_few_members_do_not_vote_secretly(council, officer, three):
    council.members.exclude(role="chair").update(is_standing=False)
    with pytest.raises(Refused, match="Bỏ phiếu kín cần ít nhất 3 thành viên"):
        called(prepared(council, officer, three, body="standing", is_secret=True), officer)


# --- The quota, a tie


def bounded(council, officer, dossier, most, numbers):
    """A counted meeting of persons for a certificate, of whom ``most`` are chosen; ``numbers``: {name: votes}."""
    rows = [fit(dossier, name) for name in numbers]
    meeting = prepared(council, officer, rows, body="full")
    meeting.bounds.create(type=rows[0].type, most=most)
    meeting = called(meeting, officer)
    entered(meeting, officer, yes_of(meeting, numbers))
    return again(counting.count(again(meeting), by=officer))


# (how many, {name: votes}, who is chosen, who stands equal)
QUOTAS = [
    (2, {"A": 7, "B": 6, "C": 5}, "AB", ""),
    (3, {"A": 7, "B": 6, "C": 5}, "ABC", ""),
    (2, {"A": 7, "B": 3, "C": 2}, "A", ""),
    (2, {"A": 7, "B": 5, "C": 5}, "A", "BC"),
    (1, {"A": 5, "B": 5, "C": 4}, "", "AB"),
    (2, {"A": 5, "B": 5, "C": 4}, "AB", ""),
    (1, {"A": 3, "B": 3, "C": 3}, "", ""),
]


@pytest.mark.parametrize(("most", "numbers", "chosen", "equal"), QUOTAS)
def test_more_than_the_quota(council, officer, dossier, most, numbers, chosen, equal):
    meeting = bounded(council, officer, dossier, most, numbers)
    found = results(meeting)
    assert "".join(row[0] for row in found if row[2]) == chosen
    assert "".join(row[0] for row in found if row[2] is None) == equal
    states = {True: "passed", False: "failed", None: "council"}
    assert all(row[3] == states[row[2]] for row in found)


def test_who_has_votes_enough_but_no_place_is_told(council, officer, dossier):
    bounded(council, officer, dossier, 1, {"A": 7, "B": 6})
    words = Nomination.objects.get(name="B").refusal
    assert "6/7 phiếu đồng ý" in words
    assert "đủ phiếu nhưng số lượng được chọn đã hết" in words


def test_the_chair_breaks_a_tie_with_a_reason(tied, nine, three):
    equal = list(tied.items.filter(agreed=6).order_by("position"))
    with pytest.raises(Refused, match="Còn 1 chỗ, đang chọn 2"):
        counting.break_tie(tied, by=nine["chair"], items=equal, reason="Thành tích hơn")
    counting.break_tie(tied, by=nine["chair"], items=equal[1:], reason="Thành tích hơn")
    assert results(tied) == [
        ("Nông Thị An", 7, True, "passed"), ("Nông Thị Bình", 6, False, "failed"), ("Nông Thị Cúc", 6, True, "passed"),
    ]  # fmt: skip
    assert [row.by_chair for row in tied.items.order_by("position")] == [False, False, True]
    assert Change.objects.get(about="meeting", what="break_tie").reason == "Thành tích hơn"
    with pytest.raises(Refused, match="Không còn đề nghị nào ngang phiếu"):
        counting.break_tie(again(tied), by=nine["chair"], items=equal[:1], reason="Lại")


def test_the_rules_of_the_day_hint_at_women(tied, three, nine):
    three[1].recipient.gender = "female"
    three[1].recipient.save()
    hints = counting.hints_of(tied, tied.ties)
    item = tied.items.get(nomination=three[1])
    assert list(hints) == [item.pk]
    assert hints[item.pk].startswith(" (ưu tiên khi bằng nhau: nữ, khoản 6 Điều 4 Nghị định")


def test_one_of_the_equals_is_withdrawn_and_the_other_has_the_place(tied, three, nine):
    from awards.nominations import lines

    lines.withdraw_line(Nomination.objects.get(pk=three[1].pk), by=nine["unit_officer"], reason="Thôi")
    left = tied.items.get(nomination=three[2])
    counting.break_tie(again(tied), by=nine["officer"], items=[left], reason="Còn một đề nghị")
    assert Nomination.objects.get(pk=three[2].pk).state == "passed"


# --- Given up


def test_cancelled_the_nominations_wait_again_and_another_takes_them(cancelled, council, officer, three):
    assert {row.state for row in Nomination.objects.all()} == {"fit"}
    other = prepared(council, officer, three, body="full")
    assert other.items.count() == 3
    assert Change.objects.filter(about="dossier", what="from_council").count() == 3


# --- Declared void


def test_a_count_that_was_wrong_is_declared_void_and_stays_to_be_read(annulled, council, officer, three, client_of):
    assert {row.state for row in Nomination.objects.all()} == {"fit"}
    assert Nomination.objects.get(pk=three[2].pk).refusal == ""
    page = client_of(officer).get(reverse("council_agenda", args=[annulled.pk])).content.decode()
    assert "7/7" in page
    assert "Không xét" not in page
    assert prepared(council, officer, three, body="full").items.count() == 3


def test_what_stands_in_a_decision_keeps_a_count(counted, officer, three):
    Nomination.objects.filter(pk=three[0].pk).update(state="presented")
    with pytest.raises(Refused, match="Nông Thị An đã vào quyết định"):
        counting.annul(counted, by=officer, reason="Nhầm")


def test_who_is_not_noted_when_it_is_counted_was_absent(opened, officer):
    entered(opened, officer, [all_votes(opened)] * 5 + [None, None])
    counting.count(again(opened), by=officer)
    assert [seat.came for seat in seats(opened)] == ["present"] * 5 + ["absent"] * 2


def test_all_that_nothing_was_noted_of_are_there_by_one_button(opened, officer, client_of):
    keys = [seat.pk for seat in seats(opened)]
    typed = {f"came_{key}": "unknown" for key in keys} | {f"came_{keys[1]}": "absent", "version": opened.version}
    address = reverse("council_attendance", args=[opened.pk])
    wrong = client_of(officer).post(address, typed | {f"came_{keys[2]}": "delegated"})
    assert wrong.status_code == 422
    assert "hãy ghi ủy quyền cho ai" in wrong.content.decode()
    assert client_of(officer).post(address, typed | {"all": "1"}).status_code == 302
    assert [seat.came for seat in seats(opened)] == ["present", "absent", *["present"] * 5]


def test_how_long_a_nomination_was_before_the_council(counted, officer, client_of):
    counted_at = Change.objects.filter(what="passed").first().at
    Change.objects.filter(what="to_council").update(at=counted_at - timedelta(days=6))
    tables = dict(client_of(officer).get(reverse("durations")).context["tables"])
    (row,) = tables["Đề nghị"]
    # All three, whether they passed or not.
    assert (row["words"], row["count"], round(row["mean"])) == ("Ở Hội đồng", 3, 6)

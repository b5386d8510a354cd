"""The agenda: what may be put on it, many at once, those that cannot go named; taken off; its order; its cost."""

from functools import partial
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.council import actions, agenda, counting, papers
from awards.models import Item, Meeting, Nomination, Opinion
from documents.models import Change
from documents.steps.refusing import Refused

from ..conftest import make_recipient
from .made import TODAY, again, all_votes, called, fit, prepared, seats


def asked(nomination, by, state="open"):
    opinion = Opinion.objects.create(
        kind="body", body="Thanh tra tỉnh", asked_on=TODAY, due_on=TODAY, by=by, state=state, answered_on=TODAY
    )
    opinion.nominations.add(nomination)
    return opinion


def test_only_what_is_appraised_and_answered_can_be_chosen(council, officer, dossier, client_of):
    waits, answered = fit(dossier, "Chờ", state="asked"), fit(dossier, "Trả lời", state="asked")
    asked(waits, officer)
    asked(answered, officer, "agreed")
    for state in ("in_file", "unfit", "withdrawn"):
        fit(dossier, state, state=state, refusal="Thiếu")
    ready = fit(dossier, "Đủ")
    meeting = prepared(council, officer)
    page = client_of(officer).get(reverse("council_candidates", args=[meeting.pk]))
    assert {row.name for row in page.context["page_obj"]} == {answered.name, ready.name}
    done = agenda.add(meeting, by=officer, keys=list(Nomination.objects.values_list("pk", flat=True)))
    assert {row.nomination.name for row in done.items.select_related("nomination")} == {"Trả lời", "Đủ"}
    assert done.left_out == [
        "Chờ: còn cơ quan chưa trả lời ý kiến", "in_file: đang ở bước «Trong hồ sơ»",
        "unfit: đang ở bước «Không đủ điều kiện»", "withdrawn: đang ở bước «Đã rút»",
    ]  # fmt: skip


def test_what_another_meeting_has_is_told(draft, council, officer, three):
    other = prepared(council, officer)
    with pytest.raises(Refused, match="Nông Thị An: đang ở một cuộc họp khác của Hội đồng"):
        agenda.add(other, by=officer, keys=[three[0].pk])
    with pytest.raises(Refused, match="Hãy chọn đề nghị trong danh sách"):
        agenda.add(again(other), by=officer, keys=[])


def test_all_that_the_filter_leaves_goes_at_once(council, officer, dossier, client_of, types):
    for number in range(60):
        fit(dossier, f"Người {number}")
    fit(dossier, "Cờ", "CTDT")
    meeting = prepared(council, officer)
    address = reverse("council_candidates", args=[meeting.pk]) + f"?loai={types['BKT'].pk}"
    assert client_of(officer).post(address, {"all": "1"}).status_code == 302
    assert (meeting.items.count(), Nomination.objects.get(name="Cờ").state) == (60, "fit")
    assert Change.objects.filter(about="dossier", what="to_council").count() == 60


def test_by_rank_collectives_before_persons(council, officer, dossier, types):
    rows = [
        fit(dossier, "Bằng khen", "BKT"), fit(dossier, "Tập thể", "BKT", recipient=make_recipient("collective", "Tập thể")),
        fit(dossier, "Chiến sĩ", "CSTDT"), fit(dossier, "Cờ", "CTDT"),
    ]  # fmt: skip
    meeting = prepared(council, officer, rows)
    names = [row.nomination.name for row in meeting.items.select_related("nomination").order_by("position")]
    assert names == ["Cờ", "Chiến sĩ", "Tập thể", "Bằng khen"]


def test_taken_off_it_waits_again(draft, officer, three, client_of):
    item = draft.items.get(nomination=three[0])
    answer = client_of(officer).post(reverse("take_off_agenda", args=[draft.pk]), {"muc": [item.pk]})
    assert answer.status_code == 302
    assert Nomination.objects.get(pk=three[0].pk).state == "fit"
    assert list(draft.items.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_what_was_withdrawn_before_the_call_goes_off(draft, officer, nine, three):
    from awards.nominations import lines

    lines.withdraw_line(Nomination.objects.get(pk=three[0].pk), by=nine["unit_officer"], reason="Thôi")
    called(draft, officer)
    assert draft.items.count() == 2


def test_nothing_is_called_without_an_agenda_or_members(council, officer, three):
    empty = prepared(council, officer)
    with pytest.raises(Refused, match="Chương trình chưa có đề nghị nào"):
        actions.call(empty, by=officer)
    council.members.all().delete()
    with pytest.raises(Refused, match="Toàn thể Hội đồng không có ai vào ngày 20/11/2026"):
        called(prepared(council, officer, three, body="full"), officer)


def test_a_day_on_which_the_council_was_not(council, officer):
    from datetime import date

    with pytest.raises(Refused, match="Hội đồng này có từ 01/01/2026") as refused:
        prepared(council, officer, held_on=date(2025, 12, 31))
    assert refused.value.field == "held_on"


def test_taken_back_while_nobody_voted(opened, officer, nine):
    actions.take_back(opened, by=officer)
    meeting = called(again(opened), officer)
    assert (meeting.seats.count(), meeting.entitled) == (7, 7)
    actions.vote(meeting, by=nine["chair"], votes=all_votes(meeting))
    with pytest.raises(Refused, match="Đã có 1 người bỏ phiếu"):
        actions.take_back(again(meeting), by=officer)


# --- Its cost does not grow


PAGES = ["council_meeting", "council_agenda", "council_vote", "council_paper_votes"]


def cost(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def played(council, officer, nine, rows, client_of, is_secret):
    """How many queries each page and step of a meeting takes with ``rows`` on its agenda."""
    meeting = prepared(council, officer, body="full", is_secret=is_secret)
    costs = [cost(lambda: agenda.add(meeting, by=officer, keys=[row.pk for row in rows]))]
    costs.append(cost(lambda: actions.call(again(meeting), by=officer)))
    member, manager = client_of(nine["council_member"]), client_of(officer)
    for name in PAGES:
        page = partial((manager if name == "council_paper_votes" else member).get, reverse(name, args=[meeting.pk]))
        page()
        costs.append(cost(page))
    costs.append(cost(lambda: actions.vote(again(meeting), by=nine["council_member"], votes=all_votes(meeting))))
    left = [seat for seat in seats(meeting) if not seat.voted_at]
    if is_secret:
        costs.append(cost(lambda: actions.enter_sums(again(meeting), by=officer, seats=left)))
    for seat in () if is_secret else left:
        actions.enter(again(meeting), by=officer, seat=seat, votes=all_votes(meeting))
    costs.append(cost(lambda: counting.count(again(meeting), by=officer)))
    return [*costs, cost(lambda: papers.draft(again(meeting), "minutes", by=officer))]


@pytest.mark.parametrize("is_secret", [True, False])
def test_as_many_queries_for_thirty_as_for_three(council, officer, nine, dossier, client_of, is_secret):
    found = []
    for number in (3, 30):
        rows = [fit(dossier, f"Người {number} {place}") for place in range(number)]
        found.append(played(council, officer, nine, rows, client_of, is_secret))
    # Three rows stand in the minutes, thirty behind them.
    assert found[0][:-1] == found[1][:-1]
    assert abs(found[0][-1] - found[1][-1]) < 5
    assert max(found[0]) < 40
    assert Item.objects.filter(chosen=True).count() == 33
    assert Meeting.objects.filter(state="counted").count() == 2


@pytest.mark.parametrize(
    ("name", "who"),
    [("draft", "officer"), ("opened", "council_member"), ("secret", "leader"), ("tied", "officer"), ("tied", "chair")],
)
def test_no_page_asks_the_same_question_twice(request, nine, client_of, name, who):
    meeting = request.getfixturevalue(name)
    client, twice = client_of(nine[who]), {}
    pages = [reverse(name, args=[meeting.pk]) for name in ("council_meeting", "council_agenda")]
    pages += [
        meeting.council.get_absolute_url(),
        meeting.items.first().get_absolute_url(),
        reverse("home"),
    ]
    for page in [*pages, reverse("council_meetings"), *([reverse("council")] if who == "officer" else [])]:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        asked = [row["sql"] for row in queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        if found := {sql for sql in asked if asked.count(sql) > 1}:
            twice[page] = found
    assert twice == {}


def test_the_agenda_and_the_meetings_are_exported(counted, officer, client_of, council):
    for name, *args in (
        ("council_meetings",),
        ("council_agenda", counted.pk),
        ("council_candidates", prepared(council, officer).pk),
    ):
        answer = client_of(officer).get(reverse(name, args=args) + "?xuat=xlsx")
        assert answer.status_code == 200
    sheet = openpyxl.load_workbook(
        BytesIO(client_of(officer).get(reverse("council_agenda", args=[counted.pk]) + "?xuat=xlsx").content)
    )
    cells = [cell for row in sheet.active.iter_rows(values_only=True) for cell in row]
    assert {"Thông qua", "Không đủ phiếu", "Nông Thị Cúc"} <= set(cells)

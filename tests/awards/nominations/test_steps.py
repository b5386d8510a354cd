"""Every step of a file and of a nomination, taken by every kind of person in every state."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Dossier, Nomination, Rating
from awards.nominations import actions, lines
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.days import TODAY
from tests.walking import turns_of, walk

from .conftest import YEAR

UNIT = {"unit_officer"}
OFFICE = {"officer", "leader", "administrator"}
# Who may take which step of a file from which state.
MAY = {
    "draft": {"edit": UNIT, "discard": UNIT, "submit": UNIT, "check": UNIT},
    "submitted": {"take_back": UNIT, "withdraw": UNIT, "receive": OFFICE, "return": OFFICE, "check": UNIT | OFFICE},
    "returned": {"edit": UNIT, "submit": UNIT, "withdraw": UNIT, "check": UNIT | OFFICE},
    "received": {"reassign": OFFICE, "return": OFFICE, "appraise": OFFICE, "withdraw": UNIT, "check": UNIT | OFFICE},
    "appraised": {},
    "closed": {},
    "withdrawn": {},
}
# The same of a nomination, by the state of its file.
LINE_MAY = {
    "draft": {"edit_line": UNIT, "remove_line": UNIT},
    "submitted": {"withdraw_line": UNIT},
    "returned": {"edit_line": UNIT, "remove_line": UNIT},
    "received": {"accept": OFFICE, "refuse": OFFICE, "withdraw_line": UNIT},
    "appraised": {"refuse": OFFICE, "withdraw_line": UNIT},
    "closed": {},
}


def told(row):
    key = getattr(row, "dossier_id", row.pk)
    return list(Change.objects.filter(about="dossier", key=key).values_list("what", flat=True))


def of_all(may, people):
    return {one: {what for what, found in may.items() if one in found} for one in people}


@pytest.mark.parametrize("state", MAY)
def test_every_step_of_a_file_by_every_person(
    state, propose, good, bring_to, answered, dossier, people, client_of, officer, leader
):
    propose(good)
    bring_to(state)
    if state == "draft":
        answered()
    typed = {
        "receive": {"officer": officer.pk},
        "reassign": {"officer": leader.pk},
        "return": {"until": "04/01/2099"},
    }
    may = of_all(MAY[state], people)
    walk(
        actions.STEPS, lambda: Dossier.objects.get(pk=dossier.pk), turns_of(people), client_of, may=may, typed=typed,
        known=told, reasons={"return", "withdraw"},
    )  # fmt: skip


@pytest.mark.parametrize("state", LINE_MAY)
def test_every_step_of_a_nomination_by_every_person(state, propose, good, bring_to, people, client_of):
    row = propose(good)
    bring_to(state)
    typed = {"refuse": {"refusal": "Không còn chỉ tiêu (Điều 24)"}}
    walk(
        lines.LINES, lambda: Nomination.objects.select_related("dossier__unit").get(pk=row.pk), turns_of(people), client_of,
        may=of_all(LINE_MAY[state], people), typed=typed, known=told, reasons={"accept", "withdraw_line"},
    )  # fmt: skip


def test_days_of_each_step(propose, good, bring_to, dossier, unit_officer, officer, plain_catalogue):
    propose(good)
    bring_to("received")
    assert dossier.submitted_on == dossier.received_on == dossier.since == TODAY
    assert dossier.due_on > dossier.since
    assert dossier.officer == officer


def test_a_file_that_is_not_whole_is_not_submitted(dossier, propose, good, unit_officer):
    with pytest.raises(Refused, match="Chưa có đề nghị nào"):
        actions.submit(dossier, by=unit_officer)
    propose(good)
    with pytest.raises(Refused, match="Hồ sơ còn thiếu: Tờ trình"):
        actions.submit(dossier, by=unit_officer)


def test_appraising_parts_nominations_with_article_and_missing_fact(propose, good, bad, bring_to, officer, dossier):
    fit, unfit, accepted = propose(good), propose(bad), propose(good, "CSTDCS")
    bring_to("received")
    lines.accept(accepted, by=officer, reason="Có sáng kiến đã nộp bản giấy")
    actions.appraise(dossier, by=officer)
    states = {row.pk: (row.state, row.refusal) for row in dossier.nominations.all()}
    assert states[fit.pk] == ("fit", "")
    assert states[accepted.pk] == ("fit", "")
    assert states[unfit.pk][0] == "unfit"
    assert "Điều 24" in states[unfit.pk][1]


def test_what_changed_since_the_last_check_is_marked(propose, bad, dossier, unit_officer):
    row = propose(bad)
    assert actions.check(dossier, by=unit_officer)
    row.refresh_from_db()
    assert (row.met, row.changed) == (False, "")
    assert row.missing
    Rating.objects.filter(recipient=bad).update(level="excellent")
    actions.check(dossier, by=unit_officer)
    row.refresh_from_db()
    assert row.met is True
    assert row.changed.startswith("Còn thiếu: ")


def test_a_file_returned_names_the_last_day(propose, good, bring_to, client_of, unit_officer):
    propose(good)
    shown = client_of(unit_officer).get(bring_to("returned").get_absolute_url()).content.decode()
    assert "bổ sung chậm nhất 04/01/2099" in shown
    assert "Thiếu biên bản" in shown


def test_another_units_file_is_not_found(propose, good, bring_to, client_of, stranger):
    row, client = propose(good), client_of(stranger)
    dossier = bring_to("submitted")
    pages = [(name, dossier.pk) for name in ("dossier", "edit_dossier", "nominate", "answer_line")]
    pages += [("nomination", row.pk), ("edit_line", row.pk)]
    assert {client.get(reverse(name, args=[pk])).status_code for name, pk in pages} == {404}
    posts = [("dossier_step", dossier.pk), ("nomination_step", row.pk), ("check_dossier", dossier.pk)]
    answers = {client.post(reverse(name, args=[pk]), {"act": "submit"}).status_code for name, pk in posts}
    assert answers == {404}
    assert dossier.subject not in client.get(reverse("dossiers")).content.decode()


def test_the_department_sees_no_file_that_was_not_submitted(dossier, client_of, officer):
    assert client_of(officer).get(dossier.get_absolute_url()).status_code == 404
    assert dossier.subject not in client_of(officer).get(reverse("dossiers")).content.decode()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"year": YEAR + 2}, "year"),
        ({"first_year": YEAR + 1}, "first_year"),
        ({"route": "deed"}, "deed_on"),
        ({"route": "deed", "deed_on": date(2099, 1, 1)}, "deed_on"),
        ({"is_simple": True}, "is_simple"),
    ],
)
def test_facts_that_no_file_can_have(types, unit_officer, facts, field):
    with pytest.raises(Refused) as refused:
        actions.save(Dossier(**{"year": YEAR} | facts), by=unit_officer)
    assert refused.value.field == field


def test_what_does_not_agree_is_told_beside_its_field(dossier, propose, good, unit_officer, client_of, types):
    client = client_of(unit_officer)
    facts = {"route": "merit", "year": YEAR, "first_year": YEAR + 1, "version": dossier.version}
    form = client.post(reverse("edit_dossier", args=[dossier.pk]), facts).context["form"]
    assert list(form.errors) == ["first_year"]
    row = propose(good)
    typed = {"recipient": good.pk, "type": types["LDTT"].pk, "votes_for": 9, "votes_of": 5, "version": row.version}
    form = client.post(reverse("edit_line", args=[row.pk]), typed).context["form"]
    assert "votes_for" in form.errors
    assert not form.non_field_errors()


def test_a_household_is_not_proposed_for_a_title_it_cannot_have(propose, unit_officer):
    with pytest.raises(Refused, match="không dành cho hộ gia đình"):
        propose(make_recipient("household", "Hộ ông Mẫu", unit=unit_officer.unit), "CSTDCS")


def test_the_same_twice_in_a_file_is_refused(propose, good):
    propose(good)
    with pytest.raises(Refused, match="đã có trong hồ sơ"):
        propose(good)


def test_the_page_asks_as_much_for_many_as_for_few(propose, dossier, unit_officer, client_of):
    def questions(number):
        for n in range(number):
            row = make_recipient(name=f"Nguyễn Văn {n} {number}", unit=unit_officer.unit)
            Rating.objects.create(recipient=row, year=YEAR, level="excellent")
            propose(row)
        actions.check(dossier, by=unit_officer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(dossier.get_absolute_url()).status_code == 200
        return len(found)

    client = client_of(unit_officer)
    assert questions(3) == questions(12)


def test_each_nomination_tells_what_the_end_of_the_file_meant_for_it(
    propose, good, bad, bring_to, dossier, unit_officer
):
    rows = [propose(good), propose(bad)]
    bring_to("appraised")
    ends = {row.of: row.changes["Trạng thái"][1] for row in Change.objects.filter(what="appraised")}
    assert ends == {rows[0].pk: "Đủ điều kiện, chờ xét", rows[1].pk: "Không đủ điều kiện"}


def test_each_nomination_of_a_file_that_is_withdrawn_tells_why(propose, good, bring_to):
    row = propose(good)
    bring_to("withdrawn")
    assert list(Change.objects.filter(what="withdrawn").values_list("of", "reason")) == [(row.pk, "Lập lại")]


def test_the_log_of_a_file_is_not_flooded_and_shows_why_it_came_back(
    propose, good, bring_to, dossier, unit_officer, client_of
):
    propose(good)
    bring_to("returned")
    # Far more than the page shows.
    told = {"about": "dossier", "key": dossier.pk, "by": unit_officer, "act": "Sửa"}
    Change.objects.bulk_create(Change(what="edit", **told) for _ in range(70))
    page = client_of(unit_officer).get(dossier.get_absolute_url())
    assert page.context["returned"].reason == "Thiếu biên bản"
    Change.objects.filter(what="edit").delete()
    Change.objects.bulk_create(Change(what="asked", of=n, **told) for n in range(70))
    page = client_of(unit_officer).get(dossier.get_absolute_url())
    assert {row.what for row in page.context["changes"]} == {
        "begin",
        "nominate",
        "answer_checklist",
        "submit",
        "return",
    }

"""Every step of a unit's duty, taken by every kind of person in every state."""

import pytest
from django.utils import timezone

from documents.deliveries.actions import answer
from documents.duties.actions import STEPS, reopen, report_done
from documents.models import Assignment, Change
from tests.walking import turns_of, walk

from ..issued import issue_letter, picture, recall

pytestmark = pytest.mark.django_db
UNIT, SENDER = {"unit_officer"}, {"officer", "leader", "clerk", "administrator"}
MAY = {
    "asked": {"report": UNIT, "report_by_answer": UNIT},
    "reported": {"report": UNIT, "reopen": SENDER},
    "reopened": {"report": UNIT, "report_by_answer": UNIT},
    "recalled": {},
    "reported and recalled": {},
}
TYPED = {"report": {"words": "Đã làm xong."}}


@pytest.fixture
def share(draft, people, other_unit):
    """What a letter asked of Sở Y tế, which answered the letter."""
    by = people["officer"], people["leader"], people["clerk"]
    letter = issue_letter(draft, *by, units=[other_unit], duties=[("1", "Báo cáo kết quả", None)])
    answer(letter.deliveries.get(unit=other_unit), by=people["unit_officer"], words="Đã báo cáo đủ.")
    return Assignment.objects.get(unit=other_unit)


@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(state, share, people, client_of):
    if state.startswith("reported") or state == "reopened":
        report_done(share, by=people["unit_officer"], words="Xong.")
    if state == "reopened":
        reopen(share, by=people["officer"], reason="Chưa đủ.")
    if state.endswith("recalled"):
        recall(share.duty.document, people["officer"], people["leader"], people["clerk"])

    def again():
        return Assignment.objects.select_related("duty__document", "unit").get(pk=share.pk)

    def told(row):
        said = list(row.reports.values_list("kind", "by"))
        return said, list(Change.objects.filter(about="duty", key=row.pk).values_list("what", "by"))

    may = {one: {what for what, who in MAY[state].items() if one in who} for one in people}
    walk(STEPS, again, turns_of(people), client_of, may=may, typed=TYPED, known=told, reasons={"reopen"})


def test_the_log_tells_who_said_what(share, people):
    unit, sender = people["unit_officer"], people["officer"]
    report_done(share, by=unit, words="Xong.", files=[picture("mot.png"), picture("hai.png")])
    reopen(share, by=sender, reason="Chưa đủ.")
    reported, reopened = Change.objects.filter(about="duty", key=share.pk).order_by("pk")
    moment = f"{timezone.localtime(reported.at):%H:%M %d/%m/%Y}"
    assert (reported.what, reported.by, reported.version) == ("report", unit, 2)
    assert reported.changes == {"Báo xong": ["", moment], "Kết quả": ["", "Xong."], "Tệp": ["", "mot.png, hai.png"]}
    assert (reopened.what, reopened.by, reopened.version, reopened.reason) == ("reopen", sender, 3, "Chưa đủ.")
    assert reopened.changes == {"Báo xong": [moment, ""]}

"""Two officers at the same moment: one list entered twice, one file appraised twice, one fallen nomination; on PostgreSQL."""

import pytest

from awards.models import Dossier, Nomination, Recipient
from awards.nominations import actions, lines
from awards.nominations.import_views import desk_of
from awards.records import entering, importing
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.clusters.scores.test_two_at_once import at_once
from tests.conftest import make_user
from tests.days import TODAY
from tests.documents.excel.workbooks import book_of, upload

from .conftest import YEAR

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Danh hiệu, hình thức"]


@pytest.fixture
def colleague(unit_officer):
    """A second officer of the unit."""
    return make_user("donvi2", "Nông Văn Hai", unit_officer.role, unit_officer.unit)


def entered(dossier, user, rows):
    """A list that ``user`` sent and looked at: what the button of the page of checking is pressed with."""
    desk = desk_of(dossier, user)
    entering.send(desk, upload(book_of(HEADS, *rows)), {})
    entering.choose(desk, {}, all_new=True)
    return desk, desk.plan(desk.entry).print


def test_of_two_who_enter_the_same_list_at_once_one_stores_it(dossier, unit_officer, colleague):
    rows = [[n, f"Lý Văn {letter}", 1980, None, None, "LĐTT"] for n, letter in enumerate("ABCDEGHIKLMN")]
    (one, seen), (other, also) = (entered(dossier, user, rows) for user in (unit_officer, colleague))
    found = at_once(lambda: importing.store(one, seen), lambda: importing.store(other, also))
    assert sorted(isinstance(answer, Refused) for answer in found) == [False, True]
    assert Nomination.objects.count() == Recipient.objects.count() == 12
    assert sorted(Nomination.objects.values_list("position", flat=True)) == list(range(1, 13))


def test_of_two_who_appraise_a_file_at_once_one_does(propose, good, bad, bring_to, officer, leader):
    for one in (good, bad):
        propose(one)
    file = bring_to("received")
    found = at_once(lambda: actions.appraise(file, by=officer), lambda: actions.appraise(file, by=leader))
    assert sorted(isinstance(answer, Refused) for answer in found) == [False, True]
    assert Change.objects.filter(what="appraised").count() == 2
    assert set(Nomination.objects.values_list("state", "version")) == {("fit", 2), ("unfit", 2)}


def test_of_two_who_look_at_the_other_flag_at_once_one_does(unit_officer, officer, leader, types):
    unit = make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True)
    file = Dossier.objects.create(
        unit=unit_officer.unit,
        year=YEAR,
        author=unit_officer,
        state="appraised",
        officer=officer,
        received_on=TODAY,
    )
    row = Nomination.objects.create(
        dossier=file, recipient=unit, type=types["CTDCP"], fallback=types["CTDT"], position=1, name=unit.name,
        state="refused", refusal="Không",
    )  # fmt: skip
    found = at_once(lambda: lines.fall_back(row, by=officer), lambda: lines.fall_back(row, by=leader))
    assert sorted(isinstance(answer, Refused) for answer in found) == [False, True]
    assert Nomination.objects.filter(in_place_of=row).count() == 1

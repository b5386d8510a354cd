"""Which duties a launch did was told by the words of reports; it is told by a column since."""

from importlib import import_module

import pytest
from django.apps import apps

from campaigns.launches.duties import done_by
from documents.models import Assignment, Duty, Report
from units.models import Succession, UnitChange

from ..conftest import TODAY, cited, make_campaign

MIGRATION = import_module("campaigns.migrations.0007_done_shares_of_reports")
NAME = "Thi đua «3 tốt» năm 2026"
BY_LAUNCH = f"Đã phát động phong trào «{NAME}» theo Kế hoạch số 7/KH-UBND ngày 25/01/2026."


@pytest.mark.parametrize(
    ("place", "words", "is_tied"),
    [
        (0, BY_LAUNCH, True),
        # Ba Sơn has taken Cao Lộc over since.
        (3, BY_LAUNCH, True),
        (1, BY_LAUNCH, False),
        (0, BY_LAUNCH.replace("3 tốt", "2 tốt"), False),
        (0, "Đã phát động phong trào «Thi đua", False),
        (0, f"Chúng tôi đã phát động phong trào «{NAME}»", False),
    ],
)
def test_a_report_ties_its_duty_to_the_launch_that_it_tells(communes, bason, place, words, is_tied):
    change = UnitChange.objects.create(kind="merge", date=TODAY, citation="NQ 1")
    Succession.objects.create(change=change, predecessor=communes[3], successor=communes[0])
    campaign = make_campaign(communes[0], bason, NAME)
    duty = Duty.objects.create(document=cited("9/UBND", "CV"), clause="1.a", words="Phát động")
    share = Assignment.objects.create(duty=duty, unit=communes[place], done_at="2026-01-25T00:00Z", done_by=bason)
    Report.objects.create(assignment=share, by=bason, words=words)
    MIGRATION.fill(apps, None)
    assert list(done_by(campaign)) == ([share] if is_tied else [])

"""What the demonstration tells of campaigns: the letter of 2020 as it is, all else marked as invented."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from campaigns.figures.figures import figures
from campaigns.models import Adjustment, Campaign, Example, Joining, LaunchDuty, Result, Review
from documents.models import Document
from units.models import User

pytestmark = pytest.mark.usefixtures("sample", "db")


def test_the_sample():
    the_case_of_the_letter()
    every_kind_of_row_marked_as_a_sample()
    the_figures_counted_by_hand()
    the_days_of_the_papers()
    nothing_changes_when_it_is_loaded_again()


def the_case_of_the_letter():
    review = Review.objects.get(campaign__name__contains="năm 2019")
    assert (review.state, review.form, review.document.reference) == ("held", "report", "50/BC-UBND")
    assert review.held_on == date(2020, 2, 17)
    duty = LaunchDuty.objects.get().duty
    assert (duty.clause, duty.document.symbol) == ("1.a", "UBND-KGVX")
    assert set(LaunchDuty.objects.get().campaigns.values_list("document__reference", flat=True)) == {
        "1365/PĐ-UBND",
        "43/PĐ-UBND",
    }


def every_kind_of_row_marked_as_a_sample():
    for model in (Campaign, Joining, Result, Example):
        assert model.objects.exists()
        assert not model.objects.filter(sample=False).exists(), model
    assert set(Campaign.objects.values_list("state", flat=True)) >= {"launched", "interim", "stopped", "closed"}
    assert set(Adjustment.objects.values_list("kind", flat=True)) == {"change", "stop"}
    assert {row.has_consent for row in Example.objects.all()} == {True, False}
    assert Example.objects.published().count() == 3
    # Whoever acted for the units is invented and cannot log in.
    assert not User.objects.filter(username__startswith="minhhoa.", is_active=True).exists()
    assert (
        not Document.objects.filter(sample=True, note="", origin="cited")
        .exclude(issuer_unit__code="ubnd-tinh")
        .exists()
    )


def the_figures_counted_by_hand():
    """Of 2026: three campaigns of the province count, the stopped one does not."""
    rows = Campaign.objects.filter(launched_on__year=2026, state__in=["launched", "interim"])
    told = figures(User.objects.get(username="chuyenvien"), 2026)
    assert told.total == rows.count()
    assert rows.exclude(level="unit").count() == 3
    assert [row.name for row in told.over][:1] == ["Đợt thi đua chào mừng Ngày hội văn hóa các dân tộc tỉnh năm 2026"]


def nothing_changes_when_it_is_loaded_again():
    before = [list(model.objects.order_by("pk").values()) for model in (Campaign, Joining, Review, Result, Example)]
    call_command("load_sample_campaigns", verbosity=0)
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Campaign, Joining, Review, Result, Example)
    ]


def test_real_use_refuses_it(settings):
    settings.REAL_USE = True
    with pytest.raises(CommandError, match="bản dùng thật"):
        call_command("load_sample_campaigns", verbosity=0)


def the_days_of_the_papers():
    for row in Campaign.objects.exclude(document=None).select_related("document"):
        assert row.launched_on == row.document.dated
        assert row.launched_on <= date(2026, 11, 23)

"""What the list of good examples can be filtered by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..campaign.models import Campaign
from .actions import waiting
from .models import Example

STANDINGS = [("published", "Đã công bố"), ("waiting", "Chờ công bố"), ("unasked", "Chưa có đồng ý")]


def _campaigns(request):
    """Campaigns of the examples that this person may read, as far as it may read of the campaigns."""
    seen = Example.objects.visible_to(request.user).exclude(campaign=None).order_by().values("campaign")
    return Campaign.objects.visible_to(request.user).filter(pk__in=seen)


class CampaignExampleFilter(DressedFilterSet):
    """Examples of one campaign: by words, whom they are about, whose they are, whether they may be read by all."""

    q = WordsFilter("Tìm tên, việc làm, đơn vị")
    kind = django_filters.ChoiceFilter(label="Cá nhân, tập thể", choices=Example.Kind, empty_label="Tất cả")
    loai = django_filters.ChoiceFilter(
        label="Loại đơn vị", field_name="unit__kind", choices=Unit.Kind, empty_label="Tất cả"
    )
    cong_bo = django_filters.ChoiceFilter(
        label="Công bố", choices=STANDINGS, empty_label="Tất cả", method="of_standing"
    )

    class Meta:
        model = Example
        fields = ["q", "kind", "loai", "cong_bo"]

    def of_standing(self, queryset, name, value):
        """Published ones, those that the department should decide on, or those of persons without a consent that holds."""
        if value == "published":
            return queryset.published()
        if value == "waiting":
            return queryset.filter(pk__in=waiting().order_by().values("pk"))
        return queryset.filter(kind=Example.Kind.PERSON).exclude(consented_on__isnull=False, consent_ended_on=None)


class ExampleFilter(CampaignExampleFilter):
    """Examples of all campaigns and of none."""

    phong_trao = django_filters.ModelChoiceFilter(
        label="Phong trào", field_name="campaign", queryset=_campaigns, empty_label="Tất cả"
    )

    class Meta:
        model = Example
        fields = ["q", "kind", "phong_trao", "loai", "cong_bo"]

"""What nominations that wait for a decision, the list of a draft, and what of a decision still counts are narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..catalogue.models import Route, Whom
from ..decisions.filters import AwardFilter
from ..nominations.models import Nomination
from ..recipients.models import Recipient
from ..records.models import Award
from .models import NameCheck


class WaitingFilter(DressedFilterSet):
    """Nominations that may be decided on: by award, ground, unit, file."""

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    khen = AwardFilter(field_name="type")
    loai = django_filters.ChoiceFilter(
        label="Loại hình", field_name="dossier__route", choices=Route, empty_label="Tất cả"
    )
    la = django_filters.ChoiceFilter(label="Là", field_name="recipient__kind", choices=Whom, empty_label="Tất cả")
    nam = django_filters.NumberFilter(label="Năm", field_name="dossier__year", min_value=1990, max_value=2100)
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị đề nghị", field_name="dossier__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    ho_so = django_filters.NumberFilter(label="Số hồ sơ", field_name="dossier", min_value=1, max_value=999_999_999)

    class Meta:
        model = Nomination
        fields = ["q", "khen", "loai", "la", "nam", "don_vi", "ho_so"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""


class DraftFilter(DressedFilterSet):
    """The list of a draft: by name, kind, unit, what units said of names."""

    SAID = [("cho", "Chưa xác nhận"), ("sua", "Đề nghị sửa"), ("dung", "Đã xác nhận, đã trả lời")]

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    khen = AwardFilter(field_name="type")
    la = django_filters.ChoiceFilter(label="Là", field_name="recipient__kind", choices=Whom, empty_label="Tất cả")
    ten = django_filters.ChoiceFilter(label="Xác nhận tên", choices=SAID, empty_label="Tất cả", method="said")

    class Meta:
        model = Nomination
        fields = ["q", "khen", "la", "ten"]

    def said(self, queryset, name, value):
        """Those that wait for their unit, for the department, for nobody."""
        rows = NameCheck.objects.filter(nomination=OuterRef("pk"))
        if value == "cho":
            return queryset.filter(~Exists(rows))
        asks = Exists(rows.filter(state=NameCheck.State.OTHER))
        return queryset.filter(asks) if value == "sua" else queryset.filter(~asks, Exists(rows))


class CountedFilter(DressedFilterSet):
    """What of a decision still counts: by name, kind, award, unit."""

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    la = django_filters.ChoiceFilter(label="Là", field_name="whom", choices=Whom, empty_label="Tất cả")
    khen = AwardFilter(field_name="type")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Award
        fields = ["q", "la", "khen", "don_vi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

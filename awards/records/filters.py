"""What the lists of initiatives, ratings, figures and pauses can be narrowed by."""

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit
from units.periods import within

from ..recipients.models import PositionClass, Recipient
from .models import HeldPost, Initiative, Pause, Rating, Team


class _OfRecipient(DressedFilterSet):
    """Records by the name of whom they are about, and by unit."""

    q = WordsFilter("Tìm cá nhân, tập thể", "recipient", Recipient.objects.all())
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="recipient__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""


class _Yearly(_OfRecipient):
    """And by year."""

    nam = django_filters.NumberFilter(label="Năm", field_name="year", min_value=1945, max_value=2100)


class RatingFilter(_Yearly):
    """Ratings by name, unit, year, level."""

    muc = django_filters.ChoiceFilter(
        label="Mức xếp loại", field_name="level", choices=Rating.Level, empty_label="Tất cả"
    )

    class Meta:
        model = Rating
        fields = ["q", "nam", "muc", "don_vi"]


class TeamFilter(_Yearly):
    """Figures of collectives by name, unit, year."""

    class Meta:
        model = Team
        fields = ["q", "nam", "don_vi"]


class PauseFilter(_OfRecipient):
    """Pauses by name, unit, kind, and whether they hold today."""

    loai = django_filters.ChoiceFilter(label="Loại", field_name="kind", choices=Pause.Kind, empty_label="Tất cả")
    con = django_filters.ChoiceFilter(
        label="Hiệu lực", choices=[("con", "Đang có hiệu lực"), ("het", "Đã hết")], empty_label="Tất cả", method="holds"
    )

    class Meta:
        model = Pause
        fields = ["q", "loai", "con", "don_vi"]

    def holds(self, queryset, name, value):
        """Those that hold today, or those that do not."""
        today = within(timezone.localdate())
        return queryset.filter(today) if value == "con" else queryset.exclude(today)


class HeldPostFilter(_OfRecipient):
    """Posts by name, unit, class, service, and whether they are held today."""

    lop = django_filters.ChoiceFilter(
        label="Lớp chức vụ", field_name="position_class", choices=PositionClass, empty_label="Tất cả"
    )
    tinh = django_filters.ChoiceFilter(
        label="Thời gian tính",
        field_name="service",
        choices=HeldPost._meta.get_field("service").choices,
        empty_label="Tất cả",
    )
    con = django_filters.ChoiceFilter(
        label="Đang giữ", choices=[("con", "Đang giữ"), ("het", "Đã thôi")], empty_label="Tất cả", method="holds"
    )

    class Meta:
        model = HeldPost
        fields = ["q", "lop", "tinh", "con", "don_vi"]

    def holds(self, queryset, name, value):
        """Those that are held today, or those that are not."""
        today = within(timezone.localdate())
        return queryset.filter(today) if value == "con" else queryset.exclude(today)


class InitiativeFilter(DressedFilterSet):
    """Initiatives by author, year, scope, kind, and whether one used it."""

    q = WordsFilter("Tìm tác giả", "authorships__recipient", Recipient.objects.all())
    nam = django_filters.NumberFilter(label="Năm", field_name="year", min_value=1945, max_value=2100)
    cap = django_filters.ChoiceFilter(
        label="Phạm vi", field_name="scope", choices=Initiative.Scope, empty_label="Tất cả"
    )
    loai = django_filters.ChoiceFilter(label="Loại", field_name="kind", choices=Initiative.Kind, empty_label="Tất cả")
    dung = django_filters.ChoiceFilter(
        label="Đã dùng để xét", choices=[("co", "Đã dùng"), ("chua", "Chưa dùng")], empty_label="Tất cả", method="used"
    )

    class Meta:
        model = Initiative
        fields = ["q", "nam", "cap", "loai", "dung"]

    def filter_queryset(self, queryset):
        """Each initiative once, however many of its authors are found."""
        return super().filter_queryset(queryset).distinct()

    def used(self, queryset, name, value):
        """Those that an author used, or nobody."""
        used = Initiative.objects.filter(authorships__used_in__isnull=False).values("pk")
        return queryset.filter(pk__in=used) if value == "co" else queryset.exclude(pk__in=used)

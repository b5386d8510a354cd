"""What delegates, and those who may become delegates, are narrowed by."""

import django_filters
from django.db.models import Q

from awards.models import Recipient
from units.filters import DressedFilterSet, WordsFilter

from ..events.models import Role
from ..plans.models import Trait
from .models import Delegate, Delegation
from .qualifying import counting, flagged
from .rules import YOUNG


class DelegateFilter(DressedFilterSet):
    """Delegates of one event by words, delegation, role, state, trait, duty, and whether one must look again.

    Without a state those who count.
    """

    q = WordsFilter("Tìm họ tên, nơi công tác, mã thẻ")
    la = django_filters.ChoiceFilter(label="Là", field_name="role", choices=Role, empty_label="Tất cả")
    doan = django_filters.ModelChoiceFilter(
        label="Đoàn", field_name="delegation", queryset=Delegation.objects.none(), empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Delegate.State, empty_label="Đang trong danh sách")
    co_cau = django_filters.ChoiceFilter(label="Cơ cấu", choices=Trait, method="with_trait", empty_label="Tất cả")
    can_cu = django_filters.ChoiceFilter(
        label="Căn cứ", choices=[("co", "Có khen thưởng được tính"), ("khong", "Chưa có"), ("xem", "Cần xem lại")],
        method="by_ground", empty_label="Tất cả",
    )  # fmt: skip
    nhiem_vu = django_filters.ChoiceFilter(
        label="Nhiệm vụ", field_name="duty", choices=Delegate.Post, empty_label="Tất cả"
    )

    class Meta:
        model = Delegate
        fields = ["q", "la", "doan", "state", "co_cau", "can_cu", "nhiem_vu"]

    def __init__(self, *args, event, own=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.own = event, own
        self.filters["doan"].queryset = Delegation.objects.filter(event=event).select_related("unit")
        self.filters["doan"].field.widget.attrs["data-search"] = ""
        if not self.data or not self.data.get("state"):
            self.queryset = self.queryset.counted()

    def with_trait(self, queryset, name, value):
        """Those who have a trait; who is young follows from the year of birth where that is known."""
        ticked = Q(traits__icontains=f'"{value}"')
        if value != Trait.YOUNG:
            return queryset.filter(ticked)
        return queryset.filter(Q(birth_year__gt=self.event.day.year - YOUNG) | Q(ticked, birth_year=None))

    def by_ground(self, queryset, name, value):
        """With a recognition, without one, or to be looked at again."""
        if value == "xem":
            return flagged(queryset, self.own)
        return queryset.filter(award__isnull=value == "khong", role=Role.OFFICIAL)


class CandidateFilter(DressedFilterSet):
    """Those who may be chosen: by name, by what qualifies, by being at the conference that chooses."""

    q = WordsFilter("Tìm tên, đơn vị")
    can_cu = django_filters.ChoiceFilter(
        label="Căn cứ", choices=[("co", "Có khen thưởng được tính"), ("khong", "Chưa có")], method="by_ground",
        empty_label="Tất cả",
    )  # fmt: skip
    la = django_filters.ChoiceFilter(
        label="Tại hội nghị của đơn vị", choices=[("co", "Là đại biểu")], method="at_source", empty_label="Tất cả"
    )

    class Meta:
        model = Recipient
        fields = ["q", "can_cu", "la"]

    def __init__(self, *args, event, source=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.source = event, source
        if source is None:
            del self.filters["la"]

    def filter_queryset(self, queryset):
        """What was looked for by name comes by given name."""
        found = super().filter_queryset(queryset)
        return found.by_given_name(self.form.cleaned_data.get("q") or "")

    def by_ground(self, queryset, name, value):
        """With a recognition that counts, or without one; what was given under a second record counts."""
        holds = counting(self.event).filter(cancelled_on=None).order_by()
        second = holds.filter(recipient__merged_into__isnull=False)
        found = Q(pk__in=holds.values("recipient")) | Q(pk__in=second.values("recipient__merged_into"))
        return queryset.filter(found) if value == "co" else queryset.exclude(found)

    def at_source(self, queryset, name, value):
        """Delegates of the conference that chooses."""
        there = Delegate.objects.filter(event=self.source, recipient__isnull=False).counted().order_by()
        return queryset.filter(pk__in=there.values("recipient"))


class InvitedFilter(DressedFilterSet):
    """Those who are invited: by words, role, delegation, and whether they were."""

    q = WordsFilter("Tìm họ tên, nơi công tác")
    la = django_filters.ChoiceFilter(label="Là", field_name="role", choices=Role, empty_label="Tất cả")
    moi = django_filters.ChoiceFilter(
        label="Đã mời", field_name="invited_on", choices=[("0", "Đã mời"), ("1", "Chưa mời")],
        empty_label="Tất cả", method="by_day",
    )  # fmt: skip

    class Meta:
        model = Delegate
        fields = ["q", "la", "moi"]

    def by_day(self, queryset, name, value):
        """Who has been sent an invitation, or who has not."""
        return queryset.filter(invited_on__isnull=value == "1")

"""What units of a plan are narrowed by."""

import django_filters
from django.db.models import Q

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..events.models import Event
from .rules import Standing
from .tiles import communes, members_of

LATE, REDUCED, POSTPONED, FLAGGED = "qua-han", "rut-gon", "hoan", "cho-quyet-dinh"


class ProgressFilter(DressedFilterSet):
    """Units by words, window, how far they are, form, what is late or was changed, commune of today."""

    q = WordsFilter("Tìm đơn vị")
    cap = django_filters.ChoiceFilter(label="Cấp tổ chức", method="of_level", empty_label="Tất cả")
    muc = django_filters.ChoiceFilter(
        label="Tình hình", choices=Standing.choices, method="at_standing", empty_label="Tất cả"
    )
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức", choices=Event.Form.choices, field_name="event__form", empty_label="Tất cả"
    )
    viec = django_filters.ChoiceFilter(
        label="Chậm, thay đổi",
        choices=[
            (LATE, "Quá hạn"),
            (REDUCED, "Đã rút gọn"),
            (POSTPONED, "Đã hoãn"),
            (FLAGGED, "Đề nghị chờ quyết định"),
        ],
        method="marked",
        empty_label="Tất cả",
    )

    xa = django_filters.ChoiceFilter(label="Xã, phường nay", method="of_commune", empty_label="Tất cả")

    class Meta:
        model = Unit
        fields = ["q", "cap", "muc", "hinh_thuc", "viec", "xa"]

    def __init__(self, *args, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["cap"].extra["choices"] = [(str(level.pk), level.name) for level in levels]
        self.filters["xa"].extra["choices"] = communes()
        self.filters["xa"].field.widget.attrs["data-search"] = ""

    def of_level(self, queryset, name, value):
        """Of one window."""
        return queryset.filter(level_key=int(value))

    def of_commune(self, queryset, name, value):
        """A commune of today, and those of before that went into it."""
        return queryset.filter(pk__in=members_of(value))

    def at_standing(self, queryset, name, value):
        """How far they are."""
        wanted = Q(event__pk=None) if value == Standing.NOT_BEGUN else Q(event__state=value)
        return queryset.filter(wanted)

    def marked(self, queryset, name, value):
        """What is late, or was changed, or waits for a decision."""
        wanted = {
            LATE: Q(is_late=True),
            REDUCED: Q(reduced_for__isnull=False),
            POSTPONED: Q(postponed_for__isnull=False),
            FLAGGED: Q(flagged__isnull=False),
        }
        return queryset.filter(wanted[value])

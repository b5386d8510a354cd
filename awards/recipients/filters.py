"""What the lists of recipients and of probable doubles can be filtered by."""

import django_filters
from django import forms
from django.db.models import Q

from units.filters import LONGEST, TOO_LONG, DressedFilterSet, WordsFilter
from units.models import Succession, Unit
from units.models.unit import reachable

from ..catalogue.models import Whom
from ..eligibility.facts import GROUP_WORDS
from . import ethnic_groups
from .models import BodyClass, Double, Gender, PositionClass, Recipient

FLAGS = [("true", "Được tặng cờ"), ("false", "Không được tặng cờ"), ("none", "Chưa ghi")]


def units_called(words: str) -> set[int]:
    """The keys of units that are or were called so, or have that code, and of all that those became. Two questions."""
    named = set(Unit.objects.matching(words).order_by().values_list("pk", flat=True))
    pairs = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    pairs = pairs.order_by().values_list("predecessor", "successor") if named else ()
    # One walk for all of them, from a place before them.
    return reachable(0, [*pairs, *((0, unit) for unit in named)])


class UnitWordsFilter(django_filters.CharFilter):
    """Rows of units that are or were called so; ``field_name`` leads to the unit."""

    def __init__(self, label, field_name="unit"):
        box = forms.TextInput({"placeholder": "Tên nay, tên cũ hoặc mã"})
        super().__init__(
            field_name, label=label, widget=box, max_length=LONGEST, error_messages={"max_length": TOO_LONG}
        )

    def filter(self, queryset, value):
        """Every word, accents aside."""
        return queryset.filter(**{f"{self.field_name}__in": units_called(value)}) if value else queryset


class RecipientFilter(DressedFilterSet):
    """Recipients by words, kind, unit of any time, and what the statistical forms tell apart."""

    q = WordsFilter("Tìm tên, mã cán bộ, đơn vị (cả tên cũ)")
    la = django_filters.ChoiceFilter(label="Là", field_name="kind", choices=Whom, empty_label="Tất cả")
    don_vi = UnitWordsFilter("Đơn vị")
    lop = django_filters.ChoiceFilter(
        label="Lớp chức vụ", field_name="position_class", choices=PositionClass, empty_label="Tất cả"
    )
    gioi = django_filters.ChoiceFilter(label="Giới tính", field_name="gender", choices=Gender, empty_label="Tất cả")
    dan_toc = django_filters.ChoiceFilter(
        label="Dân tộc", field_name="ethnicity", choices=ethnic_groups.choices, empty_label="Tất cả"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại tập thể", field_name="body_class", choices=BodyClass, empty_label="Tất cả"
    )
    co = django_filters.ChoiceFilter(label="Tặng cờ", choices=FLAGS, empty_label="Tất cả", method="by_flags")
    nhom = django_filters.ChoiceFilter(
        label="Thuộc nhóm", choices=list(GROUP_WORDS.items()), empty_label="Tất cả", method="of_group"
    )
    them = django_filters.ChoiceFilter(
        label="Đơn vị thêm", choices=[("cho", "Sở Nội vụ chưa xem")], empty_label="Tất cả", method="added_by_units"
    )

    class Meta:
        model = Recipient
        fields = ["q", "la", "don_vi", "lop", "gioi", "dan_toc", "loai", "co", "nhom", "them"]

    def filter_queryset(self, queryset):
        """What was looked for by name comes by given name."""
        found = super().filter_queryset(queryset)
        return found.by_given_name(self.form.cleaned_data.get("q") or "")

    def by_flags(self, queryset, name, value):
        """Collectives that may receive flags, may not, or of which nobody has said."""
        known = {"true": True, "false": False}.get(value)
        return queryset.filter(kind=Whom.COLLECTIVE, may_receive_flags=known)

    def added_by_units(self, queryset, name, value):
        """What units added and the department has not looked at."""
        return queryset.filter(added_by__isnull=False)

    def of_group(self, queryset, name, value):
        """Those of a group: groups stand in one field, parted by commas, and no slug is a part of another."""
        return queryset.filter(groups__contains=value)


class DoubleFilter(DressedFilterSet):
    """Probable pairs by name, kind, unit, and whether somebody looked."""

    q = WordsFilter("Tìm tên", "first", Recipient.objects)
    la = django_filters.ChoiceFilter(label="Là", field_name="first__kind", choices=Whom, empty_label="Tất cả")
    don_vi = django_filters.CharFilter(label="Đơn vị", method="of_unit")
    xem = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=Double.State, empty_label="Tất cả"
    )

    quyet_dinh = django_filters.CharFilter(label="Có trong quyết định số", method="of_decision", max_length=60)

    class Meta:
        model = Double
        fields = ["q", "la", "don_vi", "xem", "quyet_dinh"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["placeholder"] = "Tên nay, tên cũ hoặc mã"
        if "xem" not in self.data:
            # What was decided stays out of the way, until it is asked for.
            self.queryset = self.queryset.filter(state=Double.State.OPEN)

    def of_unit(self, queryset, name, value):
        """Pairs of which one is of a unit that is or was called so."""
        units = units_called(value)
        return queryset.filter(Q(first__unit__in=units) | Q(second__unit__in=units))

    def of_decision(self, queryset, name, value):
        """Pairs of which a decision of that number gave something to one."""
        given = Recipient.objects.filter(awards__decision__number__iexact=value.strip()).order_by().values("pk")
        return queryset.filter(Q(first__in=given) | Q(second__in=given))

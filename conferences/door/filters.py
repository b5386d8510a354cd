"""What lists of those who are there, and of scans, are narrowed by."""

import django_filters
from django.db.models import F, Q

from units.filters import DressedFilterSet, WordsFilter
from units.text import searched

from ..delegates.models import Delegate, Delegation
from ..events.models import Event, Role
from .models import Door, Scan
from .rules import late_after

_ALL = "Tất cả"


class Arrival:
    """How somebody stands at the door; the values stand in addresses."""

    HERE, LATE, MISSING, EXCUSED, UNEXCUSED = "co-mat", "den-muon", "vang", "vang-co-ly-do", "vang-khong-ly-do"
    CHOICES = [
        (HERE, "Có mặt"), (LATE, "Đến muộn"), (MISSING, "Vắng"), (EXCUSED, "Vắng có lý do"), (UNEXCUSED, "Vắng chưa có lý do"),
    ]  # fmt: skip


def _key(request) -> int:
    """The key of the event whose page is asked for."""
    return request.resolver_match.kwargs["pk"]


def _found(rows, words, field):
    """``rows`` in whose ``field`` every one of ``words`` begins a word."""
    for word in searched(words):
        rows = rows.filter(**{f"{field}__contains": word})
    return rows


class PersonWords(WordsFilter):
    """Names and workplaces of delegates."""

    def filter(self, queryset, value):
        """Every word, accents aside."""
        return _found(queryset, value, self.field_name) if value else queryset


class PresenceFilter(DressedFilterSet):
    """Those who are to be there, by words, whether they are, delegation and role."""

    q = PersonWords("Tìm đại biểu", "search_text")
    den = django_filters.ChoiceFilter(label="Điểm danh", choices=Arrival.CHOICES, method="arrived", empty_label=_ALL)
    doan = django_filters.ModelChoiceFilter(
        label="Đoàn", field_name="delegation", empty_label=_ALL, null_label="Không theo đoàn", null_value="0",
        queryset=lambda request: Delegation.objects.filter(event=_key(request)).select_related("unit"),
    )  # fmt: skip
    la = django_filters.ChoiceFilter(label="Là", field_name="role", choices=Role, empty_label=_ALL)

    class Meta:
        model = Delegate
        fields = ["q", "den", "doan", "la"]

    def arrived(self, queryset, name, value):
        """Those who stand so."""
        away = Q(first_scan=None)
        if value == Arrival.LATE:
            limit = late_after(Event.objects.only("day", "begins_at").get(pk=_key(self.request)))
            return queryset.filter(first_scan__at__gt=limit) if limit else queryset.none()
        wanted = {
            Arrival.HERE: ~away,
            Arrival.MISSING: away,
            Arrival.EXCUSED: away & ~Q(absence=""),
            Arrival.UNEXCUSED: away & Q(absence=""),
        }
        return queryset.filter(wanted[value])


class ScanFilter(DressedFilterSet):
    """Scans by words, door, what became of them."""

    q = PersonWords("Tìm đại biểu", "delegate__search_text")
    cua = django_filters.ModelChoiceFilter(
        label="Cửa",
        field_name="door",
        empty_label=_ALL,
        queryset=lambda request: Door.objects.filter(event=_key(request)),
    )
    kq = django_filters.ChoiceFilter(label="Kết quả", choices=Scan.Outcome, method="became", empty_label=_ALL)

    class Meta:
        model = Scan
        fields = ["q", "cua", "kq"]

    def became(self, queryset, name, value):
        """As ``Scan.outcome`` says."""
        stands, counts = Q(undone_at=None), Q(delegate__state__in=Delegate.COUNTED)
        first = Q(delegate__first_scan=F("pk"))
        outcomes = Scan.Outcome
        wanted = {
            outcomes.UNDONE: ~stands,
            outcomes.FAULT: stands & Q(delegate=None),
            outcomes.LEFT: stands & Q(delegate__isnull=False) & ~counts,
            outcomes.FIRST: stands & counts & first,
            outcomes.AGAIN: stands & counts & ~first,
        }
        return queryset.filter(wanted[value])

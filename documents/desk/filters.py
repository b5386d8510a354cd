"""What the list of papers can be filtered by."""

import django_filters
from django import forms
from django.db import models
from django.db.models import Q

from units.filters import DressedFilterSet, WordsFilter
from units.models import User

from ..papers.models import Document, DocumentType


def _authors(request):
    """The people of the own units. Asking who of them wrote something would read the whole register."""
    return (
        User.objects.all()
        if request.user.is_administrator
        else User.objects.filter(unit__in=request.user.inherited_units)
    )


class Group(models.TextChoices):
    """The tabs of the list: what somebody comes for when he opens it."""

    WRITING = "dang-soan", "Đang soạn"
    OUT = "di", "Văn bản đi"
    IN = "den", "Văn bản đến"
    CITED = "can-cu", "Làm căn cứ"


_OURS, _ORIGIN = Q(origin=Document.Origin.OURS), Document.Origin
_GROUPED = {
    Group.WRITING: _OURS & ~Q(state__in=Document.FROZEN),
    Group.OUT: _OURS & Q(state__in=Document.FROZEN) | Q(origin=_ORIGIN.SENT),
    Group.IN: Q(origin=_ORIGIN.RECEIVED),
    Group.CITED: Q(origin=_ORIGIN.CITED),
}


class DocumentFilter(DressedFilterSet):
    """Documents by group, words (number, subject, issuer, signer), type, state and date."""

    q = WordsFilter("Tìm số, trích yếu, cơ quan, người ký")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.all(), empty_label="Tất cả"
    )
    nhom = django_filters.ChoiceFilter(
        label="Nhóm", choices=Group, method="in_group", widget=forms.HiddenInput, empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Document.State, empty_label="Tất cả")
    author = django_filters.ModelChoiceFilter(label="Người soạn", queryset=_authors, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="dated", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="dated", lookup_expr="lte")

    class Meta:
        model = Document
        fields = ["q", "nhom", "type", "state", "author", "tu", "den"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["type"].field.widget.attrs["data-search"] = ""
        if "state" not in self.data:
            # What was thrown away stays out of the way, until it is asked for.
            self.queryset = self.queryset.exclude(state=Document.State.DISCARDED)

    def in_group(self, queryset, name, value):
        """The papers of one tab."""
        return queryset.filter(_GROUPED[value])

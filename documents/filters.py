"""What the list of documents can be filtered by."""

import django_filters

from units.filters import DressedFilterSet
from units.models import UnitChange, User
from units.text import searched

from .models import Document, DocumentType, OfficeText


def _authors(request):
    """The people of the own units. Asking who of them wrote something would read the whole register."""
    return (
        User.objects.all()
        if request.user.is_administrator
        else User.objects.filter(unit__in=request.user.inherited_units)
    )


class DocumentFilter(DressedFilterSet):
    """Documents by words (number, subject, issuer, signer), type, origin and date."""

    q = django_filters.CharFilter(label="Tìm số, trích yếu, cơ quan, người ký", method="search")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.all(), empty_label="Tất cả"
    )
    origin = django_filters.ChoiceFilter(label="Nguồn", choices=Document.Origin, empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Document.State, empty_label="Tất cả")
    author = django_filters.ModelChoiceFilter(label="Người soạn", queryset=_authors, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="dated", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="dated", lookup_expr="lte")

    class Meta:
        model = Document
        fields = ["q", "type", "origin", "state", "author", "tu", "den"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["q"].field.wide = True
        self.filters["q"].field.widget.attrs["placeholder"] = "Không cần gõ dấu"
        self.filters["type"].field.widget.attrs["data-search"] = ""
        if "state" not in self.data:
            # What was thrown away stays out of the way, until it is asked for.
            self.queryset = self.queryset.exclude(state=Document.State.DISCARDED)

    def search(self, queryset, name, value):
        """Every word, accents aside."""
        return queryset.matching(value)


class TextFilter(DressedFilterSet):
    """Texts by name and type."""

    q = django_filters.CharFilter(label="Tìm tên mẫu", method="search")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.written_here(), empty_label="Tất cả"
    )

    class Meta:
        model = OfficeText
        fields = ["q", "type"]

    def search(self, queryset, name, value):
        """Every word of the name, accents aside."""
        for word in searched(value):
            queryset = queryset.filter(search_text__contains=word)
        return queryset


class ChangeFilter(DressedFilterSet):
    """Changes among units by kind, day and words of the act."""

    q = django_filters.CharFilter(label="Văn bản quy định", field_name="citation", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Hình thức", choices=UnitChange.Kind, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="date", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="date", lookup_expr="lte")

    class Meta:
        model = UnitChange
        fields = ["q", "kind", "tu", "den"]

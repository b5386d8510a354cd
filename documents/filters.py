"""What the list of documents can be filtered by."""

import django_filters

from units.filters import DressedFilterSet

from .models import Document, DocumentType


class DocumentFilter(DressedFilterSet):
    """Documents by words (number, subject, issuer, signer), type, origin and date."""

    q = django_filters.CharFilter(label="Tìm số, trích yếu, cơ quan, người ký", method="search")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.all(), empty_label="Tất cả"
    )
    origin = django_filters.ChoiceFilter(label="Nguồn", choices=Document.Origin, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="dated", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="dated", lookup_expr="lte")

    class Meta:
        model = Document
        fields = ["q", "type", "origin", "tu", "den"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["q"].field.wide = True
        self.filters["q"].field.widget.attrs["placeholder"] = "Không cần gõ dấu"
        self.filters["type"].field.widget.attrs["data-search"] = ""

    def search(self, queryset, name, value):
        """Every word, accents aside."""
        return queryset.matching(value)

"""What the list of ready texts can be filtered by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter

from ..papers.models import DocumentType, OfficeText


class TextFilter(DressedFilterSet):
    """Texts by name and type."""

    q = WordsFilter("Tìm tên mẫu")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.written_here(), empty_label="Tất cả"
    )

    class Meta:
        model = OfficeText
        fields = ["q", "type"]

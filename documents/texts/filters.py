"""What the lists of texts and of phrases can be filtered by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter

from ..papers.models import DocumentType
from .models import NO_OWNER, NO_UNIT, OfficeText, Phrase, State

WHOSE = {
    "rieng": ("Riêng tôi", ~NO_OWNER),
    "don-vi": ("Đơn vị tôi", NO_OWNER & ~NO_UNIT),
    "moi": ("Mọi đơn vị", NO_OWNER & NO_UNIT),
}


class KeptFilter(DressedFilterSet):
    """Words by name and whose they are; the list leaves out what was thrown away where that is not asked for."""

    whose = django_filters.ChoiceFilter(
        label="Dùng cho", choices=[(key, words) for key, (words, _) in WHOSE.items()], method="of", empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=[(State.DROPPED, State.DROPPED.label)], method="standing", empty_label="Đang dùng"
    )

    def of(self, rows, name, value):
        """Of one person, of a unit, for everybody."""
        return rows.filter(WHOSE[value][1])

    def standing(self, rows, name, value):
        """What was thrown away."""
        return rows.filter(state=value)


class TextFilter(KeptFilter):
    """Texts by name and type."""

    q = WordsFilter("Tìm tên mẫu")
    type = django_filters.ModelChoiceFilter(
        label="Loại văn bản", queryset=DocumentType.objects.written_here(), empty_label="Tất cả"
    )

    class Meta:
        model = OfficeText
        fields = ["q", "type", "whose", "state"]


class PhraseFilter(KeptFilter):
    """Phrases by name and words."""

    q = WordsFilter("Tìm cụm từ")

    class Meta:
        model = Phrase
        fields = ["q", "whose", "state"]

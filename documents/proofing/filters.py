"""What the list of rules can be filtered by. Rules are no rows of the database: what was chosen is asked of each."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.text import searched

from .models import RuleChoice
from .rule import RULES, Level


class _RuleWords(WordsFilter):
    """Words of a rule, its examples or its articles."""

    def filter(self, queryset, value):
        """Nothing is asked of the database."""
        return queryset


class RuleFilter(DressedFilterSet):
    """Rules by words, subject, level, and whether the office turned them off."""

    q = _RuleWords("Tìm quy tắc")
    nhom = django_filters.ChoiceFilter(label="Nhóm", empty_label="Tất cả", method="as_it_is")
    muc = django_filters.ChoiceFilter(label="Mức", choices=Level.choices, empty_label="Tất cả", method="as_it_is")
    dung = django_filters.ChoiceFilter(
        label="Sử dụng", choices=[("bat", "Đang dùng"), ("tat", "Đang tắt")], empty_label="Tất cả", method="as_it_is"
    )

    class Meta:
        model = RuleChoice
        fields = ["q", "nhom", "muc", "dung"]

    def __init__(self, *args, **kwargs):
        """The subjects are those that there are."""
        super().__init__(*args, **kwargs)
        groups = dict.fromkeys(rule.group for rule in RULES.values())
        self.filters["nhom"].extra["choices"] = [(group, group) for group in groups]

    def as_it_is(self, queryset, name, value):
        """Nothing is asked of the database."""
        return queryset

    def narrowed(self, rows) -> list:
        """Those of ``rows``, what the page tells of each rule, that pass; none where the filter itself is wrong."""
        if not self.is_bound:
            return rows
        if not self.form.is_valid():
            return []
        asked = self.form.cleaned_data
        words = searched(asked["q"])
        return [
            row
            for row in rows
            if all(word in row.words for word in words)
            and asked["nhom"] in ("", row.rule.group)
            and asked["muc"] in ("", row.rule.level)
            and asked["dung"] in ("", "tat" if row.is_off else "bat")
        ]

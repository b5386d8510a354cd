"""Rows of the catalogue as the back office types them: figures as this country writes them, lists as ticks, versions."""

import re

from django import forms
from django.utils import timezone

from units.text import clean

from .book import award_choices
from .models import Criterion, Measure, Provision, Route, Statement, Whom

_COMMA = re.compile(r"(\d+),(\d+)( ?%)?")
_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
# Of these the code is what the row says; the program knows those that rows have, and these.
CODED = {
    Statement.Kind.PAYS: {"own": "Quỹ của cấp quyết định; cấp nhà nước: quỹ của cơ quan đề nghị"},
    Statement.Kind.CANCELS: {"decider": "Người đã quyết định tặng"},
    Statement.Kind.STRIPS: {"president": "Chủ tịch nước"},
    Statement.Kind.BODY: {"full": "Toàn thể Hội đồng", "standing": "Thường trực Hội đồng"},
    Statement.Kind.ROUTE: dict(Route.choices),
    Statement.Kind.INSTEAD: {},
    Statement.Kind.PRINCIPLE: {},
}


def known_codes() -> dict[str, dict[str, str]]:
    """{kind: {code: words}} of all that rows of the catalogue are known by."""
    found = {kind: {} for kind in Statement.Kind.values}
    for kind, code, words in Statement.objects.exclude(code="").values_list("kind", "code", "words").distinct():
        found[kind].setdefault(code, words[:80] or code)
    found[Statement.Kind.INSTEAD] = dict(award_choices())
    return {kind: CODED.get(kind, {}) or codes for kind, codes in found.items()}


class Listed(forms.MultipleChoiceField):
    """Several codes that one column keeps in a row, with ``between`` between them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, between=", ", **kwargs):
        super().__init__(required=False, **kwargs)
        self.between = between

    def prepare_value(self, value):
        """What the column holds, as the ticks."""
        return [part.strip() for part in value.split(self.between.strip())] if isinstance(value, str) else value

    def clean(self, value):
        """The ticks, as the column keeps them."""
        return self.between.join(super().clean(value))

    def has_changed(self, initial, data):
        """Whether other ticks are set than before."""
        return super().has_changed(self.prepare_value(initial or "") if initial else [], data)


class ProvisionForm(forms.ModelForm):
    """A row that somebody may have changed since it was opened: the first click tells so, the second is deliberate."""

    seen = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput, required=False)

    class Meta:
        model = Provision
        fields = ["since", "until", "law", "place", "doubt", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def clean(self):
        """Refuse an old version; every text as the program keeps it."""
        typed = super().clean() or self.cleaned_data
        if self.instance.pk and typed.get("seen") != self.instance.version:
            self.add_error(None, _STALE.format(now=timezone.localtime()))
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.instance.version
        return {name: clean(value) if isinstance(value, str) else value for name, value in typed.items()}


_STALE = (
    "Người khác đã lưu dòng này sau khi bạn mở trang (xem lúc {now:%H:%M}). Nhật ký ở cuối trang ghi ai sửa gì. "
    "Chữ bạn gõ vẫn còn: xem lại rồi bấm lưu lần nữa nếu vẫn muốn lưu."
)


class MeasureForm(ProvisionForm):
    """A figure: ``4,5`` and ``2.530.000`` are read as they are written here."""

    class Meta(ProvisionForm.Meta):
        model = Measure

    def clean_value(self):
        """The figure as the law's tables write it."""
        value = self.cleaned_data["value"].strip()
        if _DOTS.fullmatch(value):
            return value.replace(".", "")
        return value.replace(",", ".") if _COMMA.fullmatch(value) else value


class StatementForm(ProvisionForm):
    """What is laid down in words; its code is one that the program knows."""

    code = forms.ChoiceField(label="Mã", required=False)
    routes = Listed(label="Chỉ với loại hình, đối tượng", choices=[*Route.choices, *Whom.choices])

    class Meta(ProvisionForm.Meta):
        model = Statement

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known_codes()
        groups = [(Statement.Kind(kind).label, list(codes.items())) for kind, codes in self.known.items() if codes]
        self.fields["code"].choices = [("", "Không có"), *groups]

    def clean(self):
        """Refuse a code that is none of its kind, and words that are missing."""
        typed = super().clean()
        kind, code = typed.get("kind"), typed.get("code", "")
        allowed = self.known.get(kind, {})
        if kind and (code or kind in CODED) and code not in allowed:
            names = "; ".join(allowed.values()) or "không có mã"
            self.add_error("code", f"«{Statement.Kind(kind).label}» dùng: {names}. Hãy chọn lại.")
        if kind and not typed.get("words") and kind not in _WORDLESS:
            self.add_error("words", "Hãy ghi nội dung.")
        return typed


# Rows that say all by their code, or that nothing belongs to an award.
_WORDLESS = (
    Statement.Kind.PAYS,
    Statement.Kind.CANCELS,
    Statement.Kind.STRIPS,
    Statement.Kind.BODY,
    Statement.Kind.INSTEAD,
    Statement.Kind.ITEMS,
)


class CriterionForm(ProvisionForm):
    """One way to an award; ``GROUPS`` are whom alone it may be for."""

    groups = Listed(label="Chỉ cho nhóm")

    class Meta(ProvisionForm.Meta):
        model = Criterion

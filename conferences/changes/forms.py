"""The form of a change: what becomes of a conference, since when, by which paper, why."""

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from units.forms import DressedForm, dress, rows

from ..events.actions import number_field
from .actions import Kind, Wish
from .models import Change
from .rules import contents_of, kinds_for

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ChangeForm(DressedForm, forms.Form):
    """What ``kind`` asks for, and nothing else. ``drafting``: only what the letter says; its number is not there yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=Change.Kind, widget=forms.HiddenInput)
    day = forms.DateField(label="Từ ngày", help_text="Ngày quyết định, ghi trong văn bản; không sau hôm nay.")
    paper = PaperField(
        label="Theo văn bản số", required=False, help_text="Văn bản đã có trong sổ, ví dụ 187/UBND-KGVX."
    )
    reason = forms.CharField(label="Lý do", max_length=1000, widget=rows(3))

    def __init__(self, *args, event, user, kind, drafting=False, **kwargs):
        self.event, self.chosen = event, Kind(kind)
        super().__init__(*args, **kwargs)
        self.initial = {
            "version": event.version,
            "day": timezone.localdate(),
            **self.initial,
            "kind": self.chosen.value,
        }
        self.fields["paper"].user = user
        self.fields["paper"].required = self.chosen == Kind.STOP and not drafting
        self.fields["day"].required = not drafting
        {Kind.REDUCE: self._reduction, Kind.POSTPONE: self._postponement, Kind.STOP: self._stop}[self.chosen](user)
        for name in ("day", "paper", "new_day", "new_until", "new_hour", "instead"):
            if name in self.fields:
                self.fields[name].half = True
        dress(self)

    def _reduction(self, user):
        """So many fewer of each role, no full meeting any more; what must stay is confirmed."""
        self.heads = list(self.event.headcounts.all())
        for row in self.heads:
            field = forms.IntegerField(
                label=row.get_role_display(), min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                help_text=f"Đang là {row.number}.", initial=row.number,
            )  # fmt: skip
            field.half = True
            self.fields[number_field(row.role)] = field
        if self.event.is_full:
            self.fields["to_delegates"] = forms.BooleanField(
                label="Chuyển từ họp toàn thể sang họp đại biểu", required=False
            )
        self._place()
        if contents := contents_of(self.event):
            words = f"Xác nhận vẫn bảo đảm nội dung của kế hoạch: {'; '.join(contents)}"
            self.fields["keeps"] = forms.BooleanField(label=words, required=False)
        first = [*(number_field(row.role) for row in self.heads), "to_delegates", "place", "keeps"]
        self.order_fields([*first, "day", "paper", "reason"])

    def _postponement(self, user):
        span = f"Đang định {self.event.span}."
        level = self.event.level
        window = f" Kế hoạch: {level.span}." if level else ""
        self.fields["new_day"] = forms.DateField(label="Ngày mới", help_text=f"{span}{window}")
        self.fields["new_until"] = forms.DateField(label="Đến ngày", required=False, help_text="Nếu họp nhiều ngày.")
        self.fields["new_hour"] = forms.TimeField(label="Giờ mới", required=False, widget=_TIME)
        self._place()
        self.order_fields(["new_day", "new_until", "new_hour", "place", "day", "paper", "reason"])

    def _place(self):
        words = f"Để trống thì vẫn tại {self.event.place}." if self.event.place else ""
        self.fields["place"] = forms.CharField(label="Địa điểm mới", max_length=200, required=False, help_text=words)

    def _stop(self, user):
        self.fields["instead"] = PaperField(
            label="Nghiên cứu thay",
            required=False,
            help_text="Văn bản các đơn vị nghiên cứu thay cho hội nghị, ví dụ 50/BC-UBND.",
        )
        self.fields["instead"].user = user

    @property
    def tabs(self):
        """(kind, what it is called, whether it is the one of this form)."""
        return [(kind.value, kind.label, kind == self.chosen) for kind in kinds_for(self.event)]

    def as_hidden(self):
        """Every field as it was typed, for the page that asks once more."""
        return [bound.as_hidden() for bound in self]

    def wish(self) -> Wish:
        """What was typed."""
        typed = self.cleaned_data
        people = {row.role: typed[number_field(row.role)] for row in getattr(self, "heads", ())}
        names = ("to_delegates", "keeps", "new_day", "new_until", "new_hour", "place", "instead")
        more = {name: typed[name] for name in names if name in self.fields}
        return Wish(self.chosen, typed["day"], typed["reason"], typed["paper"], people=people, **more)


def asked_kind(value, kinds) -> Kind | None:
    """The kind that an address or a form names; else the first that may be; None where none may."""
    return Kind(value) if value in Kind.values else next(iter(kinds), None)

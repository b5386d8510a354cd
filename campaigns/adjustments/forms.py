"""The form of an adjustment: what becomes of a campaign, from when, by which paper, why."""

from django import forms

from documents.citations.fields import PaperField
from units.forms import DressedForm

from ..campaign.rules import DATES, DAY_NAMES
from .actions import DATED, Kind, Wish, fault_of_effect, faults_of_days, kinds_for, successors_for
from .models import Adjustment

# What each kind is called where there is little room.
SHORT = {
    Kind.CHANGE: "Đổi thời gian",
    Kind.POSTPONE: "Hoãn",
    Kind.RESUME: "Tiếp tục",
    Kind.STOP: "Dừng",
    Kind.REPLACE: "Thay thế",
}


class AdjustForm(DressedForm, forms.Form):
    """What ``kind`` asks for, and nothing else. ``drafting``: only what the letter says; its number is not there yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=Adjustment.Kind, widget=forms.HiddenInput)
    effective_on = forms.DateField(
        label="Có hiệu lực từ ngày", help_text="Ngày ghi trong văn bản. Không sau hôm nay, trừ khi soạn công văn."
    )
    paper = PaperField(
        label="Theo văn bản số",
        help_text="Văn bản đã có trong sổ, ví dụ 187/UBND-SNV. Chưa có văn bản thì bấm «Soạn công văn điều chỉnh».",
    )
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "roomy"}))

    def __init__(self, *args, campaign, user, kind, drafting=False, **kwargs):
        self.campaign, self.chosen, self.drafting = campaign, Kind(kind), drafting
        super().__init__(*args, **kwargs)
        self.initial = {"version": campaign.version, **self.initial, "kind": self.chosen.value}
        self.fields["paper"].user = user
        self.fields["effective_on"].half = self.fields["paper"].half = True
        self.fields["effective_on"].required = self.fields["paper"].required = not drafting
        if self.chosen in DATED:
            self._add_days()
        if self.chosen == Kind.REPLACE:
            self._add_successor(user)

    def _add_days(self):
        """One field a day, as it stands; the first two cannot be left open."""
        for name, label in DAY_NAMES.items():
            field = forms.DateField(
                label=label,
                required=name in ("begins_on", "ends_on"),
                widget=forms.DateInput(
                    attrs={
                        "class": "form-control",
                        "data-date": "",
                        "placeholder": "ngày/tháng/năm",
                        "autocomplete": "off",
                    }
                ),
            )
            day = getattr(self.campaign, name)
            field.half = True
            field.help_text = f"Đang là {day:%d/%m/%Y}." if day else "Đang để trống."
            self.fields[name] = field
            self.initial.setdefault(name, day)
        self.order_fields([*DAY_NAMES, "effective_on", "paper", "reason"])

    def _add_successor(self, user):
        """Those that may take its place, found by name."""
        self.fields["successor"] = forms.ModelChoiceField(
            label="Thay bằng phong trào",
            queryset=successors_for(self.campaign, user),
            empty_label="Chọn phong trào đã phát động",
            widget=forms.Select(attrs={"class": "form-select", "data-search": ""}),
        )
        self.fields["successor"].label_from_instance = lambda row: f"{row.name} ({row.unit}, {row.span})"
        self.order_fields(["successor", "effective_on", "paper", "reason"])

    @property
    def tabs(self):
        """(kind, what it is called, whether it is the one of this form) of each kind that may be."""
        return [(kind.value, SHORT[kind], kind == self.chosen) for kind in kinds_for(self.campaign)]

    @property
    def title(self) -> str:
        """What is done to the campaign."""
        return SHORT[self.chosen].lower()

    @property
    def days(self):
        """The fields of days; none where they do not change."""
        return [self[name] for name in DATES if name in self.fields]

    @property
    def facts(self):
        """The other fields that a person sees."""
        return [field for field in self.visible_fields() if field.name not in DATES]

    def as_hidden(self):
        """Every field as it was typed, for the page that asks once more."""
        return [bound.as_hidden() for bound in self]

    def clean_effective_on(self):
        """Told together with whatever else is wrong."""
        day = self.cleaned_data["effective_on"]
        if day and self.campaign.launched_on and (fault := fault_of_effect(self.campaign, day, drafting=self.drafting)):
            raise forms.ValidationError(fault)
        return day

    def clean(self):
        """Days that cannot stand together are told all at once, each beside its field."""
        cleaned = super().clean()
        days = {name: cleaned[name] for name in DATES if name in cleaned}
        if self.chosen in DATED and len(days) == len(DATES):
            for name, words in faults_of_days(self.campaign, days).items():
                self.add_error(name, words)
        return cleaned

    def wish(self) -> Wish:
        """What was typed."""
        typed = self.cleaned_data
        return Wish(
            kind=self.chosen,
            reason=typed["reason"],
            effective_on=typed["effective_on"],
            paper=typed["paper"],
            dates={name: typed[name] for name in DATES if name in self.fields},
            successor=typed.get("successor"),
        )


def asked_kind(value, kinds) -> Kind | None:
    """The kind that an address or a form names; else the first that may be; None where none may."""
    return Kind(value) if value in Kind.values else next(iter(kinds), None)

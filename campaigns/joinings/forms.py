"""What may be typed when a unit joins a campaign: how many take part, and the targets that it sets itself."""

from django import forms

from clusters.pacts.forms import TargetForm, TargetRows
from documents.steps.forms import EditForm
from units.figures import FigureField, figure_text

from .models import Goal, Joining

USUAL_MEASURES = [
    "%",
    "người",
    "hộ",
    "thôn, khối",
    "xã",
    "tiêu chí",
    "mô hình",
    "công trình",
    "sáng kiến",
    "km",
    "triệu đồng",
]


class CountField(FigureField):
    """A whole number that is not below zero, typed as this country writes it; gives an int, 0 for nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 11, **kwargs})
        big = "Số quá lớn. Hãy kiểm tra lại."
        self.error_messages |= {"max_digits": big, "max_whole_digits": big}

    def clean(self, value):
        """The number; raises ``ValidationError`` for what is none, beside the field."""
        number = super().clean(value) or 0
        if number != int(number):
            raise forms.ValidationError("Hãy ghi số nguyên, ví dụ 1.250.")
        return int(number)

    def prepare_value(self, value):
        """Stored numbers as they are typed; what was typed stays."""
        return figure_text(value) if isinstance(value, int) else value


class JoiningForm(EditForm):
    """Who takes part, and how."""

    people = CountField(label="Số cá nhân tham gia", required=False)
    collectives = CountField(label="Số tập thể tham gia", required=False)

    class Meta:
        model = Joining
        fields = ["people", "collectives", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4, "class": "roomy"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].half = self.fields["collectives"].half = True

    def clean(self):
        """Somebody takes part."""
        cleaned = super().clean()
        if not self.errors and not cleaned["people"] and not cleaned["collectives"]:
            self.add_error("people", "Hãy ghi số cá nhân hoặc số tập thể tham gia.")
        return cleaned


class GoalForm(TargetForm):
    """One target that a unit sets itself."""

    content = forms.CharField(
        label="Chỉ tiêu", max_length=300, widget=forms.TextInput(attrs={"list": "goals", "placeholder": "Nội dung"})
    )
    measure = forms.CharField(
        label="Đơn vị tính",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "measures", "placeholder": "%, người…"}),
    )
    planned = FigureField(label="Đăng ký")


class GoalRows(TargetRows):
    """The targets of a unit."""

    def goals(self) -> list[Goal]:
        """The rows as typed, in their order, not stored."""
        typed = (form.cleaned_data for form in self.ordered_forms)
        return [
            Goal(pk=row["key"], content=row["content"], measure=row["measure"], planned=row["planned"]) for row in typed
        ]


GoalFormSet = forms.formset_factory(GoalForm, formset=GoalRows, can_delete=True, can_order=True, extra=1, max_num=50)

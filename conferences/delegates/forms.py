"""Forms about delegates: one, those ticked in a list, the unit of a delegation."""

from django import forms

from awards.recipients.fields import UnitField, UnitNames
from documents.steps.forms import EditForm
from units.forms import DressedForm

from ..events.models import Role
from ..plans.models import Trait
from .actions import keeps
from .models import Delegate, Delegation

_CHOSEN_BELOW = [Role.OFFICIAL, Role.RESERVE]


class TraitsField(forms.MultipleChoiceField):
    """What is counted of a delegate, by ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=Trait.choices, required=False, **kwargs)


class DelegateForm(EditForm):
    """A delegate: typed, or as found among those whose awards are known. ``event`` gives delegations and who may say what."""

    traits = TraitsField(label="Cơ cấu", help_text="Có năm sinh thì «Trẻ» tự tính theo ngày hội nghị.")

    class Meta:
        model = Delegate
        fields = [
            "role", "delegation", "address", "name", "post", "workplace", "birth_year", "traits", "reason", "duty", "seat",
        ]  # fmt: skip
        labels = {"reason": "Lý do cử"}
        help_texts = {"reason": "Bắt buộc với đại biểu chính thức chưa có khen thưởng được tính."}

    def __init__(self, *args, event, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        for name in ("role", "delegation", "address", "birth_year", "duty", "seat"):
            self.fields[name].half = True
        self.fields["birth_year"].min_value = 1900
        if keeps(event, user):
            self._offer_delegations()
        else:
            for name in ("delegation", "duty", "seat"):
                del self.fields[name]
            self.fields["role"].choices = [(role.value, role.label) for role in _CHOSEN_BELOW]

    def _offer_delegations(self):
        field = self.fields["delegation"]
        field.queryset = Delegation.objects.filter(event=self.event).select_related("unit", "event", "source__unit")
        field.empty_label, field.required = "Không thuộc đoàn nào", False
        field.widget.attrs["data-search"] = ""
        self.fields["duty"].choices = [("", "Không giao"), *Delegate.Post.choices]

    def clean_birth_year(self):
        """Raises ``ValidationError`` for a year that nobody at the event was born in."""
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= self.event.day.year - 5:
            raise forms.ValidationError(f"Hãy ghi bốn chữ số của năm sinh, từ 1900 đến {self.event.day.year - 5}.")
        return year


class ChooseForm(DressedForm, forms.Form):
    """As what those who were ticked are added, to which delegation, and why where nothing qualifies them."""

    marks_required = False

    role = forms.ChoiceField(label="Thêm làm", choices=Role.choices)
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label="Vào đoàn", required=False, empty_label="Không thuộc đoàn nào"
    )
    reason = forms.CharField(
        label="Lý do cử", max_length=500, required=False,
        help_text="Ghi khi có người chưa có khen thưởng được tính, hoặc khi bổ sung vào danh sách đơn vị đã chọn.",
    )  # fmt: skip

    def __init__(self, *args, event, below=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("role", "delegation"):
            self.fields[name].half = True
        rows = Delegation.objects.filter(event=event).select_related("unit", "event", "source__unit")
        self.fields["delegation"].queryset = rows
        self.fields["delegation"].widget.attrs["data-search"] = ""
        if below:
            del self.fields["delegation"]
            self.fields["role"].choices = [(role.value, role.label) for role in _CHOSEN_BELOW]


class DutyForm(DressedForm, forms.Form):
    """What becomes of those who were ticked."""

    marks_required = False

    act = forms.ChoiceField(
        label="Với người đã đánh dấu",
        choices=[("accept", "Chốt"), *((f"duty-{value}", f"Vào {label}") for value, label in Delegate.Post.choices),
                 ("duty-", "Thôi nhiệm vụ")],
    )  # fmt: skip


class UnitForm(DressedForm, forms.Form):
    """The unit whose delegation is begun."""

    unit = UnitField(label="Đơn vị")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = self.fields["unit"].names = UnitNames()

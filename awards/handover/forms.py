"""Forms of rounds of notices, of handing over and taking back, of a step with many papers."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from documents.steps.forms import EditForm
from units.forms import DressedForm, rows
from units.workdays import after

from ..records.models import Decision
from .models import Handover, Round
from .rounds import FACTS, HOW
from .rules import to_announce


class RoundForm(EditForm):
    """Where, when, with what, how; of a new round also which decisions: none chosen are all, of the days given."""

    decisions = forms.ModelMultipleChoiceField(
        Decision.objects.none(), label="Của quyết định", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi quyết định có hiện vật chưa thông báo, theo ngày dưới đây.",
    )  # fmt: skip
    since = forms.DateField(label="Quyết định từ ngày", required=False)
    until = forms.DateField(label="Quyết định đến ngày", required=False)

    class Meta:
        model = Round
        fields = ["subject", "decisions", "since", "until", *(name for name in FACTS if name != "subject")]
        widgets = {
            "how": rows(4),
            "first_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "last_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("decisions", "since", "until"):
                del self.fields[name]
        else:
            waiting = to_announce().order_by().values("award__decision")
            self.fields["decisions"].queryset = Decision.objects.filter(pk__in=waiting).order_by("-day", "-pk")
            self.fields["decisions"].label_from_instance = lambda row: f"{row} ngày {row.day:%d/%m/%Y}: {row.subject}"
            self.initial |= {"subject": "nhận hiện vật khen thưởng", "how": HOW} | _two_weeks() | _as_last_time()
        for name in ("since", "until", "begins_on", "ends_on", "first_at", "last_at", "each"):
            if name in self.fields:
                self.fields[name].half = True
        self.fields["each"].min_value = 1

    def clean_each(self):
        """Minutes of a unit: from one to a working day."""
        each = self.cleaned_data["each"]
        if not 1 <= each <= 480:
            raise forms.ValidationError("Ghi từ 1 đến 480 phút.")
        return each

    def typed(self) -> dict:
        """What was typed about the round itself."""
        return {name: self.cleaned_data[name] for name in FACTS}


def _two_weeks() -> dict:
    """From the next day on which offices work."""
    begins_on = after(timezone.localdate(), 1)
    return {"begins_on": begins_on, "ends_on": begins_on + timedelta(days=14)}


def _as_last_time() -> dict:
    """Where and how units came the last time, to be looked at again."""
    last = Round.objects.order_by("-pk").first()
    names = ("place", "first_at", "last_at", "each", "bring", "how")
    return {name: getattr(last, name) for name in names} if last else {}


class HandForm(DressedForm, forms.Form):
    """To whom, how, on which day; which items is ticked beside it."""

    receiver = forms.CharField(label="Người nhận (gửi bưu chính: nơi nhận)", max_length=200, required=False)
    post = forms.CharField(label="Chức vụ", max_length=200, required=False)
    letter = forms.CharField(label="Giấy giới thiệu, ủy quyền", max_length=200, required=False)
    way = forms.ChoiceField(label="Cách giao", choices=Handover.Way, widget=forms.RadioSelect, initial="counter")
    parcel = forms.CharField(
        label="Số hiệu bưu gửi", max_length=60, required=False, help_text="Chưa có thì ghi sau, khi bưu chính đã nhận."
    )
    day = forms.DateField(label="Ngày giao", initial=timezone.localdate)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    marks_required = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("receiver", "post", "letter", "parcel", "day", "note"):
            self.fields[name].half = True
        self.fields["receiver"].widget.attrs["autocapitalize"] = "words"


class TakeBackForm(DressedForm, forms.Form):
    """When it came back, and why."""

    day = forms.DateField(label="Ngày trả lại", initial=timezone.localdate)
    reason = forms.CharField(
        label="Vì sao", max_length=300, widget=rows(2), error_messages={"required": "Hãy ghi vì sao trả lại."}
    )


class ManyForm(DressedForm, forms.Form):
    """One step with many papers; a day where they are issued, a reason where they are given back."""

    marks_required = False
    day = forms.DateField(label="Ngày văn bản", initial=timezone.localdate, required=False)
    reason = forms.CharField(label="Lý do", max_length=300, required=False)

    def __init__(self, *args, what, **kwargs):
        super().__init__(*args, **kwargs)
        if what != "issue":
            del self.fields["day"]
        if what != "return":
            del self.fields["reason"]

"""What is typed of those honoured: who, why, biography, portrait; the consent."""

from django import forms
from django.utils import timezone

from campaigns.examples.forms import WithdrawForm
from documents.steps.forms import EditForm, StepForm
from documents.uploads.fields import OneFileField, PictureField
from units.models import Unit

from .models import Honour

__all__ = ["ConsentForm", "HonourForm", "WithdrawForm"]


class HonourForm(EditForm):
    """One who is honoured, with the portrait; ``units``: those of the conference, None for all."""

    files = PictureField(label="Ảnh chân dung", required=False)
    drop_portrait = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    class Meta:
        model = Honour
        fields = ["kind", "name", "post", "unit", "reason", "is_posthumous", "biography"]
        widgets = {
            "unit": forms.Select(attrs={"data-search": ""}),
            "reason": forms.Textarea(attrs={"rows": 2}),
            "biography": forms.Textarea(attrs={"rows": 8, "class": "roomy"}),
        }
        help_texts = {
            "biography": "Không ghi ngày sinh, số định danh, số điện thoại.",
            "is_posthumous": "Người đã mất: gia đình lên nhận.",
        }

    def __init__(self, *args, units=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "unit", "name", "post"):
            self.fields[name].half = True
        rows = Unit.objects.alive_on(timezone.localdate()) if units is None else Unit.objects.filter(pk__in=units)
        self.fields["unit"].queryset = rows | Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["reason"].required = self.instance.award_id is None
        if not self.instance.portrait_id:
            del self.fields["drop_portrait"]
        if self.instance.example_id:
            told = "Để trống thì lấy việc làm của gương điển hình."
            self.fields["biography"].help_text = f"{told} {self.fields['biography'].help_text}"
        if self.instance.award_id:
            # As the decision has them.
            for name in ("kind", "name", "unit"):
                self.fields[name].disabled = True


class ConsentForm(StepForm):
    """The consent that biography and portrait are printed."""

    on = forms.DateField(label="Ngày đồng ý", initial=timezone.localdate)
    words = forms.CharField(
        label="Hình thức đồng ý",
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "Ví dụ: bản đồng ý có chữ ký"}),
    )
    files = OneFileField(label="Bản đồng ý", required=False, help_text="Chỉ đơn vị tổ chức và Sở Nội vụ mở được.")

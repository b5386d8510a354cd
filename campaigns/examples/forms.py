"""Forms about good examples: what was done by whom, the consent, taking one off publication."""

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documents.steps.forms import EditForm, StepForm
from documents.uploads.fields import OneFileField, PictureField
from units.models import Unit
from units.permissions import may_manage

from ..campaign.models import Campaign
from .models import Example
from .rules import WORDS, fault_of_words


class ExampleForm(EditForm):
    """A good example with its picture."""

    files = PictureField(label="Ảnh", required=False)
    drop_picture = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    class Meta:
        model = Example
        fields = ["kind", "name", "post", "met_on", "unit", "campaign", "title", "deed", "sources"]
        widgets = {
            "unit": forms.Select(attrs={"data-search": ""}),
            "campaign": forms.Select(attrs={"data-search": ""}),
            "deed": forms.Textarea(attrs={"rows": 8, "class": "roomy"}),
            "sources": forms.Textarea(attrs={"rows": 2, "class": "roomy"}),
        }
        help_texts = {
            "deed": "Làm gì, ở đâu, kết quả ra sao. Không ghi ngày sinh, số định danh, số điện thoại, nơi ở.",
            "sources": "Ai giới thiệu, báo cáo, bài báo nào.",
            "campaign": "Để trống nếu không thuộc phong trào nào.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        example = self.instance
        for name in ("kind", "name", "post", "met_on"):
            self.fields[name].half = True
        self.fields["kind"].choices = Example.Kind.choices
        self.fields["unit"].queryset = _units(user, example)
        self.fields["unit"].empty_label = "Chọn đơn vị"
        self.fields["campaign"].queryset = _campaigns(user, example)
        self.fields["campaign"].empty_label = "Không thuộc phong trào nào"
        if not example.picture_id:
            del self.fields["drop_picture"]

    @property
    def facts(self):
        """The fields in words, without the picture's."""
        return [self[name] for name in self.Meta.fields]

    def clean(self):
        """What tells more of a person than needed stands beside each field that does."""
        cleaned = super().clean()
        for name in WORDS:
            fault = fault_of_words(cleaned.get(name) or "")
            if fault:
                self.add_error(name, fault)
        return cleaned


def _units(user, example):
    """Those that ``user`` may write for, and the one that stands there."""
    if may_manage(user):
        return Unit.objects.alive_on(timezone.localdate()) | Unit.objects.filter(
            Q(pk__in=user.inherited_units) | Q(pk=example.unit_id)
        )
    return Unit.objects.filter(Q(pk__in=user.inherited_units) | Q(pk=example.unit_id))


def _campaigns(user, example):
    """Launched ones that ``user`` sees, and the one that stands there."""
    seen = Campaign.objects.visible_to(user).exclude(state=Campaign.State.DRAFT).order_by().values("pk")
    return Campaign.objects.filter(Q(pk__in=seen) | Q(pk=example.campaign_id))


class ConsentForm(StepForm):
    """The consent of who is told of."""

    on = forms.DateField(label="Ngày đồng ý", initial=timezone.localdate)
    words = forms.CharField(
        label="Hình thức đồng ý",
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "Ví dụ: bản đồng ý có chữ ký"}),
    )
    files = OneFileField(label="Bản đồng ý", required=False, help_text="Chỉ đơn vị ghi gương và Sở Nội vụ mở được.")


class WithdrawForm(StepForm):
    """Why a person agrees no longer, where that is said."""

    reason = forms.CharField(
        label="Lý do", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2, "class": "roomy"})
    )


class Ground(models.TextChoices):
    """Why somebody asks that what is kept of them be erased. Only this is kept: words of one's own could hold a name."""

    WITHDRAWN = "withdrawn", "Người được nêu gương không đồng ý nữa"
    UNNEEDED = "unneeded", "Không còn cần cho mục đích đã đồng ý"
    WRONG = "wrong", "Nội dung không đúng hoặc ghi nhầm người"
    LAW = "law", "Phải xóa theo quy định của pháp luật"


class EraseForm(StepForm):
    """On which ground an example is erased; gives its words."""

    reason = forms.TypedChoiceField(
        label="Lý do", choices=[("", "Chọn lý do"), *Ground.choices], coerce=lambda value: Ground(value).label
    )

"""What is typed of a registration: its year, and who strives for which title."""

from django import forms
from django.utils import timezone

from units.forms import DressedForm

from ..catalogue.book import called
from ..catalogue.models import AwardType
from ..recipients.models import Recipient


class BeginForm(DressedForm, forms.Form):
    """For which year, and whether last year's is taken over."""

    year = forms.IntegerField(label="Đăng ký cho năm", min_value=2000, max_value=2100)
    copies = forms.BooleanField(label="Chép từ bản đăng ký năm trước", required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", timezone.localdate().year + (timezone.localdate().month == 12))


class RegisterForm(DressedForm, forms.Form):
    """Who of the unit strives for which title."""

    type = forms.ModelChoiceField(label="Danh hiệu", queryset=AwardType.objects.none(), empty_label="Chọn danh hiệu")
    recipients = forms.ModelMultipleChoiceField(
        label="Cá nhân, tập thể",
        queryset=Recipient.objects.none(),
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = AwardType.objects.filter(form=AwardType.Form.TITLE)
        self.fields["type"].label_from_instance = called
        people = Recipient.objects.main().filter(unit=unit, ended_on=None).order_by("kind", "sort_text")
        self.fields["recipients"].queryset = people
        self.fields["recipients"].label_from_instance = lambda row: ", ".join(filter(None, [row.name, row.post]))

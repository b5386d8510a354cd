"""What an answer is asked for: which award, on which day, for which year, on what ground."""

from django import forms
from django.utils import timezone

from units.forms import dress

from ..catalogue.book import award_choices
from ..catalogue.models import Route


class QuestionForm(forms.Form):
    """An award, a day of the law, the last year of the merits, a route; in the address, so that an answer can be sent on."""

    danh_hieu = forms.ChoiceField(label="Danh hiệu, hình thức", choices=award_choices)
    ngay = forms.DateField(label="Theo luật ngày", required=False)
    nam = forms.IntegerField(label="Năm thành tích cuối", required=False, min_value=1990, max_value=2100)
    loai = forms.ChoiceField(label="Loại hình", required=False, choices=[("", "Tất cả"), *Route.choices])

    def __init__(self, data=None, **kwargs):
        super().__init__(data, label_suffix="", **kwargs)
        dress(self)

    @property
    def day(self):
        """The day whose law is asked; today where none was typed, or nothing that is one."""
        return getattr(self, "cleaned_data", {}).get("ngay") or timezone.localdate()

    def asked(self) -> dict:
        """What was asked, as ``eligibility.rules.judge`` takes it; ``year`` None where the facts are to say it."""
        found = self.cleaned_data
        return {"award": found["danh_hieu"], "year": found["nam"], "route": found["loai"]}


class CheckForm(QuestionForm):
    """The same of a list, and which answers are shown."""

    SHOWN = [("", "Tất cả"), ("yes", "Đủ điều kiện"), ("no", "Chưa đủ"), ("unknown", "Chưa kết luận được")]
    MET = {"yes": True, "no": False, "unknown": None}

    ket_qua = forms.ChoiceField(label="Kết quả", required=False, choices=SHOWN)

    def shows(self, met) -> bool:
        """Whether an answer is among those that were asked for."""
        asked = self.cleaned_data["ket_qua"]
        return not asked or self.MET[asked] is met

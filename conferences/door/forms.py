"""What is typed about doors: their name and times, why somebody is not there."""

from django import forms

from documents.steps.forms import EditForm
from units.forms import DressedForm

from .models import Door


class MomentField(forms.SplitDateTimeField):
    """A day and an hour of our time: clocks of phones and of the server are compared with it."""

    def compress(self, data_list):
        """Raises ``ValidationError`` for a year in which no conference is."""
        if data_list and data_list[0] and not 2000 <= data_list[0].year <= 2100:
            raise forms.ValidationError("Hãy kiểm tra lại năm.")
        return super().compress(data_list)


def _moment(label, **more):
    """A day and an hour, in two boxes under one label."""
    day = {"data-date": "", "placeholder": "ngày/tháng/năm", "autocomplete": "off", "aria-label": f"{label}: ngày"}
    widget = forms.SplitDateTimeWidget(
        date_attrs=day,
        time_attrs={"type": "time", "aria-label": f"{label}: giờ"},
        date_format="%d/%m/%Y",
        time_format="%H:%M",
    )
    return MomentField(label=label, widget=widget, **more)


class DoorForm(EditForm):
    """A door, by its name and from when to when its link works."""

    since = _moment("Mở từ")
    until = _moment("Đến", help_text="Sau giờ này máy không quét được nữa; lượt đã quét còn gửi được trong 3 ngày.")

    class Meta:
        model = Door
        fields = ["name", "since", "until"]
        help_texts = {"name": "Ví dụ: Cửa 1, Cửa chính. Mỗi cửa một đường dẫn; nhiều máy dùng chung một cửa được."}

    def clean(self):
        """The table refuses it too, in no field."""
        typed = super().clean()
        since, until = typed.get("since"), typed.get("until")
        if since and until and until <= since:
            self.add_error("until", "Giờ đóng phải sau giờ mở.")
        return typed


class ExcuseForm(DressedForm, forms.Form):
    """Why those who are ticked are late or do not come."""

    reason = forms.CharField(label="Lý do vắng, đến muộn", max_length=300, required=False)

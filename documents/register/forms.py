"""What may be typed when a paper of another body comes into the register."""

import re
from datetime import date

from django import forms
from django.utils import timezone

from units.forms import DressedForm
from units.models import Unit

from ..citations.fields import PaperField
from ..papers.fields import EARLIEST, PartialDateField
from ..papers.models import Document, DocumentType, Effect
from ..papers.rules import MARKED, NOT_HERE, secret_mark
from ..source.references import tidy_reference
from ..source.types import SPOKEN
from ..uploads.fields import SCANS, FilesField
from .actions import IS_SAME, same_papers
from .models import Arrival

# Luật Bảo vệ bí mật nhà nước 2018, Điều 8: the degrees; none of them is kept here.
SECRECY = [("", "Thường"), ("mat", "Mật"), ("toi-mat", "Tối mật"), ("tuyet-mat", "Tuyệt mật")]
_BRACES = re.compile(r"[{}\n]")


class EntryForm(DressedForm, forms.ModelForm):
    """A paper that another body issued. ``same`` holds the entries that it may be one with, once the form was judged."""

    date = PartialDateField(
        label="Ngày văn bản", required=False, help_text="25/02/2020, hoặc 02/2020 nếu không rõ ngày."
    )
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECY, required=False)
    files = FilesField(label="Bản chụp", required=False)
    other = forms.BooleanField(label="Vẫn ghi, đây là văn bản khác", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # What must be ordinary text, and what stands two in a row.
    worded = ("reference", "issuer_name", "occasion", "subject", "note")
    half = ("type", "reference", "date", "secrecy", "issuer_name", "issuer_unit", "effective_from", "effective_to")

    class Meta:
        model = Document
        fields = [
            "type",
            "reference",
            "date",
            "secrecy",
            "issuer_name",
            "issuer_unit",
            "subject",
            "effective_from",
            "effective_to",
            "note",
        ]
        widgets = {
            "type": forms.Select(attrs={"data-search": ""}),
            "issuer_unit": forms.Select(attrs={"data-search": ""}),
            "subject": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"issuer_unit": "Đơn vị trong danh mục", "issuer_name": "Cơ quan ban hành"}
        help_texts = {
            "reference": "Ghi đúng như trên văn bản: 79-CV/TW, 05/CT-TTg, 45/2019/QH14.",
            "issuer_name": "Ví dụ: Ban Bí thư Trung ương, Thủ tướng Chính phủ.",
            "issuer_unit": "Chỉ chọn khi cơ quan ban hành là một đơn vị của tỉnh.",
            "subject": "Không ghi «V/v»: trích dẫn tự viết «về …». Với luật, ghi tên luật.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.same = user, []
        self.order_fields(self.Meta.fields)
        for name in {*self.half} & {*self.fields}:
            self.fields[name].half = True
        if "type" in self.fields:
            self.fields["type"].queryset = DocumentType.objects.exclude(code=SPOKEN)
            self.fields["type"].empty_label = "– Chọn loại văn bản –"
            self.fields["reference"].required = True
        if "issuer_unit" in self.fields:
            self.fields["issuer_unit"].queryset = Unit.objects.select_related("superior")
            self.fields["issuer_unit"].label_from_instance = lambda unit: unit.label
            self.fields["issuer_unit"].empty_label = "– Không có trong danh mục –"
        self.fields["subject"].max_length = 500
        self.fields["date"].initial = self.instance.date_text
        self.fields["version"].initial = self.instance.version

    def clean_reference(self):
        """Raises ``ValidationError`` for what a citation could not hold."""
        reference = tidy_reference(self.cleaned_data["reference"])
        if _BRACES.search(reference):
            raise forms.ValidationError("Số, ký hiệu không có dấu { }. Hãy ghi đúng như trên văn bản.")
        return reference

    def clean_date(self):
        """Raises ``ValidationError`` for no date, and for one that has not come."""
        known = self.cleaned_data["date"]
        if not known.year:
            raise forms.ValidationError("Hãy ghi ngày văn bản, hoặc 02/2020 nếu chỉ biết tháng.")
        if date(known.year, known.month, known.day or 1) > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa đến. Hãy kiểm tra lại ngày, tháng, năm.")
        return known

    def clean_secrecy(self):
        """Raises ``ValidationError`` for any degree of secrecy."""
        if self.cleaned_data["secrecy"]:
            raise forms.ValidationError(NOT_HERE)
        return ""

    def clean(self):
        """Judge what belongs together: marks of secrecy, the issuing body, the days in force, entries alike."""
        cleaned = super().clean()
        for name in self.worded:
            if found := secret_mark(cleaned.get(name) or ""):
                self.add_error(name, MARKED.format(found))
        self._judge_issuer(cleaned)
        begins, ends = cleaned.get("effective_from"), cleaned.get("effective_to")
        if begins and ends and ends < begins:
            self.add_error(
                "effective_to", "Ngày hết hiệu lực sớm hơn ngày có hiệu lực. Hãy sửa lại một trong hai ngày."
            )
        if cleaned.get("date"):
            known = cleaned["date"]
            self.instance.year, self.instance.month, self.instance.day = known.year, known.month, known.day
        return cleaned

    def _judge_issuer(self, cleaned):
        """A unit of ours gives its name; somebody must have issued the paper."""
        unit = cleaned.get("issuer_unit")
        if unit and not cleaned.get("issuer_name"):
            cleaned["issuer_name"] = unit.name
        if not (cleaned.get("issuer_name") or "issuer_name" in self.errors):
            self.add_error("issuer_name", "Hãy ghi cơ quan ban hành, hoặc chọn đơn vị trong danh mục.")

    def _post_clean(self):
        """Look for the same paper once the row holds what was typed."""
        super()._post_clean()
        told = {"reference", "date", "issuer_name"} & {*self.errors}
        if told or not {"reference", "date", "issuer_name", "issuer_unit"} & {*self.changed_data}:
            return
        same = same_papers(self.instance, self.user)
        if same and not self.is_other:
            self.add_error("other", IS_SAME)
        self.same = same

    @property
    def is_other(self) -> bool:
        """Whether the person says that this is none of the papers that the register holds."""
        return bool(self.cleaned_data.get("other"))


class SpokenForm(EntryForm):
    """A direction by word of mouth: who said what, when, on which occasion."""

    half = ("issuer_name", "date", "occasion", "secrecy")

    class Meta(EntryForm.Meta):
        fields = ["issuer_name", "date", "occasion", "secrecy", "subject", "note"]
        labels = {
            "issuer_name": "Người chỉ đạo",
            "occasion": "Tại cuộc họp, buổi làm việc",
            "subject": "Nội dung chỉ đạo",
        }
        help_texts = {
            "issuer_name": "Chức vụ và họ tên, ví dụ: Phó Thủ tướng Vũ Đức Đam.",
            "occasion": "Ví dụ: cuộc họp trực tuyến. Ngày ghi ở ô Ngày chỉ đạo.",
            "subject": "Viết tiếp sau chữ «về», ví dụ: phòng, chống dịch Covid-19.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].label = "Ngày chỉ đạo"
        self.fields["date"].help_text = "Ví dụ: 14/02/2020."

    def clean_date(self):
        """A direction is cited by its day: raises ``ValidationError`` for less."""
        known = super().clean_date()
        if not known.day:
            raise forms.ValidationError("Hãy ghi đủ ngày, tháng, năm: chỉ đạo được trích dẫn theo ngày.")
        return known


class ReceivedForm(EntryForm):
    """A paper that came in; the note stands in the book, with the rest of ``ArrivalForm``."""

    class Meta(EntryForm.Meta):
        fields = [name for name in EntryForm.Meta.fields if name != "note"]


class SentForm(EntryForm):
    """A paper that the own unit, or one that it succeeded, issued outside the program, with its signed scan."""

    class Meta(EntryForm.Meta):
        fields = ["type", "reference", "date", "secrecy", "issuer_unit", "subject", "note"]
        labels = {"issuer_unit": "Cơ quan ban hành"}
        help_texts = {
            "reference": "Ghi đúng như trên văn bản: 12/KH-SYT.",
            "issuer_unit": "Đơn vị bạn, hoặc đơn vị cũ đã nhập toàn bộ vào đơn vị bạn.",
            "subject": "Không ghi «V/v»: trích dẫn tự viết «về …».",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        body, files = self.fields["issuer_unit"], self.fields["files"]
        body.queryset = units = Unit.objects.filter(pk__in=user.inherited_units).select_related("superior")
        # A list: without an empty choice the widget looks at the first one before it draws them all.
        body.required, body.choices = True, [(unit.pk, unit.label) for unit in units]
        if self.instance.pk is None:
            self.initial["issuer_unit"] = user.unit_id
        self.fields["type"].queryset = DocumentType.objects.written_here()
        self.fields["date"].required, self.fields["date"].help_text = True, "Ví dụ: 25/02/2020."
        files.label, files.required = "Bản đã ký, đóng dấu", self.instance.pk is None
        files.help_text = "PDF, hoặc ảnh JPG, PNG, đủ các trang; chọn được nhiều tệp cùng lúc."

    def clean_date(self):
        """Its own papers have a whole day: raises ``ValidationError`` for less."""
        known = super().clean_date()
        if not known.day:
            raise forms.ValidationError("Hãy ghi đủ ngày, tháng, năm như trên văn bản đã ký.")
        return known

    def clean_files(self):
        """Raises ``ValidationError`` for what is no scan."""
        files = self.cleaned_data["files"]
        if wrong := [file.name for file in files if not file.name.lower().endswith(SCANS)]:
            raise forms.ValidationError(f"Phải là bản quét PDF hoặc ảnh JPG, PNG. Hãy quét lại: {'; '.join(wrong)}.")
        return files

    def _judge_issuer(self, cleaned):
        """The name is that of the body."""
        if cleaned.get("issuer_unit"):
            self.instance.issuer_name = cleaned["issuer_unit"].name


class ArrivalForm(DressedForm, forms.ModelForm):
    """When a paper came in, and where it went in the unit."""

    class Meta:
        model = Arrival
        fields = ["arrived_on", "handed_to", "handed_on", "note"]
        help_texts = {
            "handed_to": "Phòng hoặc người được giao xử lý.",
            "arrived_on": "Số đến lấy theo thứ tự ngày này.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("arrived_on", "handed_to", "handed_on", "note"):
            self.fields[name].half = True
        # Its number follows from the day, so that both stay.
        if self.instance.pk:
            self.fields["arrived_on"].disabled = True
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=self.instance.version
            )
        else:
            self.fields["arrived_on"].initial = timezone.localdate

    def clean(self):
        """Raises beside the field what the days forbid."""
        cleaned = super().clean()
        arrived, handed = cleaned.get("arrived_on"), cleaned.get("handed_on")
        if arrived and arrived > timezone.localdate():
            self.add_error("arrived_on", "Ngày này chưa đến. Hãy ghi ngày hôm nay hoặc ngày đã qua.")
        if arrived and arrived.year < EARLIEST:
            self.add_error("arrived_on", "Năm này quá xa. Hãy kiểm tra lại.")
        if arrived and handed and handed < arrived:
            self.add_error("handed_on", "Ngày chuyển sớm hơn ngày đến. Hãy sửa lại một trong hai ngày.")
        return cleaned


class RelationForm(DressedForm, forms.Form):
    """Which other entry replaced or recalled one. Gives it in ``cleaned_data["paper"]``."""

    kind = forms.ChoiceField(label="Văn bản này đã bị", choices=Effect.Kind)
    paper = PaperField(
        label="Bằng văn bản số",
        max_length=80,
        help_text="Số, ký hiệu như trong sổ; nếu trùng số thì ghi thêm ngày: 50/BC-UBND 17/02/2020.",
        widget=forms.TextInput(attrs={"list": "known-papers", "autocomplete": "off"}),
    )
    since = forms.DateField(
        label="Từ ngày", required=False, help_text="Để trống: từ ngày văn bản kia có hiệu lực, hoặc ngày của nó."
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user
        for name in ("kind", "since"):
            self.fields[name].half = True

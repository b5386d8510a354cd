"""What is typed where the body signs copies of a paper, and texts that go with it in other files."""

from contextlib import nullcontext

from django import forms

from ..signing.marking import CopyForm
from ..uploads import UploadRefused, inspect, own_name
from ..uploads.fields import FilesField
from ..uploads.models import Upload
from .forms import KeyForm


class _MarkForm(KeyForm):
    """A key of the body; or none, where the files were signed in another program."""

    ELSEWHERE = "noi-khac"
    WAYS = KeyForm.WAYS | {ELSEWHERE: "Đã ký ở chương trình khác"}

    def signer(self):
        """What signs (``with``); None where the files are signed."""
        return nullcontext() if self.cleaned_data["way"] == self.ELSEWHERE else self.opened()


class _PdfFiles(FilesField):
    """Several PDF."""

    def refusal(self, file) -> str:
        """Why ``file`` is not taken: on what is no PDF nobody's words stand on a first page."""
        if not file.name.lower().endswith(".pdf"):
            return f"Tệp «{own_name(file.name)}» không phải PDF. Chữ ký số của cơ quan đặt ở trang đầu tệp PDF: hãy in sang PDF."
        return super().refusal(file)

    def widget_attrs(self, widget):
        """The kind that the browser offers."""
        return {**super().widget_attrs(widget), "accept": ".pdf"}


class AttachForm(_MarkForm):
    """Texts in files of their own that go with an issued paper."""

    files = _PdfFiles(
        label="Tệp kèm theo (PDF)",
        help_text="Phụ lục, văn bản kèm theo không cùng tệp với văn bản; chọn được nhiều tệp.",
    )
    field_order = ["files"]


class CopyToSignForm(_MarkForm):
    """A copy of a paper: its form, and of which file."""

    form = forms.ChoiceField(label="Hình thức sao", choices=CopyForm.choices)
    source = forms.ModelChoiceField(
        Upload.objects.none(), label="Sao từ tệp", required=False, empty_label="Tệp khác, chọn ở dưới"
    )
    file = forms.FileField(
        label="Tệp PDF",
        required=False,
        help_text="Bản giấy đã quét: ảnh màu, từ 200 dpi, tỷ lệ 100%. Trích sao: PDF của phần trích, đủ thể thức.",
    )
    field_order = ["form", "source", "file"]

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        if sources:
            self.fields["source"].queryset = Upload.objects.filter(pk__in=[one.pk for one in sources])
            self.fields["source"].initial = sources[-1].pk
        else:
            del self.fields["source"]

    def clean_file(self):
        """Raises ``ValidationError`` for what is no PDF that is taken."""
        file = self.cleaned_data["file"]
        if not file:
            return file
        if not file.name.lower().endswith(".pdf"):
            raise forms.ValidationError("Bản sao điện tử là tệp PDF. Hãy quét hoặc in sang PDF rồi gửi.")
        try:
            inspect(file)
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file

    def clean(self):
        """One of the two files; what was signed in another program is sent."""
        typed = super().clean()
        signed = typed.get("way") == self.ELSEWHERE
        if not typed.get("file") and "file" not in self.errors and (signed or not typed.get("source")):
            self.add_error("file", "Hãy chọn tệp bản sao đã ký." if signed else "Hãy chọn tệp để sao.")
        return typed

    def content(self) -> tuple[str, bytes]:
        """(name, bytes) of what is copied: a file that was sent goes before one that is there."""
        typed = self.cleaned_data
        if file := typed.get("file"):
            file.seek(0)
            return own_name(file.name), file.read()
        with typed["source"].file.open() as file:
            return typed["source"].name, file.read()

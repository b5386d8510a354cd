"""Files in forms: several at once, each looked into, what is wrong told beside the field."""

from django import forms
from django.conf import settings

from units.forms import DressedForm, rows

from ..checks.refusing import AGAIN, OTHER, renamed
from ..source.vietnamese import without_mark
from . import ALLOWED, SUFFIXES, TYPES, UploadRefused, check_size, inspect, own_name
from .actions import CHOOSE, no_picture
from .models import PICTURES

MOST_FILES = 20


class FilesInput(forms.FileInput):
    """A field for several files of the kinds that are taken."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them stored yet. Gives a list, each of which ``uploads.keep`` will take."""

    widget = FilesInput

    def __init__(self, **kwargs):
        hint = f"{ALLOWED}; mỗi tệp không quá {settings.UPLOAD_MAX_MB} MB. Có thể chọn nhiều tệp cùng lúc."
        super().__init__(**{"help_text": hint, **kwargs})
        self.error_messages["required"] = "Hãy chọn ít nhất một tệp."

    def widget_attrs(self, widget):
        """The kinds that the browser offers first."""
        return {**super().widget_attrs(widget), "accept": ",".join(SUFFIXES)}

    def clean(self, data, initial=None):
        """Raises ``ValidationError`` with a line for each file that is not taken."""
        files = data or []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp. Hãy chia thành nhiều lần.")
        refused = [message for message in map(self.refusal, files) if message]
        if refused:
            raise forms.ValidationError(refused)
        return files

    def refusal(self, file) -> str:
        """Why ``file`` is not taken, or nothing."""
        try:
            inspect(file)
        except UploadRefused as refused:
            return str(refused)
        return ""


class OneFileField(FilesField):
    """One file, looked into and not stored yet; ``documents.steps.accepting`` tells refusals beside a field ``files``."""

    widget = forms.FileInput

    def clean(self, data, initial=None):
        """Gives the file, or None."""
        found = super().clean([data] if data else [])
        return found[0] if found else None


class PictureField(OneFileField):
    """One picture. What is none is refused in words of pictures: that a PDF would do elsewhere helps nobody here."""

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": "Ảnh JPG, PNG. Nơi chụp ghi ngầm trong ảnh được bỏ đi.", **kwargs})

    def widget_attrs(self, widget):
        """The kinds that the browser offers first."""
        return {**super().widget_attrs(widget), "accept": ".png,.jpg,.jpeg"}

    def refusal(self, file) -> str:
        """Why ``file`` is no picture that is taken, or nothing."""
        if not file.name.lower().endswith((".png", ".jpg", ".jpeg")):
            return no_picture(own_name(file.name))
        told = super().refusal(file)
        for advice in (OTHER, AGAIN, *(renamed(kind) for kind in TYPES if kind not in PICTURES)):
            told = told.replace(advice, CHOOSE)
        return told


class KeptFilesForm(DressedForm, forms.Form):
    """Photographs and papers of a record."""

    files = FilesField(label="Ảnh, giấy tờ")
    caption = forms.CharField(label="Chú thích", max_length=200, required=False)


class MistakeForm(DressedForm, forms.Form):
    """Why a file is withdrawn, or its content erased."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(3))

    def clean_reason(self):
        """Without the mark at its end: the page goes on behind it."""
        reason = without_mark(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError("Hãy ghi lý do bằng chữ.")
        return reason


class VerifyForm(DressedForm, forms.Form):
    """One file of any kind, to be compared and forgotten."""

    file = forms.FileField(
        label="Tệp cần kiểm tra",
        allow_empty_file=True,
        error_messages={"required": "Hãy chọn tệp cần kiểm tra."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"Tệp PDF đã tải về hoặc nhận được, không quá {settings.UPLOAD_MAX_MB} MB. "
            "Chương trình chỉ so sánh, không lưu lại tệp."
        )

    def clean_file(self):
        """Raises ``ValidationError`` for an empty file and one that is too large."""
        file = self.cleaned_data["file"]
        try:
            check_size(file)
        except UploadRefused as refused:
            raise forms.ValidationError(f"Tệp «{own_name(file.name)}» {refused}") from None
        return file


SCANS = (".pdf", ".jpg", ".jpeg", ".png")


class ScanField(FilesField):
    """One scan of a paper, or photograph of it. Gives a list as ``FilesField`` does, of one file or none."""

    def __init__(self, **kwargs):
        hint = "Một tệp PDF, hoặc ảnh JPG, PNG, đủ các trang."
        super().__init__(**{"help_text": hint, **kwargs})
        self.error_messages["required"] = "Hãy gắn bản quét, chụp của giấy."

    def widget_attrs(self, widget):
        """The kinds that the browser offers first."""
        return {**super().widget_attrs(widget), "accept": ",".join(SCANS)}

    def clean(self, data, initial=None):
        """Raises ``ValidationError`` for more than one file and for what is no scan."""
        files = super().clean(data, initial)
        if len(files) > 1:
            raise forms.ValidationError("Chỉ chọn một tệp: hãy ghép các trang vào một tệp PDF.")
        if wrong := [file.name for file in files if not file.name.lower().endswith(SCANS)]:
            raise forms.ValidationError(
                f"Phải là bản quét PDF hoặc ảnh JPG, PNG. Hãy quét hoặc chụp lại: {'; '.join(wrong)}."
            )
        return files

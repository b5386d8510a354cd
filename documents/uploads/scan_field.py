"""The field for the one scan of a paper."""

from django import forms

from .fields import FilesField

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

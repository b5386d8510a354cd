"""The back office of digital signatures: pictures, tokens, certificates that are trusted."""

import base64

from django import forms
from django.contrib import admin
from django.utils.html import format_html

from documents.models import SignatureLook, SigningToken, TrustedCertificate, history_of

from ..signing.looks import size_of
from ..signing.models import certificate_in
from ..steps.log import record
from .log import told

LOOK = "documents.signaturelook"
MOST = 2 * 1024 * 1024
NOT_CLEAR = "Ảnh phải là PNG nền trong suốt. Hãy quét chữ ký, con dấu rồi xóa nền trắng trước khi gửi."


class LookForm(forms.ModelForm):
    """A picture, sent as a file."""

    file = forms.FileField(label="Tệp ảnh PNG", help_text="Nền trong suốt; chữ ký màu xanh, con dấu màu đỏ.")

    class Meta:
        model = SignatureLook
        fields = ["official", "unit", "wide"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.instance.pk

    def clean_file(self):
        """Raises ``ValidationError`` for what is no PNG with a clear ground, or too large."""
        file = self.cleaned_data["file"]
        if not file:
            return file
        if file.size > MOST:
            raise forms.ValidationError("Ảnh lớn quá 2 MB. Hãy giảm độ phân giải còn khoảng 600 điểm chiều rộng.")
        try:
            size_of(file.read())
        except ValueError:
            raise forms.ValidationError(NOT_CLEAR) from None
        file.seek(0)
        return file

    def clean_wide(self):
        """Raises ``ValidationError`` for a width that no stamp and no signature has."""
        wide = self.cleaned_data["wide"]
        if not 10 <= wide <= 60:
            raise forms.ValidationError("Hãy ghi bề rộng từ 10 đến 60 mm.")
        return wide


@admin.register(SignatureLook)
class SignatureLookAdmin(admin.ModelAdmin):
    """Pictures of signatures and stamps. Who may put them on papers holds the key; the picture alone signs nothing."""

    form = LookForm
    list_display = ["__str__", "wide"]
    list_select_related = ["official", "unit"]
    autocomplete_fields = ["official", "unit"]
    fields = ["official", "unit", "file", "wide", "seen", "changes"]
    readonly_fields = ["seen", "changes"]

    @admin.display(description="Hình đang dùng")
    def seen(self, look):
        """The picture as it is."""
        if not look.pk:
            return "—"
        source = base64.b64encode(bytes(look.content)).decode()
        return format_html('<img src="data:image/png;base64,{}" alt="{}" height="120">', source, str(look))

    @admin.display(description="Nhật ký")
    def changes(self, look):
        """Who changed what, and when."""
        return told(history_of(LOOK, look.pk))

    def save_model(self, request, obj, form, change):
        """Store the picture, and leave a row of the log."""
        if file := form.cleaned_data.get("file"):
            obj.content = file.read()
        super().save_model(request, obj, form, change)
        record(LOOK, obj, "Sửa hình" if change else "Thêm hình", by=request.user, what="look")


@admin.register(SigningToken)
class SigningTokenAdmin(admin.ModelAdmin):
    """Tokens at the server."""

    list_display = ["label", "certificate", "unit"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]


@admin.register(TrustedCertificate)
class TrustedCertificateAdmin(admin.ModelAdmin):
    """Authorities whose certificates the office trusts; each with where it was fetched."""

    list_display = ["name", "since", "until", "ends"]
    fields = ["name", "pem", "source", "since", "until", "ends"]
    readonly_fields = ["ends"]

    @admin.display(description="Chứng thư hết hạn")
    def ends(self, row):
        """The last moment of the certificate."""
        found = certificate_in(row.pem) if row.pem else None
        return f"{found.not_valid_after:%d/%m/%Y}" if found else "—"

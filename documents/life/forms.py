"""What is typed when a paper takes a step: a reason, a day, a number."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils import timezone

from units.forms import DressedForm, rows

from ..signing.actions import stamped
from ..signing.keys import opened
from ..signing.models import SigningToken
from ..signing.signers import stamp_of
from ..steps.forms import StepForm
from ..uploads import UploadRefused, inspect
from ..uploads.fields import FilesField


class EarlierDayForm(StepForm):
    """A leader's leave to date a paper earlier than the number before it."""

    day = forms.DateField(label="Cho phép ghi ngày")


class ReasonForm(DressedForm, forms.Form):
    """Why a paper is replaced or recalled."""

    # Shorter than the row of the step, which names the other paper before it.
    reason = forms.CharField(
        label="Lý do", max_length=800, widget=rows(3), help_text="Các đơn vị nhận văn bản cũng đọc được lý do này."
    )


class IssueForm(DressedForm, forms.Form):
    """The day of a paper, and its number where the clerk gives it by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(label="Ngày văn bản", initial=timezone.localdate)
    number = forms.IntegerField(
        label="Số (để trống: chương trình tự cấp)",
        required=False,
        min_value=1,
        max_value=99999,
        help_text="Chỉ ghi khi số đã định trước ngoài chương trình.",
    )

    files = FilesField(label="Bản đã ký, đóng dấu (nếu có)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].half = self.fields["number"].half = True

    @classmethod
    def day_typed(cls, data) -> date:
        """The day in ``data`` as the form reads it; today where there is none, or none that exists."""
        try:
            return cls.base_fields["day"].clean(data.get("day", ""))
        except forms.ValidationError:
            return timezone.localdate()


class PresentForm(StepForm):
    """To whom a paper was presented to be signed, and when."""

    to_whom = forms.CharField(
        label="Trình ai", max_length=200, help_text="Người hoặc cơ quan ký, ví dụ: Chủ tịch UBND tỉnh."
    )
    day = forms.DateField(label="Ngày trình", initial=timezone.localdate)

    def prepare(self):
        """The body itself, as long as nobody says who there."""
        self.initial["to_whom"] = self.row.issuer_name


class RecordForm(DressedForm, forms.Form):
    """The number and the day that another body gave, and the signed scan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(
        label="Số, ký hiệu đã cấp", max_length=50, help_text="Như trên bản đã ký, ví dụ: 1203/UBND-VX."
    )
    day = forms.DateField(label="Ngày văn bản")
    files = FilesField(
        label="Bản đã ký, đóng dấu",
        help_text="Một tệp PDF, đủ mọi trang kể cả phụ lục. Đây là văn bản được giữ và chuyển đến nơi nhận.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reference"].half = self.fields["day"].half = True

    def clean_files(self):
        """Raises ``ValidationError`` for more than one."""
        files = self.cleaned_data["files"]
        if len(files) > 1:
            raise forms.ValidationError("Chỉ chọn một tệp: hãy ghép các trang của bản đã ký vào một tệp PDF.")
        return files


class KeyForm(DressedForm, forms.Form):
    """A key that signs: a file with its password, or a token of the own unit with its PIN. Neither is kept."""

    FILE, TOKEN = "tep", "thiet-bi"
    WAYS = {FILE: "Bằng tệp khóa (.p12, .pfx)", TOKEN: "Bằng thiết bị ký cắm ở máy chủ"}
    LARGEST = 100 * 1024

    way = forms.ChoiceField(label="Cách ký", widget=forms.RadioSelect)
    key = forms.FileField(
        label="Tệp khóa", required=False, help_text="Chỉ dùng để ký lần này, chương trình không giữ lại."
    )
    password = forms.CharField(
        label="Mật khẩu của tệp khóa",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    token = forms.ModelChoiceField(SigningToken.objects.none(), label="Thiết bị ký", required=False)
    pin = forms.CharField(
        label="Mã PIN", required=False, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )

    # There are files without a password.
    NEEDED = {FILE: {"key": "Hãy chọn tệp khóa."},
              TOKEN: {"token": "Hãy chọn thiết bị ký.", "pin": "Hãy gõ mã PIN của thiết bị."}}  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        tokens = SigningToken.objects.filter(unit__in=user.inherited_units) if settings.PKCS11_MODULE else ()
        ways = {way: label for way, label in self.WAYS.items() if way != self.TOKEN or tokens}
        self.fields["way"].choices = list(ways.items())
        self.fields["way"].initial = next(iter(ways))
        for name in ("key", "password", "token", "pin"):
            self.fields[name].half = True
        if tokens:
            self.fields["token"].queryset = tokens
        else:
            del self.fields["token"], self.fields["pin"]

    def clean_key(self):
        """Raises ``ValidationError`` for what is too large to be a key."""
        key = self.cleaned_data["key"]
        if key and key.size > self.LARGEST:
            raise forms.ValidationError("Tệp này quá lớn, không phải tệp khóa. Hãy chọn tệp .p12 hoặc .pfx.")
        return key

    def clean(self):
        """Each way asks for what it needs, beside its field."""
        typed = super().clean()
        for name, words in self.NEEDED.get(typed.get("way"), {}).items():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, words)
        return typed

    def material(self) -> dict:
        """What ``documents.signing.keys.opened`` takes."""
        typed = self.cleaned_data
        if typed["way"] == self.TOKEN:
            token = typed["token"]
            return {"token": token.label, "pin": typed["pin"], "certificate": token.certificate}
        typed["key"].seek(0)
        return {"content": typed["key"].read(), "password": typed["password"]}

    def opened(self):
        """What signs, for as long as it is used (``with``); raises ``Refused``."""
        return opened(self.material())


class SignForm(KeyForm):
    """How the pages of an approved paper are signed: here, or in another program."""

    ELSEWHERE = "noi-khac"
    WAYS = KeyForm.WAYS | {ELSEWHERE: "Đã ký ở chương trình khác: gửi lại tệp"}
    NEEDED = KeyForm.NEEDED | {ELSEWHERE: {"file": "Hãy chọn tệp đã ký."}}

    file = forms.FileField(label="Tệp đã ký", required=False, help_text="Tệp trang để ký tải ở đây, đã ký số.")

    def clean_file(self):
        """Raises ``ValidationError`` for a file that is not taken."""
        file = self.cleaned_data["file"]
        if file:
            try:
                inspect(file)
            except UploadRefused as refused:
                raise forms.ValidationError(str(refused)) from None
        return file


class StampForm(KeyForm):
    """How the body that issues signs the pages; it may do so afterwards, in another program."""

    LATER = "sau"
    WAYS = {LATER: "Chưa đóng dấu số ở đây"} | KeyForm.WAYS

    def stamp(self):
        """What ``issuing.issue`` gives the pages to; None where the body signs afterwards."""
        return None if self.cleaned_data["way"] == self.LATER else self._stamp

    def _stamp(self, paper, pdf) -> bytes:
        with self.opened() as key:
            return stamped(pdf, paper, key, stamp_of(paper))


class SignedForm(DressedForm, forms.Form):
    """The signed scan, or the digitally signed file, of an issued paper."""

    files = FilesField(label="Bản đã ký, đóng dấu")

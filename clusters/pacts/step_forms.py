"""What is typed when a pact takes a step: who signed, reasons, scans, papers of the council."""

from django import forms
from django.utils import timezone

from documents.papers.fields import PaperField
from documents.uploads.fields import FilesField, ScanField
from units.forms import DressedForm, rows

from .models import Pact, PactFile, Party
from .steps import PARTIES_FOR, Act


class StepForm(DressedForm, forms.Form):
    """One step, and the version that the person looked at."""

    act = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, pact, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.pact, self.user = pact, user
        self.initial["version"] = pact.version
        self.prepare()

    def prepare(self):
        """Offer what follows from the pact and the person."""

    def facts(self) -> dict:
        """What was typed, as the step's action takes it, with the version that was looked at."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("act", "version")}
        return typed | {"seen_version": self.cleaned_data["version"]}


class ReasonForm(StepForm):
    """A step that is told with its reason."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2))


class RenewForm(StepForm):
    """The parties brought in step; a reason once they are asked to sign."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2), required=False)

    def prepare(self):
        """The reason is asked for while the pact is open."""
        self.fields["reason"].required = self.pact.state == Pact.State.OPEN


class _ForParty(StepForm):
    """A step that is taken for one party."""

    party = forms.ModelChoiceField(label="Bên ký", queryset=Party.objects.none(), empty_label="Chọn bên ký")
    field_order = ["act", "version", "party"]

    def prepare(self):
        """The parties that this person may take the step for; one alone is the one."""
        offered = PARTIES_FOR[Act(self.initial["act"])](self.pact, self.user)
        field = self.fields["party"]
        rows = self.pact.parties.filter(pk__in=[row.pk for row in offered])
        field.queryset = rows.select_related("membership__unit")
        if len(offered) == 1:
            self.initial["party"] = offered[0].pk
            field.empty_label = None


class _ForOwnParty(_ForParty):
    """A step for the own unit: which, is asked where several parties went into it."""

    def prepare(self):
        """Nothing to choose between for nearly everybody."""
        super().prepare()
        if self.fields["party"].queryset.count() < 2:
            del self.fields["party"]


class UnsignForm(_ForOwnParty):
    """Whose signature was recorded by mistake, and why."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2))


class SignForm(_ForOwnParty):
    """Who signed for the own unit."""

    name = forms.CharField(label="Họ tên người ký", max_length=100)
    title = forms.CharField(label="Chức vụ", max_length=150)
    day = forms.DateField(label="Ngày ký", initial=timezone.localdate)

    def prepare(self):
        """The one who signs the unit's papers today, where the catalogue of officials knows."""
        super().prepare()
        today = timezone.localdate()
        held = self.user.unit.terms.in_force(today).select_related("official")
        term = held.order_by("capacity", "-since", "pk").first() if not self.is_bound else None
        if term:
            self.initial |= {"name": term.official.name, "title": term.post}


class RecordForm(_ForParty):
    """Who signed on paper for a unit that nobody acts for."""

    name = forms.CharField(label="Họ tên người ký", max_length=100)
    title = forms.CharField(label="Chức vụ", max_length=150)
    day = forms.DateField(label="Ngày ký")
    files = ScanField(label="Bản quét có chữ ký")


class UnrecordForm(_ForParty):
    """Which signature was recorded from paper by mistake, and why."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2))


class ScanForm(StepForm):
    """Scans of the signed pact."""

    files = FilesField(label="Bản quét PDF hoặc ảnh chụp bản đã ký")


class UnscanForm(ReasonForm):
    """Which file was attached by mistake."""

    file = forms.ModelChoiceField(label="Tệp", queryset=PactFile.objects.none())
    field_order = ["act", "version", "file", "reason"]

    def prepare(self):
        """Files that still count."""
        self.fields["file"].queryset = self.pact.files.of_pact().filter(void=False).select_related("upload")


class SubmitForm(StepForm):
    """A submission that was made outside the program."""

    paper = PaperField(label="Số, ký hiệu tờ trình", help_text="Văn bản đã có trong sổ, ví dụ 25/TTr-SNV.")
    day = forms.DateField(label="Ngày trình", initial=timezone.localdate)

    def prepare(self):
        """Papers that this person may see."""
        self.fields["paper"].user = self.user


class ConfirmForm(SubmitForm):
    """What the council said."""

    paper = PaperField(label="Văn bản xác nhận", help_text="Văn bản đã có trong sổ, ví dụ 12/TB-HĐTĐKT.")
    day = forms.DateField(label="Ngày xác nhận", initial=timezone.localdate)
    who = forms.CharField(
        label="Người xác nhận thay mặt Hội đồng", max_length=150, help_text="Họ tên, chức danh trong Hội đồng."
    )


FORMS = {
    Act.RENEW: RenewForm,
    Act.OPEN: StepForm,
    Act.TAKE_BACK: ReasonForm,
    Act.SIGN: SignForm,
    Act.UNSIGN: UnsignForm,
    Act.RECORD: RecordForm,
    Act.UNRECORD: UnrecordForm,
    Act.SCAN: ScanForm,
    Act.UNSCAN: UnscanForm,
    Act.SUBMIT: SubmitForm,
    Act.UNSUBMIT: ReasonForm,
    Act.CONFIRM: ConfirmForm,
    Act.UNCONFIRM: ReasonForm,
    Act.RETURN: ReasonForm,
}


# What follows from a step, in a sentence beside it.
HINTS = {
    Act.OPEN: "Các bên được đọc và ký. Từ lúc này lời văn và chỉ tiêu giữ nguyên; các bên còn ghi được danh hiệu đăng ký.",
    Act.RENEW: "Đơn vị mới vào được thêm làm bên ký; đơn vị đã thôi tham gia không phải ký nữa.",
    Act.TAKE_BACK: "Mọi chữ ký và bản quét đã gắn không còn giá trị; các bên phải ký lại.",
    Act.SIGN: "Ghi người đã ký bản giấy thay mặt đơn vị của bạn. Danh hiệu đã đăng ký được chốt cùng chữ ký.",
    Act.RECORD: "Bên ký không có tài khoản, hoặc đã kết thúc mà không có đơn vị kế thừa trong chương trình: ghi theo bản giấy.",
    Act.UNRECORD: "Chỉ khi ghi nhầm. Giao ước lại chờ bên đó ký; bản quét vẫn giữ để xem.",
    Act.UNSIGN: "Chỉ khi ghi nhầm. Giao ước lại chờ đơn vị bạn ký.",
    Act.SCAN: "Bản giấy có chữ ký của các bên, sau này cả bản có xác nhận của Hội đồng.",
    Act.SUBMIT: "Khi tờ trình đã làm ngoài chương trình.",
    Act.CONFIRM: "Ngày, người và văn bản của Hội đồng.",
    Act.RETURN: "Hội đồng hoặc Sở Nội vụ chưa đồng ý: cụm, khối sửa rồi các bên ký lại từ đầu.",
}


def form_of(act: Act, pact, user, data=None, files=None) -> StepForm:
    """The form of a step, filled with ``data`` or fresh; ids are its own, as a page shows several."""
    form = FORMS[act](data, files, pact=pact, user=user, initial={"act": act.value}, auto_id=f"{act.value}_%s")
    form.step, form.hint = act, HINTS.get(act, "")
    return form

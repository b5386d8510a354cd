"""Forms of the room: what is composed of ticked nominations, what another authority decided."""

from django import forms
from django.utils import timezone

from documents.uploads.fields import ScanField
from units.forms import DressedForm, rows

from ..decisions.rules import ground_choices


class ComposeForm(DressedForm, forms.Form):
    """When it is likely to be signed, for what, in how many decisions."""

    day = forms.DateField(label="Dự kiến ký ngày", initial=timezone.localdate)
    deed = forms.CharField(
        label="Thành tích chung", max_length=300, required=False, widget=rows(2),
        help_text="Ví dụ: Đã có thành tích xuất sắc trong công tác năm 2026.",
    )  # fmt: skip
    apart = forms.BooleanField(label="Mỗi danh hiệu, hình thức một quyết định", required=False)
    own_head = forms.BooleanField(
        label="Giấy khen do người đứng đầu cơ quan của bạn tặng", required=False,
        help_text="Không chọn thì người đứng đầu đơn vị đề nghị tặng.",
    )  # fmt: skip
    all = forms.BooleanField(label="Lấy tất cả đề nghị theo bộ lọc ở trên", required=False)


class ResultForm(DressedForm, forms.Form):
    """The decision of another authority when it came: its number, day, scan; who of the list is not in it, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="Số, ký hiệu", max_length=60, help_text="Như ghi trên quyết định, ví dụ 700/QĐ-TTg.")
    day = forms.DateField(label="Ngày ký")
    scan = ScanField(label="Bản quét quyết định", required=False)
    reason = forms.CharField(
        label="Lý do với những dòng không được", max_length=500, required=False, widget=rows(2),
        help_text="Ghi khi có dòng không được khen: đơn vị đọc được lý do này.",
    )  # fmt: skip


class UndoForm(DressedForm, forms.Form):
    """On which ground awards are cancelled or stripped, and what happened; the decision, where there is one already.

    ``of``: what the awards of the decision are, one of each kind, which the grounds hang on. ``records``: whether a decision that
    there is already may be noted.
    """

    ground = forms.ChoiceField(label="Trường hợp")
    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=rows(3), help_text="In vào quyết định hủy, tờ trình soạn ở đây."
    )
    names = forms.FileField(
        label="Chọn theo tệp Excel", required=False,
        help_text="Cột «STT» là số thứ tự trong quyết định, hoặc cột tên; như tệp «Xuất Excel» của trang này.",
    )  # fmt: skip
    all = forms.BooleanField(label="Lấy tất cả khen thưởng theo bộ lọc ở trên", required=False)
    number = forms.CharField(
        label="Số quyết định đã có", max_length=60, required=False,
        help_text="Chỉ ghi khi cơ quan có thẩm quyền đã ra quyết định, rồi bấm «Ghi quyết định đã có».",
    )  # fmt: skip
    day = forms.DateField(label="Ngày ký quyết định đã có", required=False)

    def __init__(self, *args, of, records, **kwargs):
        super().__init__(*args, **kwargs)
        if not records:
            del self.fields["number"], self.fields["day"]
        self.fields["names"].widget.attrs["accept"] = ".xlsx"
        kinds = [(kind, choices) for kind in ("cancel", "strip") if (choices := _grounds(of, kind))]
        labels = {"cancel": "Hủy bỏ", "strip": "Tước danh hiệu vinh dự nhà nước"}
        self.fields["ground"].choices = [
            ("", "Chọn trường hợp"), *((labels[kind], choices) for kind, choices in kinds)
        ]  # fmt: skip

    def clean(self):
        """Number and day stand together, and only where the decision is there already."""
        cleaned = super().clean()
        if "record" in self.data:
            for name, words in (("number", "số"), ("day", "ngày ký")):
                if name in self.fields and name not in self.errors and not cleaned.get(name):
                    self.add_error(name, f"Hãy ghi {words} của quyết định đã có.")
        return cleaned

    def asked(self) -> dict:
        """What was chosen, by the names of the action."""
        kind, _, ground = self.cleaned_data["ground"].partition(":")
        return {"kind": kind, "ground": ground, "reason": self.cleaned_data["reason"]}


def _grounds(of, kind):
    """The grounds of any of the awards, each once."""
    return list(
        {f"{kind}:{code}": words for award in of for code, words in ground_choices(award, kind) if code}.items()
    )


class AskRestoringForm(DressedForm, forms.Form):
    """Why a stripped honour is to be restored."""

    ground = forms.ChoiceField(label="Trường hợp")
    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=rows(3), help_text="Bản án, quyết định nào, ngày nào."
    )

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = ground_choices(award, "restore")


class CorrectForm(DressedForm, forms.Form):
    """How a name is written rightly."""

    name = forms.CharField(label="Tên đúng", max_length=200)
    post = forms.CharField(label="Chức vụ, đơn vị đúng", max_length=400, required=False)
    reason = forms.CharField(label="Vì sao sai", max_length=300)

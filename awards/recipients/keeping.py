"""Steps about what is personal: the identity number is entered, and what is personal is erased because the person asks.

Source: the row ``erasing`` of the catalogue: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, before 2026 Nghị định 13/2023/NĐ-CP.
Awards and their decisions are records of the state and stay, with the name, gender and class of post that the figures of past
years count.
"""

from django import forms
from django.db import models
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import forget
from documents.steps.refusing import Refused

from ..catalogue.book import book_of
from ..catalogue.models import Whom
from ..log import About
from .actions import MANAGER, STEPS
from .identities import refuse_number, set_number
from .models import Identity, Recipient
from .rules import digits_of

State = Recipient.State
# What goes, and what stands there afterwards.
_PERSONAL = {"began_on": None, "began_year": None, "address": "", "ethnicity": "", "staff_code": "", "note": ""}


class IdentityForm(StepForm):
    """The number as it stands on the card; empty takes it out."""

    number = forms.CharField(
        label="Số căn cước (12 số)", required=False, max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Chỉ ghi khi hồ sơ khen thưởng cần. Để trống là xóa số đang có.",
    )  # fmt: skip

    def clean_number(self):
        """Without spaces and dots."""
        return digits_of(self.cleaned_data["number"])


def _only_of_persons(row, user) -> str:
    return "" if row.kind == Whom.PERSON else "Chỉ cá nhân có số căn cước."


def _not_of_collectives(row, user) -> str:
    return "Tập thể không có dữ liệu cá nhân." if row.kind == Whom.COLLECTIVE else ""


@STEPS.step(
    "set_identity", "Ghi số căn cước", [State.MAIN], who=MANAGER, form=IdentityForm, words=lambda row: {},
    fault=_only_of_persons, told="Đã ghi số căn cước.",
)  # fmt: skip
def set_identity(row, *, by, number):
    """Enter, change or take out the number; the log tells that, never the number."""
    before = Identity.objects.filter(recipient=row).values_list("number", flat=True).first() or ""
    if number == before:
        return {}
    if number:
        refuse_number(row, number)
    set_number(row, number)
    return {"Số căn cước": ("đã sửa" if before else "đã ghi") if number else "đã xóa"}


class Ground(models.TextChoices):
    """Why what is personal is erased. Only this is kept: words of one's own could hold a name."""

    WITHDRAWN = "withdrawn", "Người được ghi yêu cầu xóa"
    UNNEEDED = "unneeded", "Không còn cần cho việc khen thưởng"
    WRONG = "wrong", "Ghi nhầm của người khác"
    LAW = "law", "Phải xóa theo quy định của pháp luật"


class EraseForm(StepForm):
    """On which ground; gives its words."""

    reason = forms.TypedChoiceField(
        label="Lý do", choices=[("", "Chọn lý do"), *Ground.choices], coerce=lambda value: Ground(value).label
    )


_TOLD_BEFORE = "\n\n".join(
    [
        "Xóa hẳn số căn cước, ngày sinh, năm sinh, dân tộc, nơi ở, mã cán bộ, ghi chú, và những gì nhật ký của bản ghi này đã "
        "ghi. Không khôi phục được. Nhật ký chỉ còn ai đã làm bước nào, lúc nào.",
        "Họ tên, giới tính, chức vụ, quá trình công tác và các lần khen thưởng là hồ sơ của cơ quan nhà nước nên giữ lại. "
        "Văn bản đã ban hành, tệp Excel đã xuất và bản sao lưu máy chủ không tự xóa ở đây.",
    ]
)


def told_before(row) -> str:
    """What is told before what is personal is erased, with where that stands today."""
    book = book_of(timezone.localdate())
    rule = book.the("erasing")
    return _TOLD_BEFORE + (f"\n\nCăn cứ: {book.citation(rule)}." if rule else "")


@STEPS.step(
    "erase_personal", "Xóa dữ liệu cá nhân", State, who=MANAGER, form=EraseForm, needs_reason=True, words=lambda row: {},
    fault=_not_of_collectives, address="erase_recipient", hint=told_before, button="Xóa hẳn", look="danger",
    told="Đã xóa dữ liệu cá nhân theo yêu cầu. Các lần khen thưởng vẫn còn.",
)  # fmt: skip
def erase(row, *, by, reason):
    """Take out what is personal of the record and of all that was merged with it, and the words of their logs."""
    if reason not in Ground.labels:
        raise Refused("Hãy chọn lý do xóa.", "reason")
    root = row.merged_into_id or row.pk
    others = Recipient.objects.filter(models.Q(pk=root) | models.Q(merged_into=root)).exclude(pk=row.pk)
    _clear(row)
    row.save()
    # The first record last: it is found by the names and codes of the others, as they are stored then.
    for one in others.order_by(models.F("merged_into").asc(nulls_last=True), "pk"):
        _clear(one)
        one.version += 1
        one.save()


def _clear(row):
    Identity.objects.filter(recipient=row).delete()
    for name, nothing in _PERSONAL.items():
        setattr(row, name, nothing)
    row.erased_on = timezone.localdate()
    forget(About.RECIPIENT, row.pk)
    forget(About.IDENTITY, row.pk)

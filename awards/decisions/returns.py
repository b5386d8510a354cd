"""Money and items of cancelled awards that came back: noted, or taken out again where that was a mistake.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2: with the decision that is cancelled, items and money are taken back.
"""

from django import forms
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.refusing import Refused

from ..eligibility.words import dotted
from .actions import AWARD_STEPS, MANAGER, State
from .models import Cancellation, Return


def cancellation_of(award) -> Cancellation | None:
    """The cancellation of an award that stands, with what came back; as its page has read it, where it has."""
    read = award.__dict__.get("cancellations_read")
    return next(iter(cancellations_of(award) if read is None else read), None)


def cancellations_of(award) -> list[Cancellation]:
    """Those that stand, with each time that something came back."""
    rows = award.cancellations.filter(stands=True).with_returns()
    return list(rows.select_related("by__unit").prefetch_related("returns__by__unit"))


class ReturnForm(StepForm):
    """What came back, when, from whom, by which paper."""

    day = forms.DateField(label="Ngày thu hồi")
    giver = forms.CharField(label="Người, đơn vị nộp", max_length=200)
    paper = forms.CharField(
        label="Theo giấy tờ", max_length=200, help_text="Ví dụ: Biên bản thu hồi ngày …, Giấy nộp tiền số …"
    )
    amount = forms.IntegerField(label="Số tiền đã nộp (đồng)", required=False, min_value=0)
    all_items = forms.BooleanField(label="Đã nộp đủ hiện vật", required=False)

    def prepare(self):
        """What is still to come back stands there to be changed; what is not asked is not there."""
        found = cancellation_of(self.row)
        if found and found.amount_left:
            self.initial["amount"] = found.amount_left
        else:
            del self.fields["amount"]
        if found and found.items_left:
            self.fields["all_items"].help_text = found.items_left
        else:
            del self.fields["all_items"]


def _nothing_out(award, user) -> str:
    found = cancellation_of(award) if award.cancelled_on else None
    if not found:
        return "Khen thưởng này chưa hủy nên không có gì phải thu hồi."
    if found.standing == Cancellation.Standing.NOTHING:
        return "Quyết định hủy không ghi gì phải thu hồi."
    return "Đã thu hồi đủ tiền thưởng, hiện vật." if found.standing == Cancellation.Standing.BACK else ""


@AWARD_STEPS.step(
    "take_back", "Ghi đã thu hồi", [State.STANDING], who=MANAGER, form=ReturnForm, fault=_nothing_out, look="primary",
    told="Đã ghi thu hồi.",
)  # fmt: skip
def take_back(award, *, by, day, giver, paper, amount=None, all_items=False):
    """Note what came back; money may come in parts."""
    found = cancellation_of(award)
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã nộp.", "day")
    if day < found.day:
        raise Refused(f"Trước ngày ký quyết định hủy ({found.day:%d/%m/%Y}). Hãy kiểm tra lại.", "day")
    if not amount and not all_items:
        raise Refused("Hãy ghi số tiền đã nộp, hoặc đánh dấu đã nộp đủ hiện vật.", "amount")
    if (amount or 0) > found.amount_left:
        raise Refused(f"Nhiều hơn số còn phải thu ({dotted(found.amount_left)} đồng). Hãy sửa lại.", "amount")
    Return.objects.create(
        cancellation=found, day=day, giver=giver, paper=paper, amount=amount or None, all_items=all_items, by=by
    )
    return _told(day, giver, paper, amount, all_items)


def _told(day, giver, paper, amount, all_items) -> dict[str, str]:
    return {
        "Ngày thu hồi": f"{day:%d/%m/%Y}",
        "Người nộp": giver,
        "Theo giấy tờ": paper,
        "Tiền đã thu hồi": f"{dotted(amount)} đồng" if amount else "",
        "Hiện vật đã thu hồi": "đủ" if all_items else "",
    }


def _none_back(award, user) -> str:
    there = Return.objects.filter(cancellation__award=award, cancellation__stands=True).exists()
    return "" if there else "Chưa ghi thu hồi lần nào."


@AWARD_STEPS.step(
    "undo_return", "Gỡ lần thu hồi ghi nhầm", [State.STANDING], who=MANAGER, needs_reason=True, fault=_none_back,
    told="Đã gỡ lần thu hồi ghi sau cùng.",
)  # fmt: skip
def undo_return(award, *, by):
    """Take out what was noted last, by mistake; the log keeps it."""
    last = Return.objects.filter(cancellation__award=award, cancellation__stands=True).order_by("-at", "-pk").first()
    told = _told(last.day, last.giver, last.paper, last.amount, last.all_items)
    last.delete()
    return {"Đã gỡ": "; ".join(f"{name} {words}" for name, words in told.items() if words)}

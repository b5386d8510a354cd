"""Money and items of awards that were lost: what came back, what was handed over again, or taken out where that was a mistake.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2: with the decision that is cancelled, items and money are taken back;
khoản 6: an honour that is restored is handed over again.
"""

from django import forms
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.refusing import Refused

from ..eligibility.words import dotted
from .actions import MANAGER, State
from .cancelling import AWARD_STEPS
from .models import Cancellation, Return

# What rooms above do where money moves: functions (row, by=, undone=).
MOVES = []
# And where items come back or are handed over again; they may raise ``Refused``.
ITEM_MOVES = []


def cancellation_of(award) -> Cancellation | None:
    """How an award was lost last, restored or not, with what came back; as its page has read it, where it has."""
    read = award.__dict__.get("cancellations_read")
    return next(iter(cancellations_of(award) if read is None else read), None)


def cancellations_of(award) -> list[Cancellation]:
    """What stands and what was restored, with each time that something came back."""
    rows = award.cancellations.told().with_returns().order_by("-stands", "-at", "-pk")
    return list(rows.select_related("by__unit", "paper__type").prefetch_related("returns__by__unit"))


class ReturnForm(StepForm):
    """What came back, or was handed over again: when, from whom or to whom, by which paper."""

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


class GiveBackForm(ReturnForm):
    """The same of what is handed over to whom an award was restored."""

    def prepare(self):
        """In its own words."""
        super().prepare()
        words = {
            "day": "Ngày trao lại", "giver": "Người nhận lại", "amount": "Số tiền đã trao lại (đồng)",
            "all_items": "Đã trao lại đủ hiện vật",
        }  # fmt: skip
        for name in words.keys() & self.fields.keys():
            self.fields[name].label = words[name]
        self.fields["paper"].help_text = "Ví dụ: Biên bản trao lại ngày …, Phiếu chi số …"


def _nothing_out(award, user) -> str:
    found = cancellation_of(award) if award.cancelled_on else None
    if not found:
        return "Khen thưởng này chưa hủy nên không có gì phải thu hồi."
    if found.standing == Cancellation.Standing.NOTHING:
        return "Quyết định hủy không ghi gì phải thu hồi."
    return "Đã thu hồi đủ tiền thưởng, hiện vật." if found.standing == Cancellation.Standing.BACK else ""


def _nothing_owed(award, user) -> str:
    found = cancellation_of(award) if award.back_on and not award.cancelled_on else None
    is_owed = found and found.standing == Cancellation.Standing.OWED
    return "" if is_owed else "Không có tiền thưởng, hiện vật phải trao lại."


def _note(award, *, by, since, what, to_holder, typed):
    """Keep that something came back or was handed over again; money may come in parts. Raises ``Refused``."""
    found, day, amount = cancellation_of(award), typed["day"], typed["amount"]
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã {what}.", "day")
    if day < since:
        raise Refused(f"Trước ngày ký quyết định ({since:%d/%m/%Y}). Hãy kiểm tra lại.", "day")
    if not amount and not typed["all_items"]:
        raise Refused(f"Hãy ghi số tiền đã {what}, hoặc đánh dấu đã {what} đủ hiện vật.", "amount")
    if (amount or 0) > found.amount_left:
        left = "còn phải trao lại" if to_holder else "còn phải thu"
        raise Refused(f"Nhiều hơn số {left} ({dotted(found.amount_left)} đồng). Hãy sửa lại.", "amount")
    row = Return.objects.create(cancellation=found, to_holder=to_holder, by=by, **typed | {"amount": amount or None})
    _moved(row, by=by)
    return _told(row)


def _moved(row, *, by, undone=False):
    for heard in [*(MOVES if row.amount else ()), *(ITEM_MOVES if row.all_items else ())]:
        heard(row, by=by, undone=undone)


@AWARD_STEPS.step(
    "take_back", "Ghi đã thu hồi", [State.STANDING], who=MANAGER, form=ReturnForm, fault=_nothing_out, look="primary",
    told="Đã ghi thu hồi.",
)  # fmt: skip
def take_back(award, *, by, day, giver, paper, amount=None, all_items=False):
    """Note what came back (Luật 2022, Điều 93 khoản 2)."""
    typed = {"day": day, "giver": giver, "paper": paper, "amount": amount, "all_items": all_items}
    return _note(award, by=by, since=award.cancelled_on, what="nộp", to_holder=False, typed=typed)


@AWARD_STEPS.step(
    "give_back", "Ghi đã trao lại", [State.STANDING], who=MANAGER, form=GiveBackForm, fault=_nothing_owed, look="primary",
    told="Đã ghi trao lại.",
)  # fmt: skip
def give_back(award, *, by, day, giver, paper, amount=None, all_items=False):
    """Note what was handed over again after the award was restored (Luật 2022, Điều 93 khoản 6)."""
    typed = {"day": day, "giver": giver, "paper": paper, "amount": amount, "all_items": all_items}
    return _note(award, by=by, since=award.back_on, what="trao lại", to_holder=True, typed=typed)


def _told(row) -> dict[str, str]:
    what = "trao lại" if row.to_holder else "thu hồi"
    return {
        f"Ngày {what}": f"{row.day:%d/%m/%Y}",
        "Người nhận lại" if row.to_holder else "Người nộp": row.giver,
        "Theo giấy tờ": row.paper,
        f"Tiền đã {what}": f"{dotted(row.amount)} đồng" if row.amount else "",
        f"Hiện vật đã {what}": "đủ" if row.all_items else "",
    }


def _last_noted(award) -> Return | None:
    """What was noted last of the loss that is told last; of one that was restored, what was handed over again alone."""
    found = cancellation_of(award)
    rows = Return.objects.filter(cancellation=found, to_holder=bool(found and found.restored_on))
    return rows.order_by("-at", "-pk").first()


def _none_noted(award, user) -> str:
    return "" if _last_noted(award) else "Chưa ghi thu hồi, trao lại lần nào."


@AWARD_STEPS.step(
    "undo_return", "Gỡ lần thu hồi, trao lại ghi nhầm", [State.STANDING], who=MANAGER, needs_reason=True, fault=_none_noted,
    told="Đã gỡ lần ghi sau cùng.",
)  # fmt: skip
def undo_return(award, *, by):
    """Take out what was noted last, by mistake; the log keeps it."""
    last = _last_noted(award)
    told = _told(last)
    _moved(last, by=by, undone=True)
    last.delete()
    return {"Đã gỡ": "; ".join(f"{name} {words}" for name, words in told.items() if words)}

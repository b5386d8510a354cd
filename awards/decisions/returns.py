"""Money and items of awards that were lost: what came back, what was handed over again, or taken out where that was a mistake.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2: with the decision that is cancelled, items and money are taken back;
khoản 6: an honour that is restored is handed over again.
"""

import re

from django import forms
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.refusing import Refused

from ..eligibility.words import dotted
from ..records.models import Award
from .actions import MANAGER, State
from .cancelling import AWARD_STEPS
from .models import Cancellation, Return

# What rooms above do where money moves: functions (row, by=, undone=).
MOVES = []
# And where items come back or are handed over again; they may raise ``Refused``.
ITEM_MOVES = []
# What they know of the items of an award that are out: functions (award) that give [(key, name)], nothing where they know none.
ITEMS_OUT = []
_BETWEEN = re.compile(r"[,;\n]")


def cancellation_of(award) -> Cancellation | None:
    """How an award was lost last, restored or not, with what came back; as its page has read it, where it has."""
    read = award.__dict__.get("cancellations_read")
    return next(iter(cancellations_of(award) if read is None else read), None)


def cancellations_of(award) -> list[Cancellation]:
    """What stands and what was restored, with each time that something came back."""
    rows = award.cancellations.told().with_returns().order_by("-stands", "-at", "-pk")
    return list(rows.select_related("by__unit", "paper__type").prefetch_related("returns__by__unit"))


def items_out(award, found) -> list[tuple[str, str]]:
    """[(key, name)] of the items of a lost award that are still to come back, each by itself: as rooms above know them, else by
    the words of its cancellation.
    """
    if not found or not found.items_left:
        return []
    known = [row for asks in ITEMS_OUT for row in asks(award)]
    words = dict.fromkeys(one.strip() for one in _BETWEEN.split(found.items_left))
    return known or [(word, word) for word in words if word]


class ReturnForm(StepForm):
    """What came back: when, from whom, by which paper."""

    day = forms.DateField(label="Ngày thu hồi")
    giver = forms.CharField(label="Người, đơn vị nộp", max_length=200)
    paper = forms.CharField(
        label="Theo giấy tờ", max_length=200, help_text="Ví dụ: Biên bản thu hồi ngày …, Giấy nộp tiền số …"
    )
    amount = forms.IntegerField(label="Số tiền đã nộp (đồng)", required=False, min_value=0)
    parts = forms.MultipleChoiceField(label="Hiện vật đã nộp", required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self):
        """What is still to come back stands there to be changed; what is not asked is not there."""
        found = cancellation_of(self.row)
        if found and found.amount_left:
            self.initial["amount"] = found.amount_left
        else:
            del self.fields["amount"]
        self.offer_items(found)

    def offer_items(self, found):
        """Each item by itself."""
        if rows := items_out(self.row, found):
            self.fields["parts"].choices = rows
        else:
            del self.fields["parts"]


class GiveBackForm(ReturnForm):
    """What is handed over to whom an award was restored: money, and all items at once."""

    parts = None
    all_items = forms.BooleanField(label="Đã trao lại đủ hiện vật", required=False)

    def offer_items(self, found):
        """All of them at once."""
        if found and found.items_left:
            self.fields["all_items"].help_text = found.items_left
        else:
            del self.fields["all_items"]

    def prepare(self):
        """In its own words."""
        super().prepare()
        words = {
            "day": "Ngày trao lại", "giver": "Người nhận lại", "amount": "Số tiền đã trao lại (đồng)",
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


def _note(award, found, *, by, since, what, to_holder, typed):
    """Keep that something came back or was handed over again; money may come in parts. Raises ``Refused``."""
    day, amount = typed["day"], typed["amount"]
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã {what}.", "day")
    if day < since:
        raise Refused(f"Trước ngày ký quyết định ({since:%d/%m/%Y}). Hãy kiểm tra lại.", "day")
    if not amount and not typed["all_items"] and not typed.get("items"):
        raise Refused(f"Hãy ghi số tiền, hoặc chọn hiện vật đã {what}.", "amount" if found.amount_left else "parts")
    if (amount or 0) > found.amount_left:
        left = "còn phải trao lại" if to_holder else "còn phải thu"
        raise Refused(f"Nhiều hơn số {left} ({dotted(found.amount_left)} đồng). Hãy sửa lại.", "amount")
    row = Return.objects.create(cancellation=found, to_holder=to_holder, by=by, **typed | {"amount": amount or None})
    _moved(row, by=by)
    return _told(row)


def _moved(row, *, by, undone=False):
    for heard in [*(MOVES if row.amount else ()), *(ITEM_MOVES if row.all_items or row.items else ())]:
        heard(row, by=by, undone=undone)


@AWARD_STEPS.step(
    "take_back", "Ghi đã thu hồi", [State.STANDING], who=MANAGER, form=ReturnForm, fault=_nothing_out, look="primary",
    told="Đã ghi thu hồi.",
)  # fmt: skip
def take_back(award, *, by, day, giver, paper, amount=None, parts=(), all_items=False):
    """Note what came back (Luật 2022, Điều 93 khoản 2): money, and the items of ``parts`` (keys), or ``all_items``."""
    found = cancellation_of(award)
    out = items_out(award, found)
    back = [(key, name) for key, name in out if all_items or key in parts]
    left = [name for key, name in out if all(key != one for one, _ in back)]
    names = ", ".join(name for _, name in back)
    typed = {"day": day, "giver": giver, "paper": paper, "amount": amount, "items": names}
    typed |= {"parts": [key for key, _ in back], "all_items": bool(all_items or (back and not left))}
    told = _note(award, found, by=by, since=award.cancelled_on, what="nộp", to_holder=False, typed=typed)
    if back:
        _tell_items(found, [*filter(None, [found.items_in]), names], left)
    return told


def _tell_items(found, came, left):
    """Which items of a loss are in and which are out, while there are of both."""
    found.items_in, found.items_out = (", ".join(came), ", ".join(left)) if left and came else ("", "")
    Cancellation.objects.filter(pk=found.pk).update(items_in=found.items_in, items_out=found.items_out)


@AWARD_STEPS.step(
    "give_back", "Ghi đã trao lại", [State.STANDING], who=MANAGER, form=GiveBackForm, fault=_nothing_owed, look="primary",
    told="Đã ghi trao lại.",
)  # fmt: skip
def give_back(award, *, by, day, giver, paper, amount=None, all_items=False):
    """Note what was handed over again after the award was restored (Luật 2022, Điều 93 khoản 6)."""
    typed = {"day": day, "giver": giver, "paper": paper, "amount": amount, "all_items": all_items}
    return _note(
        award, cancellation_of(award), by=by, since=award.back_on, what="trao lại", to_holder=True, typed=typed
    )


def _told(row) -> dict[str, str]:
    what = "trao lại" if row.to_holder else "thu hồi"
    return {
        f"Ngày {what}": f"{row.day:%d/%m/%Y}",
        "Người nhận lại" if row.to_holder else "Người nộp": row.giver,
        "Theo giấy tờ": row.paper,
        f"Tiền đã {what}": f"{dotted(row.amount)} đồng" if row.amount else "",
        f"Hiện vật đã {what}": row.items_told,
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
    if not last.to_holder:
        _items_again(award)
    return {"Đã gỡ": "; ".join(f"{name} {words}" for name, words in told.items() if words)}


def _items_again(award):
    """What is in and what is out of a loss once a return was taken out."""
    found = cancellation_of(Award.objects.get(pk=award.pk))
    came = [row.items for row in found.returns.all() if row.items and not row.to_holder]
    _tell_items(found, [], [])
    if came:
        told = ", ".join(came)
        words = [name for _, name in items_out(award, found)]
        _tell_items(found, [told], [name for name in words if name not in told.split(", ")])

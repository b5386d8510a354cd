"""Cards of a conference: numbered, with a code for the door; seats given in order or from a list; a lost card made void.

The conference is held while cards are numbered, so that a number and a code are given once, whoever presses at the same moment.
"""

import re
from collections import Counter

from django import forms
from django.db.models import Case, IntegerField, Max, Value, When
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import record
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.forms import rows as rows_of_text

from ..delegates.actions import DELEGATES, KEEPING, called, keeps
from ..delegates.adding import OPEN
from ..delegates.models import Delegate
from ..events.models import Event, Role
from ..log import About
from . import codes

_BATCH, _NAMED = 200, 5
MOST_SEATS = 5000
_ROW = re.compile(
    r"(?P<row>[^\W\d_]{1,4}|\d{0,2}[^\W\d_]{1,3})\s*[:=]\s*(?P<first>\d{1,3})(?:\s*[-–]\s*(?P<last>\d{1,3}))?"
)
# The order in which cards are numbered and seats given: official delegates first, within a kind by delegation.
ORDER = [Role.OFFICIAL, Role.GUEST, Role.RESERVE, Role.SERVICE]
DECIDING = Who(lambda event, user: keeps(event, user), lambda event: called(event))

CARDS = Steps(Event, "hội nghị", about=About.EVENT, related=["unit", "plan", "level"], address="card_step")


def in_order(rows, by="delegation"):
    """``rows``, delegates, in the order of cards: by kind, then by delegation or by name alone; who presides first."""
    kinds = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(ORDER)), output_field=IntegerField())
    duties = Case(
        *(When(duty=duty, then=Value(place)) for place, duty in enumerate(Delegate.Post.values)), default=Value(9),
        output_field=IntegerField(),
    )  # fmt: skip
    groups = ["delegation__unit__sort_text", "delegation"] if by == "delegation" else []
    return rows.order_by(kinds, duties, *groups, "sort_text", "pk")


class OrderForm(StepForm):
    """In which order cards are numbered."""

    order = forms.ChoiceField(
        label="Xếp số theo",
        choices=[("delegation", "Loại đại biểu, rồi đoàn, rồi tên"), ("name", "Loại đại biểu, rồi tên")],
    )


def without_card(event):
    """Delegates of ``event`` who have no card yet."""
    return Delegate.objects.filter(event=event, code=None).counted()


def _all_have(event, user) -> str:
    return "" if without_card(event).exists() else "Mọi đại biểu trong danh sách đã có thẻ."


@CARDS.step("number_cards", "Cấp số và mã thẻ", OPEN, who=DECIDING, form=OrderForm, fault=_all_have, renews=False, look="primary",
            told="Đã cấp số và mã thẻ.", hint="Cấp cho đại biểu chưa có thẻ; số đã cấp giữ nguyên.")  # fmt: skip
def number_cards(event, *, by, order="delegation"):
    """A number and a code for each delegate who has none, behind the numbers that there are."""
    rows = list(in_order(without_card(event), order))
    if event.letters is None:
        event.letters = _letters()
    last = Delegate.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0
    taken = set(Delegate.objects.filter(code__startswith=event.letters).order_by().values_list("code", flat=True))
    for place, row in enumerate(rows, last + 1):
        row.number, row.code, row.printed_on = place, codes.make(event.letters, taken), None
        row.version += 1
        row.tidy()
        taken.add(row.code)
    Delegate.objects.bulk_update(rows, ["number", "code", "printed_on", "search_text", "version"], batch_size=_BATCH)
    return {"Cấp thẻ": f"{len(rows)} thẻ, số {last + 1}–{last + len(rows)}"}


def _letters() -> str:
    """Letters that no event has; two events at one moment hardly get the same, and the database lets only one of them."""
    return codes.event_letters(set(Event.objects.exclude(letters=None).order_by().values_list("letters", flat=True)))


# --- A card that was lost


def _no_card(row, user) -> str:
    return "" if row.code else "Người này chưa có thẻ."


@DELEGATES.step("renew_card", "Mất thẻ, cấp mã mới", [Delegate.State.CHOSEN, Delegate.State.ACCEPTED], who=KEEPING,
                needs_reason=True, fault=_no_card, icon="replace", told="Đã cấp mã mới; thẻ cũ không vào cửa được nữa.",
                hint="Thẻ cũ không vào cửa được nữa; hãy in thẻ mới.")  # fmt: skip
def renew_card(delegate, *, by, reason):
    """Another code under the same number: who holds the old card does not get in."""
    rows = Delegate.objects.filter(code__startswith=delegate.event.letters).order_by()
    delegate.code, delegate.printed_on = (
        codes.make(delegate.event.letters, set(rows.values_list("code", flat=True))),
        None,
    )
    delegate.tidy()
    return {"Mã thẻ": "cấp mới"}


# --- Seats


class SeatForm(StepForm):
    """Which seats there are, and who gets one."""

    seats = forms.CharField(
        label="Các hàng ghế", max_length=2000, widget=rows_of_text(4),
        help_text="Mỗi hàng một dòng: tên hàng, dấu hai chấm, số ghế. Ví dụ: A: 20, hoặc B: 5-24.",
    )  # fmt: skip
    order = forms.ChoiceField(
        label="Xếp theo",
        choices=[("delegation", "Loại đại biểu, rồi đoàn, rồi tên"), ("name", "Loại đại biểu, rồi tên")],
    )
    again = forms.BooleanField(label="Xếp lại cả người đã có chỗ", required=False)

    def clean_seats(self):
        """The seats in their order. Raises ``ValidationError`` for a line that tells none."""
        try:
            return seats_in(self.cleaned_data["seats"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


def seats_in(words: str) -> list[str]:
    """``A: 3`` and ``B: 5-6`` are A1, A2, A3, B5, B6. Raises ``Refused`` for a line that tells no seats, or one seat twice."""
    found = []
    for line in words.splitlines():
        if not line.strip():
            continue
        told = _ROW.fullmatch(line.strip().upper())
        if not told:
            raise Refused(f"Không rõ dòng «{line.strip()[:40]}». Hãy ghi như A: 20, hoặc B: 5-24.")
        first, last = (int(told["first"]), int(told["last"])) if told["last"] else (1, int(told["first"]))
        if last < first:
            raise Refused(f"Dòng «{line.strip()}»: số cuối nhỏ hơn số đầu.")
        found += [f"{told['row']}{number}" for number in range(first, last + 1)]
    if twice := next((seat for seat, number in Counter(found).items() if number > 1), None):
        raise Refused(f"Ghế {twice} ghi hai lần.")
    if not found or len(found) > MOST_SEATS:
        raise Refused(f"Hãy ghi từ 1 đến {MOST_SEATS} ghế.")
    return found


@CARDS.step("seat_in_order", "Xếp chỗ theo thứ tự", OPEN, who=DECIDING, form=SeatForm, renews=False, told="Đã xếp chỗ.")
def seat_in_order(event, *, by, seats, order="delegation", again=False):
    """Each counted delegate without a seat gets the next free one, or all anew; refused where there are too few."""
    everybody = list(in_order(Delegate.objects.filter(event=event).counted(), order))
    waiting = everybody if again else [row for row in everybody if not row.seat]
    taken = set() if again else {row.seat for row in everybody if row.seat}
    free = [seat for seat in seats if seat not in taken]
    if not waiting:
        raise Refused("Mọi đại biểu đã có chỗ. Muốn xếp lại, hãy đánh dấu ô dưới.")
    if len(free) < len(waiting):
        raise Refused(f"Có {len(free)} ghế trống cho {len(waiting)} đại biểu. Hãy ghi thêm hàng ghế.", "seats")
    changed = _seat(dict(zip(waiting, free, strict=False)))
    return {"Xếp chỗ": f"{len(changed)} đại biểu, {free[0]}–{free[len(waiting) - 1]}"}


@CARDS.step("seat_from_list", "Nhập chỗ từ Excel", OPEN, who=DECIDING, form=None, renews=False)
def seat_from_list(event, *, by, seats: dict[int, str], source=""):
    """Seats by number of card, as a list says; an empty one takes a seat away. All or none."""
    rows = {row.number: row for row in Delegate.objects.filter(event=event, number__in=seats).counted()}
    if lost := sorted(set(seats) - set(rows)):
        raise Refused(f"Không có thẻ số {', '.join(map(str, lost[:_NAMED]))} trong danh sách.")
    after = dict(Delegate.objects.filter(event=event).counted().order_by().values_list("pk", "seat"))
    after |= {rows[number].pk: seat for number, seat in seats.items()}
    if twice := next((seat for seat, count in Counter(filter(None, after.values())).items() if count > 1), None):
        raise Refused(f"Chỗ {twice} xếp cho hai người. Hãy sửa một dòng.")
    changed = _seat({rows[number]: seat for number, seat in seats.items()})
    return {"Xếp chỗ": f"{len(changed)} đại biểu", "Từ": source} if changed else {}


def _seat(seats: dict) -> list:
    changed = [row for row, seat in seats.items() if row.seat != seat]
    for row in changed:
        row.seat, row.printed_on = seats[row], None
        row.version += 1
    Delegate.objects.bulk_update(changed, ["seat", "printed_on", "version"], batch_size=_BATCH)
    return changed


# --- Printed


def mark_printed(event, keys, *, by):
    """Note that the cards of these delegates were printed, and tell the log how many."""
    Delegate.objects.filter(event=event, pk__in=keys).update(printed_on=timezone.localdate())
    record(About.EVENT, event, "In thẻ", by=by, what="print_cards", after={"In": f"{len(keys)} thẻ"})

"""The agenda of a meeting: nominations put on it, many at once, taken off again, bound in number.

A nomination is before one council at a time: it is held while it is taken, so that of two meetings that ask for it one gets it
and the other one is told.
"""

from django import forms

from documents.steps.forms import StepForm
from documents.steps.refusing import Refused, first_of
from units.forms import dress

from ..catalogue.book import book_of, called
from ..nominations.models import Opinion
from ..nominations.moving import locked, move
from .models import Bound, Item
from .rules import DEPARTMENT, STEPS, Stage, State, fault_of_nomination, items_of

# How many of those that cannot go are named one by one.
NAMED = 10
_KINDS = ["collective", "person", "household"]


@STEPS.step("add", "Đưa đề nghị vào chương trình", [State.DRAFT], who=DEPARTMENT, form=None)
def add(meeting, *, by, keys):
    """Put the nominations of ``keys`` on the agenda; those that cannot go stay and are told in ``meeting.left_out``.

    Raises ``Refused`` where none can go.
    """
    rows = locked(keys)
    found = Opinion.nominations.through.objects.filter(opinion__state=Opinion.State.OPEN, nomination__in=rows)
    open_ones = set(found.values_list("nomination", flat=True))
    faults = {row.pk: fault_of_nomination(row, open_ones) for row in rows}
    going = [row for row in rows if not faults[row.pk]]
    meeting.left_out = [f"{row.name}: {faults[row.pk]}" for row in rows if faults[row.pk]]
    if not going:
        raise Refused(f"Không đưa được đề nghị nào vào chương trình. {left_words(meeting.left_out)}".strip())
    move(going, Stage.COUNCIL, by=by, what="to_council", act="Đưa vào chương trình của Hội đồng", told=_told(meeting))
    Item.objects.bulk_create((Item(meeting=meeting, nomination=row, position=0) for row in going), batch_size=500)
    put_in_order(meeting)
    return {"Đưa vào chương trình": f"{len(going)} đề nghị"}


def left_words(left) -> str:
    """Those that could not go, each with its reason."""
    if not left:
        return "" if left else "Hãy chọn đề nghị trong danh sách."
    return f"Không đưa vào được: {first_of(left, 'đề nghị', most=NAMED)}."


def _told(meeting):
    return lambda row: {"Cuộc họp": str(meeting)}


def put_in_order(meeting) -> None:
    """By the rank of awards, collectives before persons before households, then as their files have them. Two queries."""
    rows = list(items_of(meeting))
    rows.sort(key=_place)
    for position, row in enumerate(rows, 1):
        row.position = position
    Item.objects.bulk_update(rows, ["position"], batch_size=500)


def _place(item):
    row = item.nomination
    return (
        row.type.rank,
        _KINDS.index(row.recipient.kind),
        row.dossier.unit.sort_text,
        row.dossier_id,
        row.position,
    )


@STEPS.step("take_off", "Bỏ khỏi chương trình", [State.DRAFT], who=DEPARTMENT, form=None)
def take_off(meeting, *, by, keys):
    """Take the items of ``keys`` off: their nominations wait to be considered again."""
    rows = [row for row in items_of(meeting) if row.pk in set(keys)]
    if not rows:
        raise Refused("Hãy chọn đề nghị cần bỏ khỏi chương trình.")
    give_back(rows, by=by, act="Bỏ khỏi chương trình của Hội đồng", told=_told(meeting))
    meeting.items.filter(pk__in=[row.pk for row in rows]).delete()
    put_in_order(meeting)
    return {"Bỏ khỏi chương trình": f"{len(rows)} đề nghị"}


def give_back(items, *, by, act, reason="", told=None, states=(Stage.COUNCIL,)) -> None:
    """Have the nominations of ``items`` wait to be considered again, as far as they stand at one of ``states``."""
    rows = [row for row in locked(item.nomination_id for item in items) if row.state in states]
    move(rows, Stage.FIT, by=by, what="from_council", act=act, reason=reason, told=told)


class BoundsForm(StepForm):
    """A number for each award on the agenda."""

    def prepare(self):
        """As it is set; in the beginning what the catalogue lays down for a year."""
        self.types = self.row.types
        set_ones = self.row.most_by_type
        book = book_of(self.row.held_on)
        for award in self.types:
            rule = book.the("quota", award.code)
            field = forms.IntegerField(label=called(award), min_value=1, max_value=9999, required=False)
            field.help_text = f"Trên chương trình: {award.number}. Để trống khi không giới hạn."
            field.initial = set_ones.get(award.pk, rule.value if rule and not set_ones else None)
            self.fields[f"most-{award.pk}"] = field
        dress(self)

    def typed(self):
        """``bounds``: {award: number}."""
        typed = super().typed()
        bounds = {award: typed.pop(f"most-{award.pk}") for award in self.types}
        return typed | {"bounds": {award: most for award, most in bounds.items() if most}}


@STEPS.step(
    "bound", "Giới hạn số lượng được chọn", [State.DRAFT], who=DEPARTMENT, form=BoundsForm, button="Lưu",
    hint="Khi nhiều đề nghị đủ phiếu hơn số lượng: chọn theo số phiếu; bằng phiếu ở chỗ cuối thì Chủ tịch Hội đồng quyết định.",
    told="Đã lưu số lượng.", fault=lambda row, user: "" if row.has_items else "Chương trình chưa có đề nghị nào.",
)  # fmt: skip
def bound(meeting, *, by, bounds):
    """At most so many of an award are chosen."""
    meeting.bounds.all().delete()
    Bound.objects.bulk_create(Bound(meeting=meeting, type=award, most=most) for award, most in bounds.items())
    return {f"Chọn nhiều nhất: {called(award)}": str(most) for award, most in bounds.items()}

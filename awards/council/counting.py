"""The count of a meeting, of an open vote from its rows, of a secret one from the box; more than the quota; a tie.

The result of each nomination goes to it in the same step, with its arithmetic.
"""

from collections import defaultdict

from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from clusters.ballots.rules import SECRET_FROM
from documents.models import Document
from documents.steps.forms import StepForm
from documents.steps.refusing import Refused
from units.forms import rows as text_area
from units.shares import chosen_of

from ..catalogue.book import book_of, called
from ..nominations.choosing import preferences
from ..nominations.moving import locked, move
from . import agenda
from .models import OF_MEETING, Item, Vote
from .rules import CHAIR, DEPARTMENT, STEPS, Came, Stage, State, attendance, is_out, items_of, seats_of


class CountForm(StepForm):
    """What the chair concluded."""

    conclusion = forms.CharField(
        label="Kết luận của Chủ trì", required=False, max_length=5000, widget=text_area(4),
        help_text="Ghi vào biên bản; để trống cũng được.",
    )  # fmt: skip


def fault_of_counting(meeting, _user) -> str:
    """Why the votes cannot be counted yet."""
    found = attendance(meeting)
    if not found.is_enough:
        return (
            f"Chưa đủ thành viên dự họp: {found.there} có mặt, ủy quyền; cần {found.needed} của {found.whole}. "
            "Hãy điểm danh, hoặc hủy cuộc họp."
        )
    if not found.voted:
        return "Chưa có phiếu nào. Chờ phiếu, hoặc hủy cuộc họp."
    if meeting.is_secret and found.voted < SECRET_FROM:
        return f"Mới có {found.voted} phiếu, kiểm lúc này sẽ biết ai chọn ai: chờ ít nhất {SECRET_FROM} phiếu, hoặc hủy cuộc họp."
    return ""


@STEPS.step(
    "count", "Kiểm phiếu", [State.OPEN], to=State.COUNTED, who=DEPARTMENT, form=CountForm, address="count_council_votes",
    icon="list-numbers", look="primary", fault=fault_of_counting, told="Đã kiểm phiếu; kết quả đã ghi vào từng đề nghị.",
    hint="Kết thúc bỏ phiếu: đề nghị đủ phiếu được thông qua, đề nghị không đủ thì dừng, ghi rõ số phiếu.",
)  # fmt: skip
def count(meeting, *, by, conclusion=""):
    """Fix the result of every item that still goes on, and tell its nomination."""
    # Held first: whoever withdraws one of them meanwhile was faster, or finds it decided.
    locked(meeting.items.values_list("nomination", flat=True))
    items = list(items_of(meeting))
    agreed, against = _of_box(meeting) if meeting.is_secret else _of_votes(meeting)
    for item in items:
        item.stands = not is_out(item)
        if item.stands:
            item.agreed, item.against = agreed.get(item.pk, 0), against.get(item.pk, 0)
    standing = [item for item in items if item.stands]
    # Who was not said to be there, and sent nothing, was not.
    meeting.seats.filter(came=Came.UNKNOWN).update(came=Came.ABSENT)
    groups = defaultdict(list)
    for item in standing:
        groups[item.nomination.type_id].append(item)
    for award, group in groups.items():
        _choose(group, meeting.most_by_type.get(award))
    Item.objects.bulk_update(items, ["agreed", "against", "chosen", "stands"], batch_size=500)
    meeting.conclusion, meeting.counted_at = conclusion.strip(), timezone.now()
    tell_nominations(meeting, [item for item in standing if item.chosen is not None], by=by)
    return {"Kết quả": counts_of(items)}


def _of_votes(meeting):
    rows = Vote.objects.filter(item__meeting=meeting).values("item").order_by()
    rows = list(rows.annotate(yes=Count("pk", filter=Q(agrees=True)), no=Count("pk", filter=Q(agrees=False))))
    return {row["item"]: row["yes"] for row in rows}, {row["item"]: row["no"] for row in rows}


def _of_box(meeting):
    """What the box holds; it is emptied for good."""
    box = meeting.box
    found = [{int(key): votes for key, votes in sums.items()} for sums in (box.agreed, box.against)]
    box.delete()
    return found


def _choose(items, most):
    """Set who is chosen of the items of one award: all with votes enough, or the highest ``most``; None for equals at the last
    place.
    """
    # Of one award the threshold is one.
    votes = {item.pk: item.agreed for item in items}
    winners = chosen_of(votes, most or len(items), items[0].needed)
    rest = [item.agreed for item in items if item.pk not in winners and item.agreed >= item.needed]
    tied_at = max(rest) if rest and len(winners) < (most or len(items)) else None
    for item in items:
        item.chosen = True if item.pk in winners else None if item.agreed == tied_at else False


def tell_nominations(meeting, items, *, by, reason="") -> None:
    """Each nomination hears what became of it, with the votes."""
    rows = {row.pk: row for row in locked(item.nomination_id for item in items)}
    items = {item.nomination_id: item for item in items if rows[item.nomination_id].state == Stage.COUNCIL}
    passed = [rows[key] for key, item in items.items() if item.chosen]
    failed = [rows[key] for key, item in items.items() if not item.chosen]
    how = {"by": by, "told": lambda row: {"Hội đồng bỏ phiếu": items[row.pk].arithmetic}, "reason": reason}
    move(passed, Stage.PASSED, what="passed", act="Hội đồng thông qua", **how)
    move(
        failed, Stage.FAILED, what="failed", act="Hội đồng không thông qua",
        refusal=lambda row: refusal_words(meeting, items[row.pk]), **how,
    )  # fmt: skip


def refusal_words(meeting, item) -> str:
    """Why it goes no further, for the unit: the votes, what was needed, where that stands."""
    where = f"; {item.rule}" if item.rule else ""
    day = f"Hội đồng bỏ phiếu ngày {meeting.held_on:%d/%m/%Y}"
    if item.agreed >= item.needed:
        return f"{day}: {item.arithmetic}; đủ phiếu nhưng số lượng được chọn đã hết, các đề nghị khác có nhiều phiếu hơn{where}."
    return f"{day}: không đủ phiếu, {item.arithmetic}{where}."


def counts_of(items) -> str:
    """How many of an agenda passed, failed, stand equal, were withdrawn."""
    parts = [
        ("thông qua", sum(item.chosen is True for item in items)),
        ("không thông qua", sum(item.chosen is False for item in items)),
        ("ngang phiếu, chờ Chủ tịch Hội đồng", sum(item.stands and item.chosen is None for item in items)),
        ("đã rút", sum(not item.stands for item in items)),
    ]
    return ", ".join(f"{number} {words}" for words, number in parts if number)


# --- Equal at the last place


def left_places(meeting) -> dict[int, int]:
    """{award type: places that a tie left open}."""
    types = {item.nomination.type_id for item in meeting.ties}
    return {key: meeting.most_by_type[key] - meeting.passed_by_type.get(key, 0) for key in types}


class TieForm(StepForm):
    """Which of the equals are chosen, by the chair."""

    items = forms.ModelMultipleChoiceField(
        label="Chủ tịch Hội đồng chọn", queryset=Item.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="Lý do", max_length=1000, widget=text_area(3))

    def prepare(self):
        """Offer those that stand equal; first whom the rules of the day prefer among equals."""
        field, hints = self.fields["items"], hints_of(self.row, self.row.ties)
        field.queryset = Item.objects.filter(pk__in=[item.pk for item in self.row.ties]).select_related("nomination")
        field.label_from_instance = lambda item: f"{item.nomination.name}: {item.agreed} phiếu{hints.get(item.pk, '')}"
        names = {item.nomination.type_id: called(item.nomination.type) for item in self.row.ties}
        left = [f"{names[key]}: còn {number} chỗ" for key, number in left_places(self.row).items()]
        field.help_text = "; ".join(left)


def hints_of(meeting, items) -> dict[int, str]:
    """{item: why it goes first among equals, by the rules of the day}."""
    rows = {item.pk: item.nomination for item in items}
    found = preferences(list(rows.values()), meeting.held_on)
    rule = book_of(meeting.held_on).the("tie")
    where = f", {book_of(meeting.held_on).citation(rule)}" if rule else ""
    return {
        key: f" (ưu tiên khi bằng nhau: {', '.join(found[row.pk])}{where})"
        for key, row in rows.items()
        if found[row.pk]
    }


@STEPS.step(
    "break_tie", "Chọn trong số ngang phiếu", [State.COUNTED], who=CHAIR, form=TieForm, needs_reason=True, look="primary",
    told="Đã ghi quyết định của Chủ tịch Hội đồng.",
    fault=lambda row, user: "" if row.ties else "Không còn đề nghị nào ngang phiếu.",
    hint="Các đề nghị ngang phiếu ở chỗ cuối: Chủ tịch Hội đồng quyết định chọn ai.",
)  # fmt: skip
def break_tie(meeting, *, by, items, reason):
    """The chair decides which of those that stand equal are chosen; the others are not."""
    locked(meeting.items.values_list("nomination", flat=True))
    open_ones, wanted = meeting.ties, {item.pk for item in items}
    for award, left in left_places(meeting).items():
        group = [item for item in open_ones if item.nomination.type_id == award]
        number = sum(item.pk in wanted for item in group)
        if number != min(left, len(group)):
            raise Refused(f"Còn {left} chỗ, đang chọn {number}. Hãy chọn đúng {min(left, len(group))}.", "items")
    for item in open_ones:
        item.chosen, item.by_chair = item.pk in wanted, item.pk in wanted
    Item.objects.bulk_update(open_ones, ["chosen", "by_chair"])
    tell_nominations(meeting, open_ones, by=by, reason=reason)
    return {"Chủ tịch Hội đồng chọn": "; ".join(item.nomination.name for item in open_ones if item.chosen)}


# --- Declared void


def _fault_of_annulling(meeting, _user) -> str:
    if row := meeting.decided:
        return f"{row.name} đã vào quyết định. Hãy bỏ khỏi dự thảo quyết định trước; quyết định đã ban hành thì không hủy được."
    return ""


@STEPS.step(
    "annul", "Hủy kết quả kiểm phiếu", [State.COUNTED], to=State.ANNULLED, who=DEPARTMENT, needs_reason=True,
    look="ghost-danger", icon="x", address="annul_council_meeting", fault=_fault_of_annulling,
    told="Đã hủy kết quả; các đề nghị trở lại chờ xét.",
    hint="Khi ghi nhầm phiếu. Kết quả vẫn xem được, kèm lý do; các đề nghị trở lại chờ xét. Không khôi phục được.",
)  # fmt: skip
def annul(meeting, *, by, reason):
    """Declare a count void, as where papers were entered wrongly: its nominations wait to be considered again."""
    if issued := OF_MEETING.of(meeting.pk).filter(state=Document.State.ISSUED).exclude(type__code="GM").last():
        raise Refused(f"{issued.name} đã phát hành theo kết quả này. Hãy thu hồi văn bản đó trước.")
    items = list(items_of(meeting).filter(stands=True))
    states = (Stage.COUNCIL, Stage.PASSED, Stage.FAILED)
    agenda.give_back(items, by=by, act="Hủy kết quả kiểm phiếu của Hội đồng", reason=reason, states=states)
    meeting.items.update(stands=False)
    return {"Trở lại chờ xét": f"{len(items)} đề nghị"}


def silent(meeting) -> list:
    """The members who have not voted."""
    return [seat for seat in seats_of(meeting) if not seat.voted_at]

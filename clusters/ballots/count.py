"""The count of a ballot: of secret votes from the box, of paper votes from what the board found; what came of it."""

from dataclasses import dataclass

from django.utils import timezone

from documents.steps.log import words_of
from documents.steps.refusing import Refused
from units.shares import chosen_of, share

from .forms import CountForm
from .models import Candidate
from .rules import LEADER, SECRET_FROM, STEPS, Figures, State, disqualified, refuse_figures


@STEPS.step(
    "count", "Kiểm phiếu", [State.OPEN], to=State.COUNTED, who=LEADER, form=CountForm, address="count_ballot",
    told="Đã ghi kết quả kiểm phiếu.",
)  # fmt: skip
def count(ballot, *, by, figures=None):
    """End the ballot and fix its result: of paper votes from ``figures``, of secret ones from the box.

    Who was disqualified while votes were given keeps them and is not chosen.
    """
    figures = _of_box(ballot) if ballot.is_secret else figures
    refuse_figures(ballot, figures)
    agreed = figures.agreed
    ruled_out = disqualified(ballot.cluster)
    standing = {row.pk: votes for row, votes in agreed.items() if row.membership_id not in ruled_out}
    winners = chosen_of(standing, ballot.seats, ballot.needed)
    for row, votes in agreed.items():
        row.agreed, row.chosen, row.ruled_out = votes, row.pk in winners, ruled_out.get(row.membership_id, "")
        row.save()
    for name in ("issued", "cast", "valid", "board", "place", "began_at", "ended_at"):
        setattr(ballot, name, getattr(figures, name))
    ballot.counted_at, ballot.counted_by = timezone.now(), by
    return words_of(ballot, ["issued", "cast", "valid"]) | {
        str(row): f"{row.agreed}/{ballot.entitled}, {row.share}; {row.outcome}" for row in outcome_of(ballot).candidates
    }


def _of_box(ballot) -> Figures:
    """What the box holds; it is emptied for good."""
    box = ballot.box
    if box.cast < SECRET_FROM:
        raise Refused(
            f"Mới có {box.cast} phiếu. Kiểm lúc này sẽ biết ai chọn ai: hãy chờ ít nhất {SECRET_FROM} phiếu, "
            "hoặc hủy cuộc bỏ phiếu."
        )
    agreed = {row: box.agreed[str(row.pk)] for row in ballot.candidates.select_related("membership__unit")}
    cast = box.cast
    box.delete()
    # Who did not vote got a paper as well: the page to vote on.
    return Figures(issued=ballot.entitled, cast=cast, valid=cast, agreed=agreed)


@dataclass(frozen=True)
class Outcome:
    """A count as pages and papers tell it: candidates by votes, those chosen, those equal at the last seat, seats left."""

    candidates: list[Candidate]
    chosen: list[Candidate]
    tied: list[Candidate]
    seats_left: int

    @property
    def open(self) -> list[Candidate]:
        """Whom a second round is about: those equal at the last seat, else those who did not reach the threshold."""
        if not self.seats_left:
            return []
        return self.tied or [row for row in self.candidates if not row.chosen and not row.ruled_out]


def outcome_of(ballot) -> Outcome:
    """The result of a count; each candidate knows its ``share`` and its ``outcome`` in words. Asked once of what was counted."""
    if not ballot.is_counted:
        return _outcome(ballot)
    if not hasattr(ballot, "_counted_to"):
        ballot._counted_to = _outcome(ballot)
    return ballot._counted_to


def _outcome(ballot) -> Outcome:
    rows = list(
        ballot.candidates.select_related("membership__unit").order_by("-agreed", "membership__unit__sort_text", "pk")
    )
    chosen = [row for row in rows if row.chosen]
    left = ballot.seats - len(chosen)
    # Whoever reached the threshold while seats are left stood equal at the last one, or behind those who did.
    passed = [row for row in rows if not row.chosen and not row.ruled_out and row.agreed >= ballot.needed]
    tied = [row for row in passed if left and row.agreed == passed[0].agreed]
    for row in rows:
        row.share = share(row.agreed, ballot.entitled, ballot.percent)
        row.outcome = _OUTCOMES[row in chosen, row in tied, row in passed]
        if row.ruled_out:
            row.outcome = f"Không được xếp hạng năm nay: {row.ruled_out}"
    return Outcome(rows, chosen, tied, left)


# Chosen; equal at the last seat; enough votes but not chosen.
_OUTCOMES = {
    (True, False, False): "Được đề nghị",
    (False, True, True): "Ngang phiếu, chưa quyết định",
    (False, False, True): "Đạt tỷ lệ nhưng quá số lượng",
    (False, False, False): "Không đạt tỷ lệ",
}

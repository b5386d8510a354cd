"""Who may take which step with a ballot, whom it may be about, what the counting board may have found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from django.urls import reverse

from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage, may_write
from units.shares import votes_needed

from ..log import About
from ..scores.models import ScoreSheet, VoteRule
from .models import Ballot, Candidate, Voter

State = Ballot.State
# With fewer votes in the box the result tells who voted for whom.
SECRET_FROM = 3


def leading(cluster) -> str:
    """Who runs the ballots of ``cluster``."""
    return f"trưởng, phó trưởng của {cluster} năm {cluster.division.year}"


def voter_of(ballot, user) -> Voter | None:
    """The voter for which ``user`` votes: the own unit."""
    rows = ballot.all_voters if may_write(user) else ()
    return next((row for row in rows if row.membership.unit_id == user.unit_id), None)


LEADER = Who(lambda ballot, user: ballot.cluster.is_led_by(user), lambda ballot: leading(ballot.cluster))
DEPARTMENT = Who(lambda ballot, user: may_manage(user), "Sở Nội vụ")
VOTERS = Who(lambda ballot, user: voter_of(ballot, user) is not None, "các đơn vị trong danh sách bỏ phiếu")


class _Steps(Steps):
    """What is counted stands: of a ballot that is over only the annulment is stored, and votes leave the ballot as it is."""

    def store(self, row, *, renews=True):
        """Store what the step changed of ``row`` itself."""
        if row.state == State.ANNULLED:
            row.version += 1
            row.annul()
        elif renews:
            super().store(row)


STEPS = _Steps(
    Ballot, "cuộc bỏ phiếu", about=About.BALLOT, related=["cluster__division", "activity"], address="ballot_step",
    away=lambda ballot: reverse("cluster_ballots", args=[ballot.cluster_id]),
)  # fmt: skip


# --- Whom and what it is about


def refuse_facts(ballot):
    """Raises ``Refused`` for a day outside the division's year, an activity of another cluster, no seats."""
    division = ballot.cluster.division
    if not division.contains(ballot.held_on):
        raise Refused(f"Ngày bỏ phiếu phải trong năm thi đua: {division.span}.", "held_on")
    if ballot.activity and ballot.activity.cluster_id != ballot.cluster_id:
        raise Refused(f"Hoạt động này không phải của {ballot.cluster}. Hãy chọn hội nghị của cụm, khối.", "activity")
    if ballot.seats < 1:
        raise Refused("Số lượng phải từ 1 trở lên.", "seats")


def disqualified(cluster) -> dict[int, str]:
    """{membership: why} of the members whose scores of the year rule them out."""
    sheets = ScoreSheet.objects.filter(membership__cluster=cluster).exclude(disqualified="")
    return dict(sheets.values_list("membership", "disqualified"))


def refuse_candidates(cluster, memberships: Iterable):
    """Raises ``Refused`` where one may not be proposed: of another cluster, gone, or disqualified by its scores."""
    reasons = disqualified(cluster)
    refuse_gone(cluster, memberships)
    for row in memberships:
        if row.pk in reasons:
            raise Refused(
                f"{row.unit} không được xếp hạng năm nay ({reasons[row.pk]}) nên không giới thiệu được. Hãy bỏ đơn vị này."
            )


def refuse_gone(cluster, memberships: Iterable):
    """Raises ``Refused`` where one is of another cluster, or has left this one."""
    for row in memberships:
        if row.cluster_id != cluster.pk:
            raise Refused(f"{row.unit} không phải thành viên của {cluster}.")
        if row.left_on:
            raise Refused(f"{row.unit} đã thôi tham gia {cluster} từ ngày {row.left_on:%d/%m/%Y}. Hãy bỏ đơn vị này.")


def known_awards(day) -> list[str]:
    """The titles and forms that a rule of ``day`` names."""
    rules = VoteRule.objects.in_force(day).exclude(name="")
    return list(rules.order_by("name").values_list("name", flat=True).distinct())


@dataclass(frozen=True)
class Threshold:
    """What a draft would be held to if it were opened now."""

    rule: VoteRule
    needed: int
    is_general: bool


def threshold_of(ballot) -> Threshold | None:
    """The threshold of a draft; None where nobody set one."""
    rule = VoteRule.for_award(ballot.award, ballot.held_on)
    return rule and Threshold(rule, votes_needed(rule.percent, len(ballot.all_voters)), not rule.name)


# --- The count


@dataclass(frozen=True)
class Figures:
    """What the counting board found on paper. ``agreed``: {candidate: votes}."""

    issued: int
    cast: int
    valid: int
    agreed: Mapping[Candidate, int]
    board: str = ""
    place: str = ""
    began_at: time | None = None
    ended_at: time | None = None


def refuse_figures(ballot, figures):
    """Raises ``Refused`` for sums that cannot be."""
    if set(figures.agreed) != set(ballot.candidates.all()):
        raise Refused("Hãy ghi số phiếu đồng ý của từng đơn vị được giới thiệu.")
    limits = [
        ("issued", figures.issued, ballot.entitled, "Số phiếu phát ra không thể nhiều hơn số người có quyền bỏ phiếu"),
        ("cast", figures.cast, figures.issued, "Số phiếu thu về không thể nhiều hơn số phiếu phát ra"),
        ("valid", figures.valid, figures.cast, "Số phiếu hợp lệ không thể nhiều hơn số phiếu thu về"),
    ] + [
        (f"agreed-{row.pk}", votes, figures.valid, f"Số phiếu đồng ý cho {row} không thể nhiều hơn số phiếu hợp lệ")
        for row, votes in figures.agreed.items()
    ]
    for field, number, limit, words in limits:
        if not 0 <= number <= limit:
            raise Refused(f"{words} ({limit}). Hãy kiểm lại.", field)
    most = figures.valid * ballot.seats
    if sum(figures.agreed.values()) > most:
        raise Refused(
            f"Cộng số phiếu đồng ý được {sum(figures.agreed.values())}, nhiều hơn {most}: {figures.valid} phiếu hợp lệ, "
            f"mỗi phiếu chọn nhiều nhất {ballot.seats} đơn vị. Hãy kiểm lại."
        )
    if not figures.cast:
        raise Refused("Không có phiếu nào thu về thì không có kết quả. Hãy hủy cuộc bỏ phiếu.", "cast")

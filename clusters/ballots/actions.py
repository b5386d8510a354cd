"""A cluster's vote on whom it proposes: prepared, opened, voted, counted; its second round.

Shares are of all who are entitled, not of those present (Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7). Every step locks the row of
the ballot, so that votes and the count take turns: a vote is in the count, or refused.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE
from units.permissions import may_write
from units.text import fold

from ..divisions.models import Cluster
from ..scores.models import VoteRule
from .count import outcome_of
from .forms import CancelForm
from .models import OF_BALLOT, Ballot, BallotBox, Candidate, Voter
from .rules import (
    DEPARTMENT,
    LEADER,
    SECRET_FROM,
    STEPS,
    VOTERS,
    State,
    leading,
    refuse_candidates,
    refuse_facts,
    refuse_gone,
    voter_of,
)

# --- Prepared


@transaction.atomic
def prepare(ballot, *, by, candidates: Mapping, voters: Mapping) -> Ballot:
    """Store a new draft. ``candidates``: {membership: reason}; ``voters``: {membership: name of who votes}.

    Raises ``Refused``: for a day outside the division's year, an activity or member of another cluster, a member that left or
    is disqualified by its scores.
    """
    if not ballot.cluster.is_led_by(by):
        raise Refused(f"Việc «Chuẩn bị bỏ phiếu» do {leading(ballot.cluster)} làm.")
    _fill(ballot, candidates, voters)
    STEPS.tell(ballot, "prepare", f"Chuẩn bị: {ballot}", by=by, after=_words(ballot))
    return ballot


def _fill(ballot, candidates, voters):
    refuse_facts(ballot)
    refuse_candidates(ballot.cluster, candidates)
    refuse_gone(ballot.cluster, voters)
    ballot.save()
    ballot.candidates.all().delete()
    ballot.voters.all().delete()
    Candidate.objects.bulk_create(
        Candidate(ballot=ballot, membership=row, reason=candidates[row]) for row in candidates
    )
    Voter.objects.bulk_create(Voter(ballot=ballot, membership=row, name=voters[row]) for row in voters)


def _words(ballot) -> dict:
    """A draft as a person reads it."""
    candidates = ballot.candidates.select_related("membership__unit")
    voters = ballot.voters.select_related("membership__unit")
    return words_of(ballot, ["award", "held_on", "activity", "method", "seats"]) | {
        "Đơn vị được giới thiệu": "; ".join(f"{row} ({row.reason})" if row.reason else str(row) for row in candidates),
        "Người bỏ phiếu": "; ".join(f"{row} ({row.name})" if row.name else str(row) for row in voters),
    }


@STEPS.step("edit", "Sửa", [State.DRAFT], who=LEADER, form=None, words=_words)
def edit(ballot, *, by, candidates, voters, **facts):
    """Store a changed draft; see ``prepare``. ``facts``: values by the names of the fields."""
    for name, value in facts.items():
        setattr(ballot, name, value)
    _fill(ballot, candidates, voters)


@STEPS.step(
    "remove", "Xóa", [State.DRAFT], to=GONE, who=LEADER, words=_words, told="Đã xóa bản chuẩn bị.",
    log=lambda ballot, _: f"Xóa bản chuẩn bị: {ballot}",
)  # fmt: skip
def remove(ballot, *, by):
    """Take a draft away; that it was there stays in the log."""


# --- Opened, voted


@STEPS.step("open", "Mở bỏ phiếu", [State.DRAFT], to=State.OPEN, who=LEADER, told="Đã mở bỏ phiếu.")
def open_ballot(ballot, *, by):
    """From now on votes are given; threshold, candidates and voters are fixed."""
    candidates = list(ballot.candidates.select_related("membership__unit"))
    refuse_facts(ballot)
    _refuse_opening(ballot, candidates)
    _refuse_second(ballot)
    refuse_candidates(ballot.cluster, [row.membership for row in candidates])
    refuse_gone(ballot.cluster, [row.membership for row in ballot.all_voters])
    rule = VoteRule.for_award(ballot.award, ballot.held_on)
    if not rule:
        raise Refused(
            f"Chưa có tỷ lệ phiếu tối thiểu cho «{ballot.award}» vào ngày {ballot.held_on:%d/%m/%Y}. "
            "Hãy đề nghị Sở Nội vụ đặt tỷ lệ (Quản trị, mục Tỷ lệ phiếu)."
        )
    ballot.percent, ballot.citation, ballot.uncertain = rule.percent, rule.citation, rule.uncertain
    ballot.entitled = len(ballot.all_voters)
    if ballot.is_secret:
        # All names from the start: the order in which they came in would tell who was first to get a vote.
        BallotBox.objects.create(ballot=ballot, agreed={str(row.pk): 0 for row in candidates})
    threshold = f"{ballot.percent_words} của {ballot.entitled} người có quyền: {ballot.needed} phiếu ({rule.citation})"
    return {"Tỷ lệ tối thiểu": threshold}


def _refuse_opening(ballot, candidates):
    today = timezone.localdate()
    if not candidates:
        raise Refused("Chưa giới thiệu đơn vị nào. Hãy sửa và chọn các đơn vị được giới thiệu.")
    if not ballot.all_voters:
        raise Refused("Chưa có ai được bỏ phiếu. Hãy sửa và chọn các đơn vị có quyền bỏ phiếu.")
    if ballot.held_on > today:
        raise Refused(f"Chưa đến ngày bỏ phiếu ({ballot.held_on:%d/%m/%Y}). Hãy mở vào ngày đó, hoặc sửa lại ngày.")
    if not ballot.is_secret:
        return
    if len(ballot.all_voters) < SECRET_FROM:
        raise Refused(
            f"Phiếu kín cần ít nhất {SECRET_FROM} người bỏ phiếu, nếu không sẽ biết ai chọn ai. Hãy chọn bỏ phiếu giấy."
        )
    if today > ballot.cluster.division.ends_on:
        raise Refused(
            f"Năm thi đua đã hết ngày {ballot.cluster.division.ends_on:%d/%m/%Y} nên không mở phiếu kín nữa. "
            "Phiếu đã bỏ trong năm thì chọn phiếu giấy và ghi kết quả kiểm phiếu."
        )


def _refuse_second(ballot):
    """One vote on an award in a cluster: what it left open is for later rounds, what was cancelled does not count."""
    if ballot.previous_id:
        return
    # Two drafts that are opened at once take turns.
    Cluster.objects.select_for_update().get(pk=ballot.cluster_id)
    others = ballot.cluster.ballots.filter(state__in=[State.OPEN, State.COUNTED]).order_by("pk")
    # However it is typed: SQLite knows no capitals but those of English.
    if first := next((row for row in others if fold(row.award) == fold(ballot.award)), None):
        raise Refused(
            f"{ballot.cluster} đã bỏ phiếu suy tôn «{first.award}» ngày {first.held_on:%d/%m/%Y}. "
            "Cần bỏ lại thì hủy cuộc đó (đã kiểm phiếu: đề nghị Sở Nội vụ hủy kết quả), hoặc mở vòng sau của cuộc đó."
        )


def _fault_of_voting(ballot, user) -> str:
    voter = voter_of(ballot, user)
    if not ballot.is_secret:
        return "Cuộc này bỏ phiếu giấy: bỏ phiếu tại hội nghị, ban kiểm phiếu ghi kết quả."
    if voter.membership.left_on or not voter.membership.unit.is_alive_on(timezone.localdate()):
        return f"{voter} không còn tham gia {ballot.cluster} nên không bỏ phiếu được."
    if voter.voted_at:
        at = timezone.localtime(voter.voted_at)
        return f"{voter} đã bỏ phiếu lúc {at:%H:%M %d/%m/%Y}. Mỗi đơn vị một phiếu, không bỏ lại được."
    return ""


@STEPS.step(
    "vote", "Bỏ phiếu", [State.OPEN], to=State.OPEN, who=VOTERS, form=None, fault=_fault_of_voting, renews=False,
    part=lambda ballot, by, _: voter_of(ballot, by), log=lambda ballot, voter: f"{voter} đã bỏ phiếu",
)  # fmt: skip
def vote(ballot, *, by, candidates):
    """Put one vote into the box: ``by`` votes for the own unit, once. ``candidates`` may be nobody.

    What is logged names who voted; what was voted stands nowhere but in the sums of the box.
    """
    keys = {row.pk for row in candidates}
    if len(keys) > ballot.seats:
        raise Refused(f"Chỉ được chọn nhiều nhất {ballot.seats} đơn vị. Hãy bỏ bớt.", "candidates")
    if ballot.candidates.filter(pk__in=keys).count() != len(keys):
        raise Refused("Có đơn vị không được giới thiệu trong cuộc bỏ phiếu này. Hãy mở lại phiếu.", "candidates")
    box, voter = ballot.box, voter_of(ballot, by)
    box.cast += 1
    box.agreed |= {str(key): box.agreed[str(key)] + 1 for key in keys}
    box.save()
    voter.voted_at = timezone.now()
    voter.save()


@STEPS.step(
    "cancel", "Hủy cuộc bỏ phiếu", [State.OPEN], to=State.CANCELLED, who=LEADER, needs_reason=True, form=CancelForm,
    look="danger", address="cancel_ballot", told="Đã hủy cuộc bỏ phiếu.",
    hint="Cuộc bỏ phiếu kết thúc mà không có kết quả; các phiếu đã bỏ không được kiểm. Không mở lại được.",
)  # fmt: skip
def cancel(ballot, *, by, reason):
    """End an open ballot without a result; what is in the box goes unread."""
    BallotBox.objects.filter(ballot=ballot).delete()
    ballot.cancelled_for = reason.strip()


# --- After the count


def _fault_of_next_round(ballot, _user) -> str:
    if later := ballot.next_round:
        return f"Đã có vòng {later.round} ({later.get_state_display().lower()}). Hãy mở cuộc bỏ phiếu đó."
    result = outcome_of(ballot)
    if result.open:
        return ""
    if result.seats_left:
        return "Không còn đơn vị nào được xếp hạng để bỏ phiếu vòng tiếp theo."
    return "Đã chọn đủ số lượng nên không cần bỏ phiếu vòng tiếp theo."


@STEPS.step(
    "next_round", "Chuẩn bị vòng tiếp theo", [State.COUNTED], who=LEADER, fault=_fault_of_next_round, renews=False,
    told="Đã chuẩn bị vòng tiếp theo. Kiểm tra lại rồi bấm «Mở bỏ phiếu».",
)  # fmt: skip
def next_round(ballot, *, by):
    """Draft a further round about the seats that a count left open, with the same voters: ``ballot.next_rounds()``."""
    result = outcome_of(ballot)
    draft = Ballot(
        cluster=ballot.cluster,
        activity=ballot.activity,
        previous=ballot,
        round=ballot.round + 1,
        award=ballot.award,
        held_on=min(max(timezone.localdate(), ballot.held_on), ballot.cluster.division.ends_on),
        method=ballot.method,
        seats=result.seats_left,
        sample=ballot.sample,
    )
    prepare(
        draft,
        by=by,
        candidates={row.membership: row.reason for row in result.open if not row.membership.left_on},
        voters={row.membership: row.name for row in ballot.all_voters if not row.membership.left_on},
    )
    return {"Vòng tiếp theo": str(draft)}


def _fault_of_annulling(ballot, _user) -> str:
    later = ballot.next_round
    return f"Vòng {later.round} dựa vào kết quả này. Hãy hủy vòng đó trước." if later else ""


@STEPS.step(
    "annul", "Hủy kết quả kiểm phiếu", [State.COUNTED], to=State.ANNULLED, who=DEPARTMENT, needs_reason=True,
    fault=_fault_of_annulling, form=CancelForm, look="danger", address="annul_ballot",
    told="Đã hủy kết quả. Cụm, khối có thể chuẩn bị và bỏ phiếu lại.",
    hint="Kết quả không còn giá trị nhưng vẫn xem được, kèm lý do. Cụm, khối có thể bỏ phiếu lại danh hiệu này. "
    "Không khôi phục được.",
)  # fmt: skip
def annul(ballot, *, by, reason):
    """Declare a count void; its figures stay to be read, and the award may be voted on anew."""
    if issued := OF_BALLOT.of(ballot.pk).filter(state=Document.State.ISSUED).last():
        raise Refused(f"{issued.name} đã phát hành theo kết quả này. Hãy thu hồi văn bản đó trước.")
    ballot.cancelled_for = reason.strip()


# --- What waits


def waiting_for(user):
    """The ballots that wait for the vote of ``user``."""
    if not may_write(user):
        return Ballot.objects.none()
    mine = Voter.objects.filter(
        membership__unit=user.unit_id, membership__left_on=None, voted_at=None, ballot__method=Ballot.Method.SECRET
    )
    return Ballot.objects.filter(state=State.OPEN, pk__in=mine.values("ballot")).select_related("cluster")

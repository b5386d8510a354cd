"""A cluster's vote on whom it proposes: prepared, opened, voted, counted; its second round.

Shares are of all who are entitled, not of those present (Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7). Every action holds the
row of the ballot, so that votes and the count take turns: a vote is in the count, or refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from units.permissions import may_manage, may_write
from units.text import fold

from ..divisions.models import Cluster
from ..log import About
from ..scores.models import ScoreSheet
from ..scores.rules import VoteRule, percentage
from .models import Ballot, BallotBox, Candidate, Voter, votes_needed

# With fewer votes in the box the result tells who voted for whom.
SECRET_FROM = 3
_FACTS = ["award", "held_on", "activity", "method", "seats"]
_STANDING = {
    Ballot.State.DRAFT: "chưa mở bỏ phiếu",
    Ballot.State.OPEN: "đang mở để bỏ phiếu",
    Ballot.State.COUNTED: "đã kiểm phiếu",
    Ballot.State.CANCELLED: "đã hủy",
    Ballot.State.ANNULLED: "đã hủy kết quả",
}


def _held(ballot, by, *states) -> Ballot:
    """The ballot as it stands, held until the transaction ends. Raises ``Refused`` for others than who leads the cluster,
    and in other ``states``.
    """
    found = Ballot.objects.select_for_update(of=("self",)).select_related("cluster__division").get(pk=ballot.pk)
    _refuse_others(found.cluster, by)
    if found.state not in states:
        raise Refused(f"Cuộc bỏ phiếu này {_STANDING[found.state]} nên không làm việc này được nữa.")
    return found


def _refuse_others(cluster, by):
    if not cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {cluster} trong năm {cluster.division.year} tổ chức bỏ phiếu.")


def _note(ballot, act, by, before=None, after=None, reason=""):
    record(About.BALLOT, ballot, act, by=by, before=before, after=after, reason=reason)


# --- Prepared


@transaction.atomic
def save(ballot, *, by, candidates: Mapping, voters: Mapping, seen_version: int | None = None) -> Ballot:
    """Store a new or changed draft. ``candidates``: {membership: reason}; ``voters``: {membership: name of who votes}.

    Raises ``Refused``: for a day outside the division's year, an activity or member of another cluster, a member that left or
    is disqualified by its scores; ``Stale`` where somebody else saved since ``seen_version``.
    """
    before = {}
    if ballot.pk:
        stored = _held(ballot, by, Ballot.State.DRAFT)
        refuse_stale(About.BALLOT, stored, seen_version)
        before = _words(stored)
        ballot.version = stored.version + 1
    else:
        _refuse_others(ballot.cluster, by)
    _refuse_facts(ballot)
    refuse_candidates(ballot.cluster, candidates)
    _refuse_voters(ballot.cluster, voters)
    ballot.save()
    ballot.candidates.all().delete()
    ballot.voters.all().delete()
    Candidate.objects.bulk_create(
        Candidate(ballot=ballot, membership=row, reason=candidates[row]) for row in candidates
    )
    Voter.objects.bulk_create(Voter(ballot=ballot, membership=row, name=voters[row]) for row in voters)
    _note(ballot, "Sửa" if before else f"Chuẩn bị: {ballot}", by, before, _words(ballot))
    return ballot


def _words(ballot) -> dict:
    """A draft as a person reads it."""
    candidates = ballot.candidates.select_related("membership__unit")
    voters = ballot.voters.select_related("membership__unit")
    return words_of(ballot, _FACTS) | {
        "Đơn vị được giới thiệu": "; ".join(f"{row} ({row.reason})" if row.reason else str(row) for row in candidates),
        "Người bỏ phiếu": "; ".join(f"{row} ({row.name})" if row.name else str(row) for row in voters),
    }


def _refuse_facts(ballot):
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
    for row in memberships:
        _refuse_gone(cluster, row)
        if row.pk in reasons:
            raise Refused(
                f"{row.unit} không được xếp hạng năm nay ({reasons[row.pk]}) nên không giới thiệu được. Hãy bỏ đơn vị này."
            )


def _refuse_voters(cluster, memberships: Iterable):
    for row in memberships:
        _refuse_gone(cluster, row)


def _refuse_gone(cluster, row):
    if row.cluster_id != cluster.pk:
        raise Refused(f"{row.unit} không phải thành viên của {cluster}.")
    if row.left_on:
        raise Refused(f"{row.unit} đã thôi tham gia {cluster} từ ngày {row.left_on:%d/%m/%Y}. Hãy bỏ đơn vị này.")


@transaction.atomic
def remove(ballot, *, by) -> None:
    """Take a draft away; that it was there stays in the log."""
    ballot = _held(ballot, by, Ballot.State.DRAFT)
    _note(ballot, f"Xóa bản chuẩn bị: {ballot}", by, before=_words(ballot))
    ballot.delete()


# --- Opened, voted


@transaction.atomic
def open_ballot(ballot, *, by) -> Ballot:
    """From now on votes are given; threshold, candidates and voters are fixed. Raises ``Refused``."""
    ballot = _held(ballot, by, Ballot.State.DRAFT)
    candidates = [row.membership for row in ballot.candidates.select_related("membership__unit")]
    voters = [row.membership for row in ballot.voters.select_related("membership__unit")]
    _refuse_facts(ballot)
    _refuse_opening(ballot, len(candidates), len(voters))
    _refuse_second(ballot)
    refuse_candidates(ballot.cluster, candidates)
    _refuse_voters(ballot.cluster, voters)
    rule = VoteRule.for_award(ballot.award, ballot.held_on)
    if not rule:
        raise Refused(
            f"Chưa có tỷ lệ phiếu tối thiểu cho «{ballot.award}» vào ngày {ballot.held_on:%d/%m/%Y}. "
            "Hãy đề nghị Sở Nội vụ đặt tỷ lệ (Quản trị, mục Tỷ lệ phiếu)."
        )
    ballot.percent, ballot.citation, ballot.uncertain = rule.percent, rule.citation, rule.uncertain
    ballot.entitled, ballot.state = len(voters), Ballot.State.OPEN
    ballot.save()
    if ballot.is_secret:
        # All names from the start: the order in which they came in would tell who was first to get a vote.
        BallotBox.objects.create(
            ballot=ballot, agreed={str(key): 0 for key in ballot.candidates.values_list("pk", flat=True)}
        )
    threshold = f"{ballot.percent_words} của {ballot.entitled} người có quyền: {ballot.needed} phiếu ({rule.citation})"
    _note(ballot, "Mở bỏ phiếu", by, after={"Tỷ lệ tối thiểu": threshold})
    return ballot


def _refuse_opening(ballot, candidates, voters):
    today = timezone.localdate()
    if not candidates:
        raise Refused("Chưa giới thiệu đơn vị nào. Hãy sửa và chọn các đơn vị được giới thiệu.")
    if not voters:
        raise Refused("Chưa có ai được bỏ phiếu. Hãy sửa và chọn các đơn vị có quyền bỏ phiếu.")
    if ballot.held_on > today:
        raise Refused(f"Chưa đến ngày bỏ phiếu ({ballot.held_on:%d/%m/%Y}). Hãy mở vào ngày đó, hoặc sửa lại ngày.")
    if not ballot.is_secret:
        return
    if voters < SECRET_FROM:
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
    others = ballot.cluster.ballots.filter(state__in=[Ballot.State.OPEN, Ballot.State.COUNTED]).order_by("pk")
    # However it is typed: SQLite knows no capitals but those of English.
    if first := next((row for row in others if fold(row.award) == fold(ballot.award)), None):
        raise Refused(
            f"{ballot.cluster} đã bỏ phiếu suy tôn «{first.award}» ngày {first.held_on:%d/%m/%Y}. "
            "Cần bỏ lại thì hủy cuộc đó (đã kiểm phiếu: đề nghị Sở Nội vụ hủy kết quả), hoặc mở vòng sau của cuộc đó."
        )


@transaction.atomic
def vote(ballot, chosen: Iterable[Candidate], *, by) -> None:
    """Put one vote into the box: ``by`` votes for the own unit, once. ``chosen`` may be nobody. Raises ``Refused``.

    What is logged names who voted; what was voted stands nowhere but in the sums of the box.
    """
    ballot = Ballot.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=ballot.pk)
    voter = entitled(ballot, by)
    keys = {row.pk for row in chosen}
    if len(keys) > ballot.seats:
        raise Refused(f"Chỉ được chọn nhiều nhất {ballot.seats} đơn vị. Hãy bỏ bớt.", "candidates")
    if ballot.candidates.filter(pk__in=keys).count() != len(keys):
        raise Refused("Có đơn vị không được giới thiệu trong cuộc bỏ phiếu này. Hãy mở lại phiếu.", "candidates")
    box = ballot.box
    box.cast += 1
    box.agreed |= {str(key): box.agreed[str(key)] + 1 for key in keys}
    box.save()
    voter.voted_at = timezone.now()
    voter.save()
    _note(ballot, f"{voter} đã bỏ phiếu", by)


def entitled(ballot, user) -> Voter:
    """The voter for which ``user`` may vote now: the own unit. Raises ``Refused``."""
    if not ballot.is_open:
        raise Refused(f"Cuộc bỏ phiếu này {_STANDING[ballot.state]} nên không bỏ phiếu được.")
    if not ballot.is_secret:
        raise Refused("Cuộc này bỏ phiếu giấy: bỏ phiếu tại hội nghị, ban kiểm phiếu ghi kết quả.")
    mine = ballot.voters.filter(membership__unit=user.unit_id).select_related("membership__unit")
    voter = mine.first() if may_write(user) else None
    if not voter:
        raise Refused("Tài khoản này không có quyền bỏ phiếu: mỗi đơn vị trong danh sách bỏ một phiếu.")
    if voter.membership.left_on or not voter.membership.unit.is_alive_on(timezone.localdate()):
        raise Refused(f"{voter} không còn tham gia {ballot.cluster} nên không bỏ phiếu được.")
    if voter.voted_at:
        at = timezone.localtime(voter.voted_at)
        raise Refused(f"{voter} đã bỏ phiếu lúc {at:%H:%M %d/%m/%Y}. Mỗi đơn vị một phiếu, không bỏ lại được.")
    return voter


@transaction.atomic
def cancel(ballot, *, by, reason: str) -> Ballot:
    """End an open ballot without a result; what is in the box goes unread."""
    ballot = _held(ballot, by, Ballot.State.OPEN)
    if not reason.strip():
        raise Refused("Hãy ghi lý do hủy.", "reason")
    BallotBox.objects.filter(ballot=ballot).delete()
    ballot.state, ballot.cancelled_for = Ballot.State.CANCELLED, reason.strip()
    ballot.save()
    _note(ballot, "Hủy cuộc bỏ phiếu", by, reason=reason)
    return ballot


# --- Counted


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


@transaction.atomic
def count(ballot, *, by, figures: Figures | None = None) -> Ballot:
    """End the ballot and fix its result: of paper votes from ``figures``, of secret ones from the box. Raises ``Refused``.

    Who was disqualified while votes were given keeps them and is not chosen.
    """
    ballot = _held(ballot, by, Ballot.State.OPEN)
    figures = _of_box(ballot) if ballot.is_secret else figures
    _refuse_figures(ballot, figures)
    agreed = figures.agreed
    ruled_out = disqualified(ballot.cluster)
    standing = {row.pk: votes for row, votes in agreed.items() if row.membership_id not in ruled_out}
    winners = chosen_of(standing, ballot.seats, ballot.needed)
    for row, votes in agreed.items():
        row.agreed, row.chosen, row.ruled_out = votes, row.pk in winners, ruled_out.get(row.membership_id, "")
        row.save()
    for name in ("issued", "cast", "valid", "board", "place", "began_at", "ended_at"):
        setattr(ballot, name, getattr(figures, name))
    ballot.counted_at, ballot.counted_by, ballot.state = timezone.now(), by, Ballot.State.COUNTED
    ballot.save()
    results = {
        str(row): f"{row.agreed}/{ballot.entitled}, {row.share}; {row.outcome}" for row in outcome_of(ballot).candidates
    }
    _note(ballot, "Kiểm phiếu", by, after=words_of(ballot, ["issued", "cast", "valid"]) | results)
    return ballot


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


def _refuse_figures(ballot, figures):
    """Sums that cannot be."""
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


def chosen_of(agreed: Mapping[int, int], seats: int, needed: int) -> set[int]:
    """Keys of those with ``needed`` votes or more, at most ``seats`` by votes.

    Where equals stand at the last seat none of them is chosen: that is not for the program to decide.
    """
    reached = sorted((votes for votes in agreed.values() if votes >= needed), reverse=True)
    least = needed if len(reached) <= seats else max(reached[seats] + 1, needed)
    return {key for key, votes in agreed.items() if votes >= least}


def share(votes: int, entitled: int, percent=None) -> str:
    """``votes`` of ``entitled`` as a percentage with two digits: 8 of 9 are 88,89 %.

    Rounded, but not up to ``percent`` where that was not reached: 79,999 % never looks like 80 %.
    """
    exact = Decimal(votes * 100) / entitled
    shown = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if percent is not None and exact < percent <= shown:
        shown = exact.quantize(Decimal("0.01"), ROUND_DOWN)
    return percentage(shown)


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
    """The result of a count; each candidate knows its ``share`` and its ``outcome`` in words."""
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


@transaction.atomic
def next_round(ballot, *, by) -> Ballot:
    """A draft of a further round about the seats that a count left open, with the same voters. Raises ``Refused``."""
    ballot = _held(ballot, by, Ballot.State.COUNTED)
    later = ballot.next_rounds().first()
    if later:
        raise Refused(f"Đã có vòng {later.round} ({later.get_state_display().lower()}). Hãy mở cuộc bỏ phiếu đó.")
    result = outcome_of(ballot)
    if not result.open:
        raise Refused(
            "Không còn đơn vị nào được xếp hạng để bỏ phiếu vòng tiếp theo."
            if result.seats_left
            else "Đã chọn đủ số lượng nên không cần bỏ phiếu vòng tiếp theo."
        )
    division = ballot.cluster.division
    draft = Ballot(
        cluster=ballot.cluster,
        activity=ballot.activity,
        previous=ballot,
        round=ballot.round + 1,
        award=ballot.award,
        held_on=min(max(timezone.localdate(), ballot.held_on), division.ends_on),
        method=ballot.method,
        seats=result.seats_left,
        sample=ballot.sample,
    )
    voters = ballot.voters.filter(membership__left_on=None).select_related("membership__unit")
    return save(
        draft,
        by=by,
        candidates={row.membership: row.reason for row in result.open if not row.membership.left_on},
        voters={row.membership: row.name for row in voters},
    )


@transaction.atomic
def annul(ballot, *, by, reason: str) -> Ballot:
    """The department declares a count void; its figures stay to be read, and the award may be voted on anew.

    Raises ``Refused`` where a later round or an issued paper rests on it.
    """
    ballot = Ballot.objects.select_for_update(of=("self",)).select_related("cluster__division").get(pk=ballot.pk)
    if not may_manage(by):
        raise Refused("Chỉ Sở Nội vụ hủy được kết quả kiểm phiếu.")
    if not ballot.is_counted:
        raise Refused(f"Cuộc bỏ phiếu này {_STANDING[ballot.state]}: không có kết quả nào để hủy.")
    if later := ballot.next_rounds().first():
        raise Refused(f"Vòng {later.round} dựa vào kết quả này. Hãy hủy vòng đó trước.")
    issued = ballot.documents.filter(document__state=Document.State.ISSUED).select_related("document__type").first()
    if issued:
        raise Refused(f"{issued.document.name} đã phát hành theo kết quả này. Hãy thu hồi văn bản đó trước.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do hủy kết quả.", "reason")
    ballot.annul(reason.strip())
    _note(ballot, "Hủy kết quả kiểm phiếu", by, reason=reason)
    return ballot


# --- Asked by pages


def known_awards(day) -> list[str]:
    """The titles and forms that a rule of ``day`` names."""
    return list(
        VoteRule.objects.in_force(day).exclude(name="").order_by("name").values_list("name", flat=True).distinct()
    )


@dataclass(frozen=True)
class Threshold:
    """What a draft would be held to if it were opened now."""

    rule: VoteRule
    needed: int
    is_general: bool


def threshold_of(ballot) -> Threshold | None:
    """The threshold of a draft; None where nobody set one."""
    rule = VoteRule.for_award(ballot.award, ballot.held_on)
    return rule and Threshold(rule, votes_needed(rule.percent, ballot.voters.count()), not rule.name)


def waiting_for(user):
    """The ballots that wait for the vote of ``user``."""
    if not may_write(user):
        return Ballot.objects.none()
    mine = Voter.objects.filter(
        membership__unit=user.unit_id, membership__left_on=None, voted_at=None, ballot__method=Ballot.Method.SECRET
    )
    return Ballot.objects.filter(state=Ballot.State.OPEN, pk__in=mine.values("ballot")).select_related("cluster")

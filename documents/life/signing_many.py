"""Many approved papers signed with one opened key: each by itself, all of it or nothing; those that cannot go are named.

A few are signed while the person waits, many by a worker. ``SIGN`` is what the signer does, ``STAMP`` what the clerk does for
the body, which issues the paper.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from units.permissions import APPROVERS, CLERKS

from ..jobs import jobs
from ..jobs.models import Job
from ..papers.models import Document
from ..signing.actions import stamped
from ..signing.keys import Stopped, told_when_pulled
from ..signing.models import PagesToSign, SignatureLook
from ..signing.sealing import seal, throw_away, unsealed
from ..signing.signers import stamp_of
from ..steps.models import PAPER, Change
from ..steps.refusing import Refused
from . import actions as moves
from .issuing import issue
from .many import called
from .rules import is_kept_by
from .signing import sign_with

# How many are signed while the person waits: some seconds.
AT_ONCE = 10


def _approved(user, today):
    """Approved papers on which the unit of ``user`` decides, each with the step that approved it; one question."""
    last = Change.objects.filter(about=PAPER, key=OuterRef("pk"), what=moves.approve.what).order_by("-at", "-pk")
    own, mine = Q(issuer_unit__in=user.inherited_units), Q(unit__in=user.inherited_units)
    papers = Document.objects.filter(own | mine & is_kept_by(user, today), origin=Document.Origin.OURS)
    papers = papers.filter(state=Document.State.APPROVED)
    return papers.annotate(approval=Coalesce(Subquery(last.values("pk")[:1]), Value(0))).order_by("updated_at", "pk")


def _is_signed():
    """Whether all who sign have signed the pages of the words as they were approved last."""
    pages = PagesToSign.objects.filter(
        document=OuterRef("pk"), version=OuterRef("version"), approval=OuterRef("approval")
    )
    return Exists(pages.exclude(name="").filter(Q(document__second_signer_name="") | ~Q(second_name="")))


def to_sign(user, today):
    """The papers that wait for a digital signature of a person."""
    looks = SignatureLook.objects
    shown = Q(Exists(looks.filter(official=OuterRef("signer__official"))))
    shown |= Q(signer=None) & Q(Exists(looks.filter(official__name=OuterRef("signer_name"))))
    shown |= Q(Exists(looks.filter(official__name=OuterRef("second_signer_name"))))
    return _approved(user, today).filter(shown).exclude(_is_signed())


def to_stamp(user, today):
    """The papers that all have signed and that wait for number, day and the signature of the body."""
    stamps = SignatureLook.objects.filter(unit=OuterRef("issuer_unit"))
    return _approved(user, today).filter(_is_signed(), Exists(stamps))


@dataclass(frozen=True)
class Way:
    """What is done with many: ``what`` names it and its page; how it is told, by whom, which wait."""

    what: str
    label: str
    done: str
    roles: frozenset
    waiting: Callable
    needs_day: bool = False


SIGN = Way("sign_many", "Ký số", "Đã ký số", APPROVERS | CLERKS, to_sign)
STAMP = Way("stamp_many", "Phát hành, ký số của cơ quan", "Đã phát hành", CLERKS, to_stamp, needs_day=True)
WAYS = {way.what: way for way in (SIGN, STAMP)}


def taker(way: Way, key, *, by, day: date | None) -> Callable:
    """The function that does it with one paper and tells how; where nothing can be signed any more, no other is tried.

    It raises ``Refused``.
    """
    stopped = []

    def take(paper) -> str:
        if stopped:
            raise Refused(f"Chưa làm đến. {stopped[0]}")
        try:
            with told_when_pulled():
                return _take(way, paper, key, by, day)
        except Stopped as why:
            stopped.append(str(why))
            raise

    return take


def _take(way, paper, key, by, day):
    if way is SIGN:
        return f"chứng thư của {sign_with(paper, key, by=by)}"
    if moves.signed_pages(paper) is None or stamp_of(paper) is None:
        raise Refused("Chưa có chữ ký số của người ký, hoặc chưa có hình con dấu của cơ quan.")
    done = issue(paper, by=by, day=day, stamp=lambda dated, pdf: stamped(pdf, dated, key, stamp_of(dated)))
    return f"số {done.reference}"


@dataclass
class Outcome:
    """What became of each paper: (paper, how it was done) and (paper, why not)."""

    done: list
    refused: list


def take_few(way: Way, papers, key, *, by, day=None) -> Outcome:
    """Do it with each of ``papers`` now."""
    outcome, take = Outcome([], []), taker(way, key, by=by, day=day)
    for paper in papers:
        try:
            outcome.done.append((paper, take(paper)))
        except Refused as why:
            outcome.refused.append((paper, str(why)))
    return outcome


def ask(way: Way, papers, material: dict, *, by, day=None, back="") -> Job:
    """Have a worker do it with ``papers``; ``material`` opens the key. Raises ``Refused`` where it does not."""
    arguments = {"signed": way.what, "papers": [paper.pk for paper in papers], "back": back}
    arguments["day"] = day.isoformat() if day else ""
    job = Job.objects.create(title=f"{way.label} {len(papers)} văn bản", by=by, arguments=arguments, total=len(papers))
    seal(job, material)
    return job


def _take_all(job) -> bytes:
    """Each paper that the person may still open, in the order of the list; the key goes with the last one."""
    asked, day = job.arguments, job.arguments["day"]
    papers = Document.objects.open_to(job.by).filter(pk__in=asked["papers"]).with_names().order_by("updated_at", "pk")
    try:
        with unsealed(job) as key:
            take = taker(WAYS[asked["signed"]], key, by=job.by, day=date.fromisoformat(day) if day else None)
            told = jobs.one_by_one(job, papers.select_related("signer__official"), take, "văn bản", called=called)
    except Refused as why:
        job.message, told = str(why), str(why).encode()
    throw_away(job)
    return told


jobs.MAKERS["signed"] = ("ket-qua-ky-so-{}-{}.txt", _take_all)

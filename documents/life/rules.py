"""Who speaks for a body: its papers are approved and numbered by its own people, or by the office that keeps its book.

Source: Nghị định 30/2020/NĐ-CP, Điều 13–15: the head of a body signs or has signed, and its clerk numbers what it issues.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from units.models import Succession, User
from units.models.unit import reachable
from units.permissions import APPROVERS, CLERKS

from ..papers.models import Document
from ..register.models import NumberSeries
from ..register.numbers import is_open_on, taking


class Voice:
    """For which bodies one person may speak. What it asks of the database it asks once, however many papers are judged."""

    def __init__(self, user):
        self.user = user

    def is_own(self, document) -> bool:
        """Whether the paper is of the person's own body, or of one that went wholly into it."""
        return document.issuer_unit_id in self.user.inherited_units

    def speaks_for(self, document, day) -> bool:
        """Whether the person's unit decides on the paper of ``day``: its own, or one whose book it keeps by then."""
        return self.is_own(document) or self._keeps(document, day)

    def _keeps(self, document, day) -> bool:
        """Whether the book that takes this paper was given to the person's unit."""
        rows = [row for row in self._books if row.issuer_id == document.issuer_unit_id and is_open_on(row, day)]
        book = taking(rows, document.type_id)
        return bool(book and book.kept_by_id in self.user.inherited_units and book.kept_since <= day)

    @cached_property
    def _books(self) -> list[NumberSeries]:
        """Every book of each body that lets the person's unit keep one of its books. Two queries."""
        bodies = NumberSeries.objects.filter(kept_by__in=self.user.inherited_units).order_by().values("issuer")
        rows = NumberSeries.objects.filter(direction=NumberSeries.Direction.OUT, issuer__in=bodies)
        return list(rows.prefetch_related("types").order_by("pk"))

    @cached_property
    def _in_program(self) -> set[int]:
        """Bodies that decide in the program. Two queries."""
        roles = {}
        people = User.objects.filter(is_active=True, unit__isnull=False, role__in=APPROVERS | CLERKS)
        for unit, role in people.order_by().values_list("unit", "role").distinct():
            roles.setdefault(unit, set()).add(role)
        pairs = [(new, old) for old, new in Succession.objects.filter(in_part=False).values_list(*_ENDS) if old and new]
        able = {unit for unit, held in roles.items() if held & APPROVERS and held & CLERKS}
        return able.union(*(reachable(unit, pairs) for unit in able))

    def is_decided_here(self, document) -> bool:
        """Whether the body has people of its own in the program, or of its heir, who approve and who number."""
        return document.issuer_unit_id in self._in_program


_ENDS = ("predecessor", "successor")


def voice(user) -> Voice:
    """The voice of ``user``, kept with the account as long as that is: a request."""
    if not hasattr(user, "_voice"):
        user._voice = Voice(user)
    return user._voice


def is_kept_by(user, today):
    """For rows of ``Document``: whether the book that takes the paper was given to the unit of ``user``. As ``Voice`` says."""
    rows = NumberSeries.objects.filter(Q(until=None) | Q(until__gte=today), issuer=OuterRef("issuer_unit"))
    rows = rows.filter(direction=NumberSeries.Direction.OUT)
    kept = Q(kept_by__in=user.inherited_units, kept_since__lte=today)
    named = rows.filter(types=OuterRef("type"))
    return Q(Exists(named.filter(kept))) | ~Q(Exists(named)) & Q(Exists(rows.filter(kept, types=None)))


def clerks_beside(user):
    """Accounts of the unit of ``user`` that number its papers."""
    return User.objects.filter(unit=user.unit_id, is_active=True, role__in=CLERKS)


def why_not(document, user, day) -> str:
    """Why ``user`` does not decide on a paper, as far as that is no matter of the role: words that go on, or nothing."""
    if not voice(user).speaks_for(document, day):
        return f" {whose_words(document)}"
    if document.state == Document.State.PRESENTED and not voice(user).is_decided_here(document):
        return (
            f" {document.issuer_name} chưa có cả lãnh đạo và văn thư trong chương trình, nên văn bản này được ký trên giấy; "
            "đơn vị soạn ghi lại số đã cấp."
        )
    return ""


def whose_words(document: Document) -> str:
    """Who decides on a paper, for telling somebody who does not."""
    return f"Văn bản của {document.issuer_name} do lãnh đạo và văn thư của {document.issuer_name} duyệt, cấp số."

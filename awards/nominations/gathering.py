"""Nominations taken over from what is there: what the unit registered for the year, what it proposed a year before."""

from dataclasses import dataclass

from django.db import transaction

from documents.steps.refusing import Refused

from ..catalogue.book import called
from ..registrations.models import Aim
from .actions import STEPS
from .lines import add_all, is_open_to
from .models import Dossier, Nomination

REGISTERED, LAST_YEAR = "dang-ky", "nam-truoc"
SOURCES = {REGISTERED: "Từ đăng ký đầu năm", LAST_YEAR: "Từ hồ sơ năm trước"}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be proposed for something. ``key``: how a page sends it back."""

    recipient: object
    type: object

    @property
    def key(self) -> str:
        return f"{self.recipient.pk}-{self.type.pk}"


def candidates(dossier: Dossier, source: str, units) -> list[Candidate]:
    """Those of ``source`` who are not in the file yet, still of the unit and alive; by award and name.

    ``units``: keys of the unit and of those that went into it.
    """
    there = set(dossier.nominations.values_list("recipient", "type"))
    rows = _registered(dossier, units) if source == REGISTERED else _proposed(dossier, units)
    rows = rows.filter(recipient__merged_into=None, recipient__ended_on=None, recipient__unit=dossier.unit_id)
    rows = rows.select_related("recipient__unit", "type").order_by("type__position", "recipient__sort_text", "pk")
    found = {}
    for row in rows:
        if (row.recipient_id, row.type_id) not in there:
            one = Candidate(row.recipient, row.type)
            found.setdefault(one.key, one)
    return list(found.values())


def _registered(dossier, units):
    return Aim.objects.filter(registration__unit__in=units, registration__year=dossier.year)


def _proposed(dossier, units):
    rows = Nomination.objects.filter(
        dossier__unit__in=units, dossier__year=dossier.year - 1, dossier__route=dossier.route
    )
    return rows.exclude(state=Nomination.State.WITHDRAWN)


@transaction.atomic
def take_over(dossier: Dossier, source: str, keys, *, by) -> int:
    """Propose those of ``source`` with the ``keys``; how many. Raises ``Refused``."""
    dossier = STEPS.locked(dossier)
    if not is_open_to(dossier, by):
        raise Refused(f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không thêm đề nghị được nữa.")
    chosen = [one for one in candidates(dossier, source, by.inherited_units) if one.key in set(keys)]
    if not chosen:
        raise Refused("Chưa chọn ai, hoặc những người đã chọn vừa được thêm. Hãy tải lại trang.")
    add_all(dossier, [Nomination(recipient=one.recipient, type=one.type) for one in chosen], by=by)
    told = {"Thêm": "; ".join(f"{one.recipient.name}: {called(one.type)}" for one in chosen)}
    STEPS.tell(dossier, "take_over", f"{SOURCES[source]}: thêm {len(chosen)} đề nghị", by=by, after=told)
    return len(chosen)

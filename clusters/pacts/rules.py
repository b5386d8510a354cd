"""Who may take which step with a pact, for which of its parties; the table that the steps stand in."""

from documents.steps.stepping import Steps, Who
from units.acting import acts, left_alone
from units.permissions import may_manage

from ..log import About
from .models import Pact, Party

State = Pact.State
WRITTEN = (State.DRAFT, State.RETURNED)
SIGNED_STATES = (State.SIGNED, State.SUBMITTED, State.CONFIRMED)


def own_parties(pact, user) -> list[Party]:
    """The parties that ``user`` signs and reports for: the own unit, and those that went wholly into it."""
    if not acts(user):
        return []
    units = user.inherited_units
    return [row for row in pact.all_parties if row.membership.unit_id in units]


def lone_parties(pact) -> list[Party]:
    """The parties that nobody acts for: what they do on paper is recorded by who runs the year. Kept on ``pact``."""
    if "_alone" not in pact.__dict__:
        pact._alone = left_alone(row.membership.unit_id for row in pact.all_parties)
    return [row for row in pact.all_parties if row.membership.unit_id in pact._alone]


def _signed_on_paper(pact, _user):
    found = set(pact.parties.signed_on_paper())
    return [row for row in pact.all_parties if row in found]


# The parties that a person may take a step for, where it is taken for one of them.
PARTIES_FOR = {
    "sign": lambda pact, user: [row for row in own_parties(pact, user) if row.is_waited_for],
    "unsign": lambda pact, user: [row for row in own_parties(pact, user) if row.signed_on],
    "record": lambda pact, user: [row for row in lone_parties(pact) if row.is_waited_for],
    "unrecord": _signed_on_paper,
}


def signature(party) -> str:
    """Who signed for a party, and when, in words."""
    return f"{party.signer_name}, {party.signer_title}, ngày {party.signed_on:%d/%m/%Y}"


def signatures(pact) -> dict:
    """How far a pact is and who signed, as the log tells it."""
    return standing(pact) | {f"Chữ ký: {row}": signature(row) for row in pact.all_parties if row.signed_on}


def standing(pact) -> dict:
    """How far a pact is, as the log tells it."""
    return {
        "Trạng thái": pact.get_state_display(),
        "Tờ trình": pact.submission.name if pact.submitted_on else "",
        "Ngày trình": _day(pact.submitted_on),
        "Văn bản xác nhận": pact.confirmation.name if pact.confirmation else "",
        "Ngày xác nhận": _day(pact.confirmed_on),
        "Người xác nhận": pact.confirmed_by,
    }


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""


KEEPER = Who(Pact.is_kept_by, "trưởng, phó trưởng cụm, khối (giao ước giữa các trưởng cụm: Sở Nội vụ)")
DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
BOTH = Who(lambda pact, user: pact.is_kept_by(user) or may_manage(user), "trưởng, phó trưởng cụm, khối và Sở Nội vụ")
PARTIES = Who(lambda pact, user: bool(own_parties(pact, user)), "các bên ký giao ước")
WHOLE = ["division", "cluster__division"]
STEPS = Steps(
    Pact, "giao ước", about=About.PACT, words=standing, address="pact_step",
    related=WHOLE,
)  # fmt: skip

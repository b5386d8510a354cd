"""What each party says of itself: what it aims at, and at the year's end what it reached.

A party tells for itself alone; where nobody acts for it, who runs the year records its paper.
"""

from django.utils import timezone

from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.figures import figure_text

from ..log import About
from .models import Aim, PactFile, Party, Reached
from .rules import DEPARTMENT, SIGNED_STATES, WHOLE, WRITTEN, State, lone_parties, own_parties
from .signing import ACTS_ITSELF, keep_paper

STEPS = Steps(Party, "giao ước", about=About.PACT, under="pact", related=WHOLE)


def _is_own(party, user):
    return party in own_parties(party.pact, user)


# --- What it promises for itself


def _fault_of_registering(party, user):
    """A party registers while it is asked to sign and has not signed; who keeps the pact, already while it is written."""
    is_open = party.pact.state == State.OPEN or party.pact.is_kept_by(user)
    if is_open and not (party.signed_on or party.excuse or party.has_gone):
        return ""
    return (
        "Danh hiệu, chỉ tiêu riêng do đơn vị ghi khi giao ước chờ ký và đơn vị chưa ký; trưởng cụm, khối ghi được cả khi "
        "soạn. Cần sửa sau khi ký, hãy bỏ chữ ký đã ghi trước."
    )


def _registered(party) -> dict:
    words = {"Danh hiệu đăng ký": "; ".join(f"{row.title} ({row.quantity})" for row in party.aims.all())}
    own = party.results.exclude(planned=None).select_related("target").order_by("target__position")
    return words | {f"Chỉ tiêu riêng: {row.target}": figure_text(row.planned) for row in own}


@STEPS.step(
    "register", "Đăng ký danh hiệu, chỉ tiêu riêng", [*WRITTEN, State.OPEN], form=None, words=_registered,
    who=Who(lambda party, user: party.pact.is_kept_by(user) or _is_own(party, user),
            "chính đơn vị, hoặc trưởng, phó trưởng cụm, khối"),
    fault=_fault_of_registering, log=lambda party, _: f"Đăng ký của {party}",
)  # fmt: skip
def register(party, *, by, aims, figures):
    """Store the titles that a party aims at and the figures of its own; both go with its signature.

    ``aims``: [(title, how many)]; ``figures``: {target: figure, or None for the common one}.
    """
    party.aims.all().delete()
    Aim.objects.bulk_create(Aim(party=party, title=title, quantity=quantity) for title, quantity in aims)
    for target in party.pact.targets.all():
        _own_figure(party, target, figures.get(target.pk))


def _own_figure(party, target, figure):
    """Keep the figure of the party's own for a target, or none."""
    if figure == target.planned:
        figure = None
    if figure is None:
        party.results.filter(target=target).update(planned=None)
    else:
        Reached.objects.update_or_create(target=target, party=party, defaults={"planned": figure})


# --- The year's end


def may_tell(party, user) -> bool:
    """Whether ``user`` tells now what ``party`` reached: as the party, or from its paper."""
    return report.may(party, user) or report_on_paper.may(party, user)


def _reached(party) -> dict:
    return {
        str(row.target): ", ".join(filter(None, [figure_text(row.reached), row.note]))
        for row in party.results.select_related("target").order_by("target__position")
    }


def _excused(party) -> str:
    return f"{party} không phải ký giao ước này nên không báo kết quả." if party.excuse else ""


@STEPS.step(
    "report", "Ghi kết quả", SIGNED_STATES, form=None, words=_reached, log=lambda party, _: f"Kết quả của {party}",
    who=Who(_is_own, "chính đơn vị đã ký"), fault=lambda party, user: _excused(party),
)  # fmt: skip
def report(party, *, by, results):
    """Store what a party reached. ``results``: {target: (figure or None, note)}."""
    for target in party.pact.targets.all():
        reached, words = results.get(target.pk, (None, ""))
        Reached.objects.update_or_create(target=target, party=party, defaults={"reached": reached, "note": words})


def _fault_on_paper(party, _user) -> str:
    return _excused(party) or ("" if party in lone_parties(party.pact) else ACTS_ITSELF.format(party))


@STEPS.step(
    "report_on_paper", "Ghi kết quả trên giấy", SIGNED_STATES, who=DEPARTMENT, form=None, words=_reached,
    fault=_fault_on_paper, log=lambda party, _: f"Ghi kết quả trên giấy của {party}",
)  # fmt: skip
def report_on_paper(party, *, by, results, files, day):
    """Store what a party that nobody acts for reached, as its paper of ``day`` says; without ``files`` as the one before says.

    Raises ``documents.uploads.UploadRefused`` too.
    """
    if not files and party.paper(PactFile.About.RESULTS) is None:
        raise Refused("Hãy gắn bản quét giấy báo kết quả của đơn vị.", "files")
    report.act(party, by=by, results=results)
    if files:
        _refuse_day(day, party.pact)
        paper = keep_paper(party, PactFile.About.RESULTS, files, day, by)
        return {"Giấy": f"{paper.upload.name}, ngày {day:%d/%m/%Y}"}


def _refuse_day(day, pact):
    if day is None:
        raise Refused("Hãy ghi ngày trên giấy báo kết quả.", "day")
    if not pact.signed_on <= day <= timezone.localdate():
        raise Refused(
            f"Ngày trên giấy phải từ ngày các bên ký đủ ({pact.signed_on:%d/%m/%Y}) đến hôm nay. Hãy xem lại.", "day"
        )

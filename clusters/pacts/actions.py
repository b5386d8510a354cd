"""The life of a pact: written, laid out for signing, submitted to the council, confirmed or returned.

Source: the letter that this program began with, point 1.d; Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016. How it is signed:
``clusters.pacts.signing``; what each party says of itself: ``clusters.pacts.parties``.
"""

from django.db import models, transaction
from django.utils import timezone

from documents.steps.log import words_of
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.permissions import may_manage, may_write

from ..area import keep, refuse_no_scan
from ..divisions.models import Division, Membership
from .forms import ConfirmForm, ScanForm, SubmitForm, UnscanForm
from .models import Pact, PactFile, Party
from .rules import BOTH, DEPARTMENT, KEEPER, SIGNED_STATES, STEPS, WRITTEN, State, signatures
from .signing import brought_in_step, members_due

# --- Written


@transaction.atomic
def begin(pact, *, by) -> Pact:
    """Store a new draft between all who ought to be party. Raises ``Refused``."""
    division = Division.objects.select_for_update().get(pk=pact.division_id)
    cluster = pact.cluster
    if not pact.is_kept_by(by) or division.is_draft:
        raise Refused(
            f"Chỉ trưởng, phó trưởng của {cluster} soạn được giao ước này, sau khi bảng phân cụm đã thông báo."
            if cluster
            else "Chỉ Sở Nội vụ soạn được giao ước giữa trưởng các cụm, sau khi bảng phân cụm đã thông báo."
        )
    if Pact.objects.filter(division=division, cluster=cluster).exists():
        raise Refused(f"{cluster or f'Năm {division.year}'} đã có giao ước. Hãy mở giao ước đó.")
    due = list(members_due(division, cluster))
    if len(due) < 2:
        raise Refused("Giao ước cần ít nhất hai bên ký. Hãy xem lại thành viên hoặc trưởng các cụm, khối.")
    pact.save()
    Party.objects.bulk_create(Party(pact=pact, membership=row) for row in due)
    STEPS.tell(pact, "begin", "Soạn giao ước", by=by, after={"Các bên": "; ".join(str(row.unit) for row in due)})
    return pact


def _said(pact) -> dict:
    """What a pact says, as the log tells it."""
    lines = [
        f"{number}. {row.content}: {figure_text(row.planned)} {row.measure}"
        for number, row in enumerate(pact.targets.all(), start=1)
    ]
    return words_of(pact, ["title", "preamble", "commitment"]) | {"Chỉ tiêu": "\n".join(lines)}


@STEPS.step("write", "Sửa giao ước", WRITTEN, who=KEEPER, form=None, words=_said)
def write(pact, *, by, targets, **words):
    """Store the ``words`` by the names of their fields and the ``targets`` in their order; those not among them go.

    ``targets`` are rows of ``Target``, new or with the keys of those that were there.
    """
    for name, value in words.items():
        setattr(pact, name, value)
    known = set(pact.targets.values_list("pk", flat=True))
    for position, row in enumerate(targets, start=1):
        row.pk = row.pk if row.pk in known else None
        row.pact, row.position = pact, position
        row.save()
    pact.targets.exclude(pk__in=[row.pk for row in targets]).delete()


@STEPS.step(
    "open", "Đưa ra ký", WRITTEN, to=State.OPEN, who=KEEPER, look="primary", icon="signature",
    hint="Các bên được đọc và ký. Từ lúc này lời văn và chỉ tiêu giữ nguyên; các bên còn ghi được danh hiệu đăng ký.",
)  # fmt: skip
def open_for_signing(pact, *, by):
    """Lay it before the parties; its words stand still from now on."""
    missing = [
        words
        for words, there in (
            ("lời mở đầu", pact.preamble.strip()),
            ("ít nhất một chỉ tiêu", pact.targets.exists()),
            ("lời cam kết", pact.commitment.strip()),
        )
        if not there
    ]
    if missing:
        raise Refused(f"Chưa đưa ra ký được, giao ước còn thiếu: {', '.join(missing)}. Hãy bấm «{write.label}».")
    after = brought_in_step(pact)
    if len(pact.all_parties) < 2:
        raise Refused("Giao ước cần ít nhất hai bên ký. Hãy xem lại thành viên của cụm, khối.")
    return after


# --- Scans


def _scans(pact) -> dict:
    return {"Bản đã ký": "; ".join(row.upload.name for row in pact.files.of_pact().that_hold())}


@STEPS.step(
    "scan", "Gắn bản đã ký", SIGNED_STATES, who=BOTH, form=ScanForm, words=_scans, renews=False,
    hint="Bản giấy có chữ ký của các bên, sau này cả bản có xác nhận của Hội đồng.",
)  # fmt: skip
def attach(pact, *, by, files):
    """Keep scans of the signed pact. Raises ``documents.uploads.UploadRefused`` too."""
    refuse_no_scan(files)
    for file in files:
        PactFile.objects.create(pact=pact, upload=keep(file, by=by))


@STEPS.step(
    "unscan", "Bỏ tệp gắn nhầm", SIGNED_STATES, who=BOTH, needs_reason=True, form=UnscanForm, words=_scans, renews=False,
    fault=lambda pact, user: "" if pact.files.of_pact().that_hold() else "Không có bản đã ký nào để bỏ.",
    part=lambda pact, by, typed: typed["file"],
)  # fmt: skip
def detach(pact, *, by, file):
    """A scan that was attached by mistake is void; it stays to be read."""
    pact.files.of_pact().filter(pk=file.pk).update(void=True)


# --- The council


def ready_to_submit(pact, by) -> Pact:
    """The pact locked for its submission. Raises ``Refused`` where it cannot be submitted yet."""
    found = submit.ready(pact, by=by)
    _refuse_without_scan(found)
    return found


def _refuse_without_scan(pact):
    if not pact.files.of_pact().that_hold():
        raise Refused(f"{pact}: chưa có bản đã ký. Hãy gắn bản quét có chữ ký của các bên rồi trình.")


def _refuse_day(day, earliest, what, since):
    if day < earliest:
        raise Refused(f"{what} phải từ {since} ({earliest:%d/%m/%Y}) trở đi.", "day")
    if day > timezone.localdate():
        raise Refused(f"{what} chưa đến. Hãy ghi khi việc đã làm.", "day")


@STEPS.step(
    "submit", "Ghi ngày trình", [State.SIGNED], to=State.SUBMITTED, who=DEPARTMENT, form=SubmitForm,
    hint="Khi tờ trình đã làm ngoài chương trình.",
)  # fmt: skip
def submit(pact, *, by, paper, day):
    """Submitted to the council on ``day`` by ``paper``."""
    _refuse_without_scan(pact)
    _refuse_day(day, pact.signed_on, "Ngày trình", "ngày các bên ký đủ")
    pact.submission, pact.submitted_on = paper, day


@STEPS.step(
    "confirm", "Ghi xác nhận của Hội đồng", [State.SUBMITTED], to=State.CONFIRMED, who=DEPARTMENT, form=ConfirmForm,
    look="primary", hint="Ngày, người và văn bản của Hội đồng.",
)  # fmt: skip
def confirm(pact, *, by, paper, day, who):
    """Confirmed by the council: on ``day``, by ``who`` for it, in ``paper``."""
    _refuse_day(day, pact.submitted_on, "Ngày xác nhận", "ngày trình")
    pact.confirmation, pact.confirmed_on, pact.confirmed_by = paper, day, who


@STEPS.step("unsubmit", "Bỏ ngày trình ghi nhầm", [State.SUBMITTED], to=State.SIGNED, who=DEPARTMENT, needs_reason=True)
def unsubmit(pact, *, by):
    """Take back a submission that was recorded by mistake, or recalled; the pact stays signed."""
    pact.submission = pact.submitted_on = None


@STEPS.step(
    "unconfirm", "Bỏ xác nhận ghi nhầm", [State.CONFIRMED], to=State.SUBMITTED, who=DEPARTMENT, needs_reason=True
)
def unconfirm(pact, *, by):
    """Take back a confirmation that was recorded by mistake."""
    pact.confirmation = pact.confirmed_on = None
    pact.confirmed_by = ""


# --- Back to be written again


def _voided(pact) -> dict:
    """Nothing is signed any more; gives what became of the signatures, in words."""
    after = {f"Chữ ký: {row}": "không còn giá trị" for row in pact.all_parties if row.signed_on}
    pact.parties.update(signer_name="", signer_title="", signed_on=None, signed_by=None, excuse="")
    pact.files.update(void=True)
    # A submission that is still being drafted stays known, so that it is not issued for a pact that nobody signed.
    if pact.submitted_on:
        pact.submission = None
    pact.signed_on = pact.submitted_on = None
    del pact.all_parties
    return after


@STEPS.step(
    "take_back", "Lấy về sửa", [State.OPEN, State.SIGNED], to=State.DRAFT, who=KEEPER, needs_reason=True, words=signatures,
    hint="Mọi chữ ký và bản quét đã gắn không còn giá trị; các bên phải ký lại.",
)  # fmt: skip
def take_back(pact, *, by):
    """Back to the draft: every signature, and the scan of them, is void."""
    return _voided(pact)


@STEPS.step(
    "return", "Trả lại để sửa", [State.SIGNED, State.SUBMITTED], to=State.RETURNED, who=DEPARTMENT, needs_reason=True,
    words=signatures, hint="Hội đồng hoặc Sở Nội vụ chưa đồng ý: cụm, khối sửa rồi các bên ký lại từ đầu.",
)  # fmt: skip
def give_back(pact, *, by):
    """Returned by the council, or by the department before it: to be corrected, signed anew."""
    return _voided(pact)


# --- What waits


def waiting_for(user):
    """Pacts that wait for ``user``; ``WAITS`` tells what for: a signature, a correction, the submission, the council."""
    if not may_write(user):
        return Pact.objects.none()
    mine = {"membership__unit__in": user.inherited_units, "membership__left_on": None}
    unsigned = Party.objects.filter(signed_on=None, excuse="", **mine)
    # As ``Party.is_waited_for``: who signed for a cluster leads it still.
    unsigned = unsigned.filter(~models.Q(pact__cluster=None) | models.Q(membership__role=Membership.Role.LEADER))
    led = Membership.objects.leading(user).values("cluster")
    returned = models.Q(state=State.RETURNED)
    mine = models.Q(state=State.OPEN, pk__in=unsigned.values("pact")) | returned & models.Q(cluster__in=led)
    if may_manage(user):
        mine |= returned & models.Q(cluster=None) | models.Q(state__in=[State.SIGNED, State.SUBMITTED])
    return Pact.objects.filter(mine)


WAITS = {
    State.OPEN: "chờ đơn vị ký",
    State.RETURNED: "bị trả lại, chờ sửa",
    State.SIGNED: "các bên đã ký đủ, chờ trình Hội đồng",
    State.SUBMITTED: "chờ Hội đồng xác nhận",
}

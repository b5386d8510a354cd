"""The life of a pact: written, laid out for signing, submitted to the council, confirmed or returned.

Source: the letter that this program began with, point 1.d; Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016. Every action holds the
row of its pact, so that two parties who sign at once take turns, and leaves a row that tells who, when, before and after.
"""

from datetime import date

from django.db import models, transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.permissions import may_manage, may_write

from ..area import keep, refuse_no_scan
from ..divisions.models import Division, Membership
from .models import Pact, PactFile, Party
from .steps import Act, State, go, held, note

_WORDS = ["title", "preamble", "commitment"]

# --- Written


def members_due(division, cluster):
    """Who ought to be party now: the members of the cluster; without one, the leaders of all clusters of the year."""
    if cluster:
        return cluster.memberships.staying().select_related("unit")
    rows = Membership.objects.filter(division=division, role=Membership.Role.LEADER)
    return rows.staying().select_related("unit")


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
    note(pact, "Soạn giao ước", by, {}, {"Các bên": "; ".join(str(row.unit) for row in due)})
    return pact


def _target_lines(targets) -> str:
    return "\n".join(
        f"{number}. {row.content}: {figure_text(row.planned)} {row.measure}"
        for number, row in enumerate(targets, start=1)
    )


@transaction.atomic
def save(pact, targets, *, by, seen_version: int | None = None) -> Pact:
    """Store the words of ``pact`` and its ``targets`` in their order; those that are not among them go.

    ``targets`` are rows of ``Target``, new or with the keys of those that were there. Raises ``Refused``, ``Stale``.
    """
    found = held(Act.WRITE, pact, by, seen_version=seen_version)
    known = {row.pk: row for row in found.targets.all()}
    before = words_of(found, _WORDS) | {"Chỉ tiêu": _target_lines(known.values())}
    for name in _WORDS:
        setattr(found, name, getattr(pact, name))
    kept = set()
    for position, row in enumerate(targets, start=1):
        row.pk = row.pk if row.pk in known else None
        row.pact, row.position = found, position
        row.save()
        kept.add(row.pk)
    found.targets.exclude(pk__in=kept).delete()
    after = words_of(found, _WORDS) | {"Chỉ tiêu": _target_lines(targets)}
    if before != after:
        found.version += 1
        found.save()
        note(found, Act.WRITE.label, by, before, after)
    return found


@transaction.atomic
def renew(pact, *, by, reason="", seen_version: int | None = None) -> Pact:
    """Bring the parties in step with the cluster: who joined becomes party, who left need not sign.

    Raises ``Refused``, ``Stale``.
    """
    found = held(Act.RENEW, pact, by, seen_version=seen_version)
    if found.state == State.OPEN and not reason.strip():
        raise Refused("Hãy ghi lý do thay đổi các bên ký.", "reason")
    if not _renewed(found, by, reason):
        raise Refused("Các bên ký đã đúng với thành viên hiện nay. Không có gì phải cập nhật.")
    settle(found, by)
    return found


def out_of_step(pact, parties=None) -> tuple[list[Membership], list[Party]]:
    """Who ought to be party and is not; parties that have gone without having signed. ``parties``: all, where known."""
    parties = list(pact.parties.select_related("membership__unit")) if parties is None else parties
    known = {row.membership_id for row in parties}
    joined = [row for row in members_due(pact.division, pact.cluster) if row.pk not in known]
    for row in parties:
        row.pact = pact
    return joined, [row for row in parties if row.has_gone and row.signed_on is None and not row.excuse]


def _renewed(pact, by, reason="") -> bool:
    """Whether parties were out of step, which they are no more."""
    joined, gone = out_of_step(pact)
    if not joined and not gone:
        return False
    Party.objects.bulk_create(Party(pact=pact, membership=row) for row in joined)
    after = {str(row.unit): "thêm làm bên ký" for row in joined}
    for row in gone:
        after[str(row)] = _excuse(row, reason) if pact.state == State.OPEN else "bỏ khỏi các bên ký"
    if pact.state != State.OPEN:
        Party.objects.filter(pk__in=[row.pk for row in gone]).delete()
    note(pact, Act.RENEW.label, by, {}, after, reason)
    return True


def _excuse(party, reason="") -> str:
    """A party that has gone need not sign; gives the reason as it is kept."""
    row = party.membership
    words = f"thôi tham gia từ ngày {row.left_on:%d/%m/%Y}" if row.left_on else "thôi làm trưởng cụm, khối"
    party.excuse = f"{words}: {reason.strip()}"[:300] if reason.strip() else words
    party.save()
    return f"không phải ký, {party.excuse}"


@transaction.atomic
def open_for_signing(pact, *, by, seen_version: int | None = None) -> Pact:
    """Lay it before the parties; its words stand still from now on. Raises ``Refused``, ``Stale``."""
    found = held(Act.OPEN, pact, by, seen_version=seen_version)
    missing = [
        words
        for words, there in (
            ("lời mở đầu", found.preamble.strip()),
            ("ít nhất một chỉ tiêu", found.targets.exists()),
            ("lời cam kết", found.commitment.strip()),
        )
        if not there
    ]
    if missing:
        raise Refused(f"Chưa đưa ra ký được, giao ước còn thiếu: {', '.join(missing)}. Hãy bấm «{Act.WRITE.label}».")
    _renewed(found, by)
    if found.parties.count() < 2:
        raise Refused("Giao ước cần ít nhất hai bên ký. Hãy xem lại thành viên của cụm, khối.")
    go(found, State.OPEN, by, Act.OPEN.label)
    return found


@transaction.atomic
def take_back(pact, *, by, reason: str, seen_version: int | None = None) -> Pact:
    """Back to the draft: every signature, and the scan of them, is void. Raises ``Refused``."""
    found = held(Act.TAKE_BACK, pact, by, reason, seen_version)
    _voided(found, State.DRAFT, by, Act.TAKE_BACK.label, reason)
    return found


def _voided(pact, state, by, act, reason):
    """Store the pact in an earlier state with nothing signed."""
    parties = pact.parties.select_related("membership__unit")
    before = {f"Chữ ký: {row}": signature(row) for row in parties if row.signed_on}
    after = dict.fromkeys(before, "không còn giá trị")
    parties.update(signer_name="", signer_title="", signed_on=None, signed_by=None, excuse="")
    pact.files.update(void=True)
    # A submission that is still being drafted stays known, so that it is not issued for a pact that nobody signed.
    if pact.submitted_on:
        pact.submission = None
    pact.signed_on = pact.submitted_on = None
    go(pact, state, by, act, before=before, after=after, reason=reason)


# --- Signed


def signature(party) -> str:
    """Who signed for a party, and when, in words."""
    return f"{party.signer_name}, {party.signer_title}, ngày {party.signed_on:%d/%m/%Y}"


def settle(pact, by):
    """Once nobody is waited for, the pact is signed; who left before signing is excused with the reason."""
    parties = list(pact.parties.select_related("membership__unit"))
    for row in parties:
        row.pact = pact
    days = [row.signed_on for row in parties if row.signed_on]
    if pact.state != State.OPEN or not days or any(row.is_waited_for for row in parties):
        return
    gone = [row for row in parties if row.signed_on is None and not row.excuse]
    after = {str(row): _excuse(row) for row in gone}
    pact.signed_on = max(days)
    go(pact, State.SIGNED, by, "Các bên đã ký đủ", after=after)


@transaction.atomic
def attach(pact, *, files, by, seen_version: int | None = None) -> list[PactFile]:
    """Keep scans of the signed pact. Raises ``Refused``, ``Stale``, ``documents.uploads.UploadRefused``."""
    found = held(Act.SCAN, pact, by, seen_version=seen_version)
    refuse_no_scan(files)
    rows = [PactFile.objects.create(pact=found, upload=keep(file, by=by)) for file in files]
    note(found, Act.SCAN.label, by, {}, {"Bản đã ký": "; ".join(row.upload.name for row in rows)})
    return rows


@transaction.atomic
def detach(pact, *, file, by, reason: str, seen_version: int | None = None) -> PactFile:
    """A scan that was attached by mistake is void; it stays to be read. Raises ``Refused``, ``Stale``."""
    found = held(Act.UNSCAN, pact, by, reason, seen_version)
    row = found.files.of_pact().select_related("upload").get(pk=file.pk)
    row.void = True
    row.save()
    note(found, Act.UNSCAN.label, by, {"Bản đã ký": row.upload.name}, {"Bản đã ký": "gắn nhầm"}, reason)
    return row


# --- The council


def ready_to_submit(pact, by, seen_version: int | None = None) -> Pact:
    """The pact held for its submission. Raises ``Refused`` where it cannot be submitted yet, ``Stale``."""
    found = held(Act.SUBMIT, pact, by, seen_version=seen_version)
    if not found.files.of_pact().filter(void=False).exists():
        raise Refused(f"{found}: chưa có bản đã ký. Hãy gắn bản quét có chữ ký của các bên rồi trình.")
    return found


@transaction.atomic
def submit(pact, *, by, paper: Document, day: date, seen_version: int | None = None) -> Pact:
    """Submitted to the council on ``day`` by ``paper``. Raises ``Refused``, ``Stale``."""
    found = ready_to_submit(pact, by, seen_version)
    _refuse_day(day, found.signed_on, "Ngày trình", "ngày các bên ký đủ")
    found.submission, found.submitted_on = paper, day
    go(found, State.SUBMITTED, by, Act.SUBMIT.label, after={"Tờ trình": paper.name, "Ngày trình": f"{day:%d/%m/%Y}"})
    return found


def _refuse_day(day, earliest, what, since):
    if day < earliest:
        raise Refused(f"{what} phải từ {since} ({earliest:%d/%m/%Y}) trở đi.", "day")
    if day > timezone.localdate():
        raise Refused(f"{what} chưa đến. Hãy ghi khi việc đã làm.", "day")


@transaction.atomic
def unsubmit(pact, *, by, reason: str, seen_version: int | None = None) -> Pact:
    """Take back a submission that was recorded by mistake, or recalled; the pact stays signed. Raises ``Refused``, ``Stale``."""
    found = held(Act.UNSUBMIT, pact, by, reason, seen_version)
    before = {"Tờ trình": found.submission.name, "Ngày trình": f"{found.submitted_on:%d/%m/%Y}"}
    found.submission = found.submitted_on = None
    go(found, State.SIGNED, by, Act.UNSUBMIT.label, before=before, reason=reason)
    return found


@transaction.atomic
def confirm(pact, *, by, paper: Document, day: date, who: str, seen_version: int | None = None) -> Pact:
    """Confirmed by the council: on ``day``, by ``who`` for it, in ``paper``. Raises ``Refused``, ``Stale``."""
    found = held(Act.CONFIRM, pact, by, seen_version=seen_version)
    _refuse_day(day, found.submitted_on, "Ngày xác nhận", "ngày trình")
    found.confirmation, found.confirmed_on, found.confirmed_by = paper, day, who
    after = {"Văn bản xác nhận": paper.name, "Ngày xác nhận": f"{day:%d/%m/%Y}", "Người xác nhận": who}
    go(found, State.CONFIRMED, by, Act.CONFIRM.label, after=after)
    return found


@transaction.atomic
def unconfirm(pact, *, by, reason: str, seen_version: int | None = None) -> Pact:
    """Take back a confirmation that was recorded by mistake. Raises ``Refused``, ``Stale``."""
    found = held(Act.UNCONFIRM, pact, by, reason, seen_version)
    before = {"Văn bản xác nhận": found.confirmation.name, "Ngày xác nhận": f"{found.confirmed_on:%d/%m/%Y}"}
    found.confirmation = found.confirmed_on = None
    found.confirmed_by = ""
    go(found, State.SUBMITTED, by, Act.UNCONFIRM.label, before=before, reason=reason)
    return found


@transaction.atomic
def give_back(pact, *, by, reason: str, seen_version: int | None = None) -> Pact:
    """Returned by the council, or by the department before it: to be corrected, signed anew. Raises ``Refused``, ``Stale``."""
    found = held(Act.RETURN, pact, by, reason, seen_version)
    _voided(found, State.RETURNED, by, Act.RETURN.label, reason)
    return found


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

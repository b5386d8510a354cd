"""Who is party to a pact and signs it: each for itself, or on paper where nobody acts for it.

A party acts for itself alone, through the officers of its own unit or of one that it went into. Nobody acts for a party without
an account in it, or in a living unit that it went into (``units.acting``): what it signed on paper is recorded by who runs the
year, with the scan. The pact is locked in every step, so that two parties who sign at once take turns.
"""

from django.utils import timezone

from documents.steps.refusing import Refused
from documents.steps.stepping import Who

from ..area import keep_scan
from ..divisions.models import Membership
from .forms import PartyForm, RecordForm, RenewForm, SignForm, UnsignForm
from .models import PactFile, Party
from .rules import (
    BOTH,
    DEPARTMENT,
    PARTIES,
    PARTIES_FOR,
    STEPS,
    WRITTEN,
    State,
    own_parties,
    signature,
    signatures,
)

ACTS_ITSELF = (
    "{} có tài khoản (hoặc đơn vị kế thừa có) nên tự ghi. Chỉ ghi thay đơn vị không còn ai trong chương trình."
)


# --- Once nobody is waited for


@STEPS.step(
    "signed", "Các bên đã ký đủ", [State.OPEN], to=State.SIGNED, form=None,
    who=Who(lambda pact, user: False, "chữ ký cuối cùng"),
)  # fmt: skip
def all_signed(pact, *, by):
    """The pact is signed; who left before signing is excused with the reason."""
    pact.signed_on = max(row.signed_on for row in pact.all_parties if row.signed_on)
    return {str(row): _excuse(row) for row in pact.all_parties if row.signed_on is None and not row.excuse}


def _settle(pact, by, _reason):
    parties = pact.all_parties if pact.state == State.OPEN else []
    if any(row.signed_on for row in parties) and not any(row.is_waited_for for row in parties):
        all_signed.heard(pact, by=by)


def _excuse(party, reason="") -> str:
    """A party that has gone need not sign; gives the reason as it is kept."""
    row = party.membership
    words = f"thôi tham gia từ ngày {row.left_on:%d/%m/%Y}" if row.left_on else "thôi làm trưởng cụm, khối"
    party.excuse = f"{words}: {reason.strip()}"[:300] if reason.strip() else words
    party.save()
    return f"không phải ký, {party.excuse}"


# --- One party signs


def _why_not(what, pact, by, party) -> str:
    """Why ``by`` does not take the step ``what`` for ``party``."""
    row = next((row for row in pact.all_parties if row == party), party)
    if what in ("sign", "unsign") and row not in own_parties(pact, by):
        return "Bên ký này không phải đơn vị của bạn. Hãy tải lại trang rồi chọn lại."
    if what == "unsign":
        return f"{row} chưa ký. Không có chữ ký nào để bỏ."
    if what == "unrecord":
        return "Bên này không có chữ ký ghi từ bản giấy. Hãy tải lại trang."
    if row.signed_on:
        return f"{row} đã ký ngày {row.signed_on:%d/%m/%Y}. Mỗi bên chỉ ký một lần."
    return f"{row} không còn là bên ký của giao ước này." if not row.is_waited_for else ACTS_ITSELF.format(row)


def _chosen(what, pact, by, party) -> Party:
    """The party that ``by`` takes the step for: ``party``, or the only one that there is. Raises ``Refused``."""
    found = [row for row in PARTIES_FOR[what](pact, by) if party in (None, row)]
    if len(found) == 1:
        return found[0]
    several = "Bạn thay mặt nhiều bên ký. Hãy chọn một bên."
    raise Refused(several if party is None else _why_not(what, pact, by, party), "party")


def _for_party(what, nobody="") -> dict:
    """What a step declares that is taken for one party. ``nobody`` tells that there is none, where the person is no party."""

    def fault(pact, user):
        if PARTIES_FOR[what](pact, user):
            return ""
        return nobody or _why_not(what, pact, user, own_parties(pact, user)[0])

    def part(pact, by, typed):
        return _chosen(what, pact, by, typed.get("party"))

    # Signatures of others in the meantime do not matter: only words and state make a version.
    return {"fault": fault, "part": part, "words": signatures, "renews": False}


@STEPS.step(
    "sign", "Ghi chữ ký", [State.OPEN], who=PARTIES, form=SignForm, then=_settle, **_for_party("sign"),
    log=lambda pact, party: f"{party} ký", look="primary",
    hint="Ghi người đã ký bản giấy thay mặt đơn vị của bạn. Danh hiệu đã đăng ký được chốt cùng chữ ký.",
)  # fmt: skip
def sign(pact, *, by, name, title, day, party=None):
    """Record who signed for ``party``, one of those that ``by`` acts for; without it, for the one that waits."""
    _store(_chosen("sign", pact, by, party), by, name=name, title=title, day=day)


def _store(party, by, *, name, title, day):
    """Keep who signed for ``party`` and when. Raises ``Refused`` for a day that cannot be."""
    if not party.pact.division.contains(day):
        raise Refused(f"Ngày ký phải trong năm thi đua, {party.pact.division.span}.", "day")
    if day > timezone.localdate():
        raise Refused("Ngày ký chưa đến. Hãy ghi khi đã ký.", "day")
    party.signer_name, party.signer_title, party.signed_on, party.signed_by = name, title, day, by
    party.save()


# --- The parties brought in step with the cluster


def members_due(division, cluster):
    """Who ought to be party now: the members of the cluster; without one, the leaders of all clusters of the year."""
    if cluster:
        return cluster.memberships.staying().select_related("unit")
    rows = Membership.objects.filter(division=division, role=Membership.Role.LEADER)
    return rows.staying().select_related("unit")


def out_of_step(pact) -> tuple[list[Membership], list[Party]]:
    """Who ought to be party and is not; parties that have gone without having signed. One query."""
    known = {row.membership_id for row in pact.all_parties}
    joined = [row for row in members_due(pact.division, pact.cluster) if row.pk not in known]
    return joined, [row for row in pact.all_parties if row.has_gone and row.signed_on is None and not row.excuse]


def _fault_of_renewing(pact, _user):
    return "" if any(out_of_step(pact)) else "Các bên ký đã đúng với thành viên hiện nay. Không có gì phải cập nhật."


@STEPS.step(
    "renew", "Cập nhật các bên", [*WRITTEN, State.OPEN], who=BOTH, fault=_fault_of_renewing, then=_settle, form=RenewForm,
    renews=False, hint="Đơn vị mới vào được thêm làm bên ký; đơn vị đã thôi tham gia không phải ký nữa.",
)  # fmt: skip
def renew(pact, *, by, reason):
    """Bring the parties in step with the cluster; while they sign, with a reason."""
    if pact.state == State.OPEN and not reason.strip():
        raise Refused("Hãy ghi lý do thay đổi các bên ký.", "reason")
    return brought_in_step(pact, reason)


def brought_in_step(pact, reason="") -> dict:
    """Who joined becomes party, who left need not sign; gives what became of each, in words."""
    joined, gone = out_of_step(pact)
    Party.objects.bulk_create(Party(pact=pact, membership=row) for row in joined)
    after = {str(row.unit): "thêm làm bên ký" for row in joined}
    for row in gone:
        after[str(row)] = _excuse(row, reason) if pact.state == State.OPEN else "bỏ khỏi các bên ký"
    if pact.state != State.OPEN:
        Party.objects.filter(pk__in=[row.pk for row in gone]).delete()
    del pact.all_parties
    return after


# --- What was recorded wrongly, and what was signed on paper


@STEPS.step(
    "unsign", "Bỏ chữ ký đã ghi", [State.OPEN, State.SIGNED], to=State.OPEN, who=PARTIES, needs_reason=True,
    form=UnsignForm, log=lambda pact, party: f"{party} bỏ chữ ký đã ghi", **_for_party("unsign"),
    hint="Chỉ khi ghi nhầm. Giao ước lại chờ đơn vị bạn ký.",
)  # fmt: skip
def unsign(pact, *, by, party=None):
    """Take back a signature of ``party``, one of those that ``by`` acts for, that was recorded wrongly."""
    _void(pact, _chosen("unsign", pact, by, party))


def _void(pact, party):
    """The pact waits for ``party`` again; the paper that showed its signature stays to be read."""
    party.signer_name = party.signer_title = ""
    party.signed_on = party.signed_by = None
    party.save()
    party.papers.filter(about=PactFile.About.SIGNATURE).update(void=True)
    pact.signed_on = None
    pact.version += pact.state != State.OPEN  # another state is another version


@STEPS.step(
    "record", "Ghi chữ ký trên giấy", [State.OPEN], who=DEPARTMENT, form=RecordForm, then=_settle,
    log=lambda pact, party: f"Ghi chữ ký trên giấy của {party}",
    **_for_party("record", "Không còn bên nào chờ ghi chữ ký trên giấy. Mỗi bên chỉ ký một lần."),
    hint="Bên ký không có tài khoản, hoặc đã kết thúc mà không có đơn vị kế thừa trong chương trình: ghi theo bản giấy.",
)  # fmt: skip
def record(pact, *, by, party, name, title, day, files):
    """Record the signature that ``party`` gave on paper. Raises ``documents.uploads.UploadRefused`` too."""
    row = _chosen("record", pact, by, party)
    _store(row, by, name=name, title=title, day=day)
    paper = keep_paper(row, PactFile.About.SIGNATURE, files, day, by)
    return {f"Chữ ký: {row}": f"{signature(row)}; {paper.upload.name}"}


def keep_paper(party, about, files, day, by) -> PactFile:
    """Keep the scan of what ``party`` did on paper; one of the same kind that was kept before is void."""
    (scan,) = files
    party.papers.filter(about=about).update(void=True)
    upload = keep_scan(scan, by=by)
    return PactFile.objects.create(pact=party.pact, party=party, about=about, day=day, upload=upload)


@STEPS.step(
    "unrecord", "Bỏ chữ ký trên giấy ghi nhầm", [State.OPEN, State.SIGNED], to=State.OPEN, who=DEPARTMENT, needs_reason=True,
    form=PartyForm, log=lambda pact, party: f"Bỏ chữ ký trên giấy đã ghi của {party}",
    **_for_party("unrecord", "Giao ước không có chữ ký ghi từ bản giấy nào để bỏ."),
    hint="Chỉ khi ghi nhầm. Giao ước lại chờ bên đó ký; bản quét vẫn giữ để xem.",
)  # fmt: skip
def unrecord(pact, *, by, party):
    """Take back a signature that was recorded from paper by mistake."""
    _void(pact, _chosen("unrecord", pact, by, party))

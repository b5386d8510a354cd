"""What each party does with a pact: says what it aims at, signs, and at the year's end tells what it reached.

A party acts for itself alone, through the officers of its own unit or of one that it went into. What a party that nobody acts
for did on paper is recorded by who runs the year: ``clusters.pacts.on_paper``.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import history_of
from documents.steps.refusing import Refused, refuse_stale
from units.figures import figure_text

from ..log import About
from .actions import settle, signature
from .models import Aim, Pact, PactFile, Party, Reached
from .steps import PARTIES_FOR, SIGNED_STATES, WRITTEN, Act, State, go, held, note, own_parties

# --- What it promises for itself


def may_register(party, user) -> bool:
    """Whether ``user`` may say what ``party`` aims at: who keeps the pact, and the party itself while it is asked to sign."""
    pact = party.pact
    if party.signed_on or party.excuse or party.has_gone:
        return False
    if pact.is_kept_by(user):
        return pact.state in (*WRITTEN, State.OPEN)
    return pact.state == State.OPEN and party in own_parties(pact, user)


@transaction.atomic
def register(party, *, aims, figures, by, seen_version: int | None = None) -> Party:
    """Store the titles that a party aims at and the figures of its own; both go with its signature.

    ``aims``: [(title, how many)]; ``figures``: {target: figure, or None for the common one}. Raises ``Refused``, ``Stale``.
    """
    pact, row = party_held(party)
    if not may_register(row, by):
        raise Refused(
            "Danh hiệu, chỉ tiêu riêng do đơn vị ghi khi giao ước chờ ký và đơn vị chưa ký; trưởng cụm, khối ghi được cả khi "
            "soạn. Cần sửa sau khi ký, hãy bỏ chữ ký đã ghi trước."
        )
    _refuse_stale(row, seen_version)
    before = _register_words(row)
    row.aims.all().delete()
    Aim.objects.bulk_create(Aim(party=row, title=title, quantity=quantity) for title, quantity in aims)
    for target in pact.targets.all():
        _own_figure(row, target, figures.get(target.pk))
    after = _register_words(row)
    if before != after:
        row.version += 1
        row.save()
        note(pact, f"Đăng ký của {row}", by, before, after)
    return row


def party_held(party) -> tuple[Pact, Party]:
    """A party and its pact as they stand, both held until the transaction ends."""
    rows = Pact.objects.select_for_update(of=("self",)).select_related("division", "cluster__division")
    pact = rows.get(pk=party.pact_id)
    row = pact.parties.select_related("membership__unit").get(pk=party.pk)
    row.pact = pact
    return pact, row


def _refuse_stale(party, seen_version):
    """What other parties did in the meantime does not matter."""
    log = history_of(About.PACT, party.pact_id).filter(act__endswith=f" của {party}")
    refuse_stale(About.PACT, party, seen_version, log=log)


def _own_figure(party, target, figure):
    """Keep the figure of the party's own for a target, or none."""
    if figure == target.planned:
        figure = None
    if figure is None:
        party.results.filter(target=target).update(planned=None)
    else:
        Reached.objects.update_or_create(target=target, party=party, defaults={"planned": figure})


def _register_words(party) -> dict:
    words = {"Danh hiệu đăng ký": "; ".join(f"{row.title} ({row.quantity})" for row in party.aims.all())}
    own = party.results.exclude(planned=None).select_related("target").order_by("target__position")
    return words | {f"Chỉ tiêu riêng: {row.target}": figure_text(row.planned) for row in own}


# --- Signed


@transaction.atomic
def sign(
    pact, *, by, name: str, title: str, day: date, party: Party | None = None, seen_version: int | None = None
) -> Party:
    """Record who signed for ``party``, one of those that ``by`` acts for; without it, for the one that waits.

    The last signature makes the pact signed. Signatures of others in the meantime do not matter: only words and state make a
    version. Raises ``Refused``, ``Stale``.
    """
    found = held(Act.SIGN, pact, by, seen_version=seen_version)
    row = _chosen(Act.SIGN, found, by, party)
    store_signature(found, row, by, name=name, title=title, day=day)
    note(found, f"{row} ký", by, {}, {f"Chữ ký: {row}": signature(row)})
    settle(found, by)
    return row


def _chosen(act, pact, by, party) -> Party:
    """The party that ``by`` takes the step for. Raises ``Refused``."""
    waiting = PARTIES_FOR[act](pact, by)
    rows = [row for row in own_parties(pact, by) if party is None or row.pk == party.pk]
    if not rows:
        raise Refused("Bên ký này không phải đơn vị của bạn. Hãy tải lại trang rồi chọn lại.", "party")
    found = [row for row in waiting if row in rows]
    if len(found) > 1:
        raise Refused("Bạn thay mặt nhiều bên ký. Hãy chọn một bên.", "party")
    if found:
        return found[0]
    row = rows[0]
    if act == Act.UNSIGN:
        raise Refused(f"{row} chưa ký. Không có chữ ký nào để bỏ.")
    if row.signed_on:
        raise Refused(f"{row} đã ký ngày {row.signed_on:%d/%m/%Y}. Mỗi bên chỉ ký một lần.")
    raise Refused(f"{row} không còn là bên ký của giao ước này.")


def store_signature(pact, party, by, *, name, title, day):
    """Keep who signed for ``party`` and when. Raises ``Refused`` for a day that cannot be."""
    if not pact.division.contains(day):
        raise Refused(f"Ngày ký phải trong năm thi đua, {pact.division.span}.", "day")
    if day > timezone.localdate():
        raise Refused("Ngày ký chưa đến. Hãy ghi khi đã ký.", "day")
    party.signer_name, party.signer_title, party.signed_on, party.signed_by = name, title, day, by
    party.save()


@transaction.atomic
def unsign(pact, *, by, reason: str, party: Party | None = None, seen_version: int | None = None) -> Party:
    """Take back a signature of ``party``, one of those that ``by`` acts for, that was recorded wrongly.

    The pact waits for it again. Raises ``Refused``, ``Stale``.
    """
    found = held(Act.UNSIGN, pact, by, reason, seen_version)
    row = _chosen(Act.UNSIGN, found, by, party)
    void_signature(found, row, by, f"{row} bỏ chữ ký đã ghi", reason)
    return row


def void_signature(pact, party, by, act, reason):
    """The pact waits for ``party`` again; the paper that showed its signature stays to be read."""
    before = {f"Chữ ký: {party}": signature(party)}
    party.signer_name = party.signer_title = ""
    party.signed_on = party.signed_by = None
    party.save()
    party.papers.filter(about=PactFile.About.SIGNATURE).update(void=True)
    pact.signed_on = None
    go(pact, State.OPEN, by, act, before=before, reason=reason)


# --- The year's end


def may_report(party, user) -> bool:
    """Whether ``user`` may say what ``party`` reached: the party itself, once all have signed."""
    return is_told(party) and party in own_parties(party.pact, user)


def is_told(party) -> bool:
    """Whether what ``party`` reached is told now."""
    return party.pact.state in SIGNED_STATES and not party.excuse


@transaction.atomic
def report(party, results, *, by, seen_version: int | None = None) -> Party:
    """Store what a party reached. ``results``: {target: (figure or None, note)}. Raises ``Refused``, ``Stale``."""
    pact, row = party_held(party)
    if not may_report(row, by):
        raise Refused("Mỗi bên chỉ ghi kết quả của mình, sau khi các bên đã ký đủ giao ước.")
    store_results(pact, row, results, by, seen_version)
    return row


def store_results(pact, row, results, by, seen_version):
    """Keep what ``row`` reached, and tell. Raises ``Stale``."""
    _refuse_stale(row, seen_version)
    before = _result_words(row)
    for target in pact.targets.all():
        reached, words = results.get(target.pk, (None, ""))
        Reached.objects.update_or_create(target=target, party=row, defaults={"reached": reached, "note": words})
    after = _result_words(row)
    if before != after:
        row.version += 1
        row.save()
        note(pact, f"Kết quả của {row}", by, before, after)


def _result_words(party) -> dict:
    return {
        str(row.target): ", ".join(filter(None, [figure_text(row.reached), row.note]))
        for row in party.results.select_related("target").order_by("target__position")
    }

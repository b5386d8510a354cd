"""Initiatives, ratings, figures of collectives, discipline: recorded, changed, taken out, each change logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, delete, refuse_stale, unless_taken
from units.permissions import may_manage

from ..log import About
from ..recipients.models import Recipient
from .models import Authorship, Initiative, Pause, Rating, Team
from .rules import fault_of_year

# {model: (what the log tells it under, its fields)}
LOGGED = {
    Initiative: (About.INITIATIVE, ["name", "kind", "scope", "year", "recognised_on", "number", "issuer"]),
    Rating: (About.RATING, ["recipient", "year", "level", "paper"]),
    Team: (About.TEAM, ["recipient", "year", "members", "completed", "ldtt", "cstdcs", "warned"]),
    Pause: (About.PAUSE, ["recipient", "kind", "since", "until", "paper", "note"]),
}
TWICE = "Năm này của người, tập thể này đã có. Hãy sửa dòng đã có."


def _refuse_stranger(user):
    if not may_manage(user):
        raise Refused("Phần này do Sở Nội vụ ghi. Cần thay đổi, hãy liên hệ Sở Nội vụ.")


@transaction.atomic
def save(row, *, by, seen_version: int | None = None, authors: list[Recipient] | None = None):
    """Store a new record or what was changed in one; ``authors`` of an initiative. Raises ``Refused``, ``Stale``."""
    _refuse_stranger(by)
    about, names = LOGGED[type(row)]
    old = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first() if row.pk else None
    if row.pk:
        if old is None:
            raise Refused("Dòng này không còn. Hãy tải lại trang.")
        refuse_stale(about, old, seen_version)
        row.version = old.version + 1
    _refuse_facts(row)
    before = _words(old, names) if old else {}
    with unless_taken(TWICE, "year"):
        row.save()
    if authors is not None:
        _write_authors(row, authors)
    record(
        about,
        row,
        "Sửa" if old else "Ghi",
        by=by,
        before=before,
        after=_words(row, names),
        what="edit" if old else "begin",
    )
    return row


def _refuse_facts(row):
    today = timezone.localdate()
    if not isinstance(row, Pause):
        if words := fault_of_year(row.year, today, rated=isinstance(row, Rating)):
            raise Refused(words, "year")
    elif row.since > today:
        raise Refused(f"Ngày {row.since:%d/%m/%Y} chưa đến. Hãy ghi ngày bắt đầu của văn bản.", "since")
    recipient = getattr(row, "recipient", None)
    began = recipient and (recipient.began_on.year if recipient.began_on else recipient.began_year)
    if began and getattr(row, "year", began) < began:
        raise Refused(f"Năm {row.year} trước khi {recipient} sinh, thành lập ({began}). Hãy kiểm tra lại.", "year")
    try:
        row.clean()
    except ValidationError as wrong:
        field, words = next(iter(wrong.message_dict.items()))
        raise Refused(" ".join(words), field) from None


def _words(row, names):
    told = words_of(row, names)
    if isinstance(row, Initiative):
        told["Tác giả"] = ", ".join(row.authorships.order_by("pk").values_list("recipient__name", flat=True))
    return told


def _write_authors(row, authors):
    """Store who made an initiative. Who used it already stays."""
    if not authors:
        raise Refused("Hãy ghi ít nhất một tác giả.", "authors")
    there = {author.recipient_id: author for author in row.authorships.all()}
    wanted = {author.pk for author in authors}
    for key, author in there.items():
        if key not in wanted:
            if author.used_in_id:
                raise Refused(
                    f"{author.recipient} đã dùng sáng kiến này để xét khen thưởng nên không bỏ được.", "authors"
                )
            author.delete()
    Authorship.objects.bulk_create(
        Authorship(initiative=row, recipient=author) for author in authors if author.pk not in there
    )


@transaction.atomic
def remove(row, *, by, reason: str, seen_version: int | None = None):
    """Take out what was recorded by mistake; the log keeps what it said. Raises ``Refused``, ``Stale``."""
    _refuse_stranger(by)
    about, names = LOGGED[type(row)]
    found = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused("Dòng này không còn. Hãy tải lại trang.")
    refuse_stale(about, found, seen_version)
    if not reason.strip():
        raise Refused("Hãy ghi lý do xóa.", "reason")
    if isinstance(found, Initiative) and found.authorships.exclude(used_in=None).exists():
        raise Refused("Sáng kiến này đã dùng để xét khen thưởng nên không xóa được.")
    before = _words(found, names)
    delete(found, "Dòng này")
    record(about, found, "Xóa", by=by, before=before, reason=reason, what="remove")


@transaction.atomic
def rate(given: dict[Recipient, str], year: int, *, by, paper: str) -> int:
    """Store the ratings of many for a year, {recipient: level}; how many are new or other than before."""
    _refuse_stranger(by)
    if words := fault_of_year(year, timezone.localdate(), rated=True):
        raise Refused(words, "year")
    there = {row.recipient_id: row for row in Rating.objects.select_for_update().filter(year=year, recipient__in=given)}
    changed = 0
    for recipient, level in sorted(given.items(), key=lambda pair: pair[0].pk):
        row = there.get(recipient.pk)
        if row and row.level == level and (not paper or row.paper == paper):
            continue
        before = _words(row, LOGGED[Rating][1]) if row else {}
        row = row or Rating(recipient=recipient, year=year, version=0)
        row.level, row.paper, row.version = level, paper or row.paper, row.version + 1
        with unless_taken(TWICE, "year"):
            row.save()
        told = {"before": before, "after": _words(row, LOGGED[Rating][1]), "what": "edit" if before else "begin"}
        record(About.RATING, row, "Sửa" if before else "Ghi", by=by, **told)
        changed += 1
    return changed

"""Initiatives, ratings, figures of collectives, discipline, terms of office: recorded, changed, taken out, each change logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, delete, refuse_stale, unless_taken
from units.permissions import may_manage

from ..log import About
from ..recipients.models import Recipient
from ..recipients.names import name_key
from .models import Authorship, HeldPost, Initiative, Pause, Rating, Team
from .rules import fault_of_year, faults_of_team

# {model: (what the log tells it under, its fields)}
LOGGED = {
    Initiative: (About.INITIATIVE, ["name", "kind", "scope", "year", "recognised_on", "number", "issuer", "summary"]),
    Rating: (About.RATING, ["recipient", "year", "level", "paper"]),
    Team: (About.TEAM, ["recipient", "year", "members", "women", "completed", "ldtt", "cstdcs", "warned"]),
    Pause: (About.PAUSE, ["recipient", "kind", "since", "until", "paper", "note"]),
    HeldPost: (
        About.HELD_POST,
        ["recipient", "post", "place", "since", "until", "position_class", "service", "is_hard", "paper"],
    ),
}
TWICE = "Năm này của người, tập thể này đã có. Hãy sửa dòng đã có."


def refuse_stranger(user):
    """Raise ``Refused`` for who may not write records."""
    if not may_manage(user):
        raise Refused("Phần này do Sở Nội vụ ghi. Cần thay đổi, hãy liên hệ Sở Nội vụ.")


@transaction.atomic
def save(row, *, by, seen_version: int | None = None, authors: list[Recipient] | None = None, used: dict | None = None):
    """Store a new record or what was changed in one. Raises ``Refused``, ``Stale``.

    ``authors`` of an initiative; ``used``: {key of an authorship: the award for which that author used it, None for none}.
    """
    refuse_stranger(by)
    about = LOGGED[type(row)][0]
    old = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first() if row.pk else None
    if row.pk:
        if old is None:
            raise Refused("Dòng này không còn. Hãy tải lại trang.")
        refuse_stale(about, old, seen_version)
        row.version = old.version + 1
    refuse_facts(row)
    before = words_told(old) if old else {}
    with unless_taken(TWICE, "year"):
        row.save()
    if authors is not None:
        _refuse_again(row, authors)
        _write_used(row, used or {})
        _write_authors(row, authors)
    record(
        about,
        row,
        "Sửa" if old else "Ghi",
        by=by,
        before=before,
        after=words_told(row),
        what="edit" if old else "begin",
    )
    return row


def refuse_facts(row):
    """Raise ``Refused`` beside the field for what cannot be: a year or a day to come, a time before its recipient was there."""
    today = timezone.localdate()
    if isinstance(row, Pause | HeldPost):
        if row.since > today:
            raise Refused(f"Ngày {row.since:%d/%m/%Y} chưa đến. Hãy ghi ngày bắt đầu của văn bản.", "since")
    elif words := fault_of_year(row.year, today, rated=isinstance(row, Rating)):
        raise Refused(words, "year")
    for field, words in faults_of_team(row).items() if isinstance(row, Team) else ():
        raise Refused(words, field)
    _refuse_before_birth(row)
    try:
        row.clean()
    except ValidationError as wrong:
        field, words = next(iter(wrong.message_dict.items()))
        raise Refused(" ".join(words), field) from None


def _refuse_before_birth(row):
    recipient = getattr(row, "recipient", None)
    began = recipient and (recipient.began_on.year if recipient.began_on else recipient.began_year)
    field = "since" if isinstance(row, Pause | HeldPost) else "year"
    year = row.since.year if field == "since" else row.year
    if began and year < began:
        raise Refused(f"Năm {year} trước khi {recipient} sinh, thành lập ({began}). Hãy kiểm tra lại.", field)


def words_told(row, *, people: list[Recipient] | None = None) -> dict[str, str]:
    """What the log tells of a record; ``people``: the authors of an initiative, asked for where they are not said."""
    told = words_of(row, LOGGED[type(row)][1])
    if isinstance(row, HeldPost):
        told["Ở địa bàn khó khăn"] = "có" if row.is_hard else ""
    if isinstance(row, Initiative):
        if people is None:
            there = row.authorships.select_related("recipient", "used_in__type", "used_in__decision").order_by("pk")
            people = [author.recipient for author in there]
            used = [f"{one.recipient.name}: {one.used_in.title} năm {one.used_in.year}" for one in there if one.used_in]
            told["Đã dùng để xét"] = "; ".join(used)
        told["Tác giả"] = ", ".join(one.name for one in people)
    return told


def _refuse_again(row, authors):
    """An initiative is recorded once: twice recorded it would be used twice."""
    others = Authorship.objects.filter(recipient__in=authors).exclude(initiative=row.pk).select_related("initiative")
    key = name_key(row.name)
    if other := next((one for one in others if name_key(one.initiative.name) == key), None):
        raise Refused(
            f"{other.recipient} đã có sáng kiến tên này, ghi năm {other.initiative.year}. Hãy sửa dòng đã có.", "name"
        )


def _write_used(row, used):
    """For which award each author used it; one author may use it once, for an award of their own."""
    for author in row.authorships.select_related("recipient").filter(pk__in=used):
        award = used[author.pk]
        whose = award and (award.recipient.merged_into_id or award.recipient_id)
        if award and whose != (author.recipient.merged_into_id or author.recipient_id):
            raise Refused(f"Khen thưởng đã chọn không phải của {author.recipient}.", f"used_{author.pk}")
        if author.used_in_id != (award and award.pk):
            author.used_in = award
            author.save(update_fields=["used_in"])


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
    refuse_stranger(by)
    about = LOGGED[type(row)][0]
    found = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused("Dòng này không còn. Hãy tải lại trang.")
    refuse_stale(about, found, seen_version)
    if not reason.strip():
        raise Refused("Hãy ghi lý do xóa.", "reason")
    if isinstance(found, Initiative) and found.authorships.exclude(used_in=None).exists():
        raise Refused("Sáng kiến này đã dùng để xét khen thưởng nên không xóa được.")
    before = words_told(found)
    delete(found, "Dòng này")
    record(about, found, "Xóa", by=by, before=before, reason=reason, what="remove")


@transaction.atomic
def rate(given: dict[Recipient, str], year: int, *, by, paper: str) -> int:
    """Store the ratings of many for a year, {recipient: level}; how many are new or other than before."""
    refuse_stranger(by)
    if words := fault_of_year(year, timezone.localdate(), rated=True):
        raise Refused(words, "year")
    there = {row.recipient_id: row for row in Rating.objects.select_for_update().filter(year=year, recipient__in=given)}
    changed = 0
    for recipient, level in sorted(given.items(), key=lambda pair: pair[0].pk):
        row = there.get(recipient.pk)
        if row and row.level == level and (not paper or row.paper == paper):
            continue
        before = words_told(row) if row else {}
        row = row or Rating(recipient=recipient, year=year, version=0)
        row.level, row.paper, row.version = level, paper or row.paper, row.version + 1
        with unless_taken(TWICE, "year"):
            row.save()
        told = {"before": before, "after": words_told(row), "what": "edit" if before else "begin"}
        record(About.RATING, row, "Sửa" if before else "Ghi", by=by, **told)
        changed += 1
    return changed

"""The duties of the clusters in a year, as the department sets them.

Source: Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016 (what a cluster does within the year). It sets no days for a province:
those of ``USUAL`` are what provinces commonly choose, to be checked by the office.
"""

from datetime import date

from django.db import transaction

from documents.models import history_of
from documents.steps.log import words_of
from documents.steps.refusing import Refused, refuse_stale

from ..divisions.actions import STEPS, locked
from ..log import About
from .models import Milestone

Proof = Milestone.Proof
# What is to be done, what shows it, from and until (day, month; none where it may be done at any time before).
USUAL = [
    ("Ban hành kế hoạch, quy chế hoạt động của khối, cụm", Proof.PLAN, None, (15, 3)),
    ("Họp triển khai nhiệm vụ, thống nhất giao ước và tiêu chí chấm điểm", Proof.FIRST_MEETING, None, (31, 3)),
    ("Ký kết giao ước thi đua giữa các thành viên", Proof.PACT, None, (31, 3)),
    ("Sơ kết 6 tháng đầu năm", Proof.MIDYEAR, (15, 6), (31, 7)),
    ("Kiểm tra chéo giữa các thành viên", Proof.CROSS_CHECK, (1, 9), (31, 10)),
    ("Các thành viên tự chấm điểm", Proof.SELF_SCORES, (1, 11), (20, 11)),
    ("Thẩm định điểm của các thành viên", Proof.SCORES, (20, 11), (30, 11)),
    ("Hội nghị tổng kết, bầu trưởng, phó trưởng năm sau", Proof.YEAR_END, (20, 11), (5, 12)),
    ("Bỏ phiếu suy tôn", Proof.BALLOT, (20, 11), (5, 12)),
    ("Gửi hồ sơ đề nghị khen thưởng về Sở Nội vụ", Proof.FILE, None, (10, 12)),
]
_FACTS = ["title", "proof", "begins_on", "due_on"]


def _key(milestone) -> str:
    """What the log calls a duty: its title may change."""
    return f"Việc số {milestone.pk}"


def _words(milestone) -> dict:
    """A duty in one line, for before and after."""
    words = words_of(milestone, _FACTS)
    begins = f" từ {words['Từ ngày']}" if milestone.begins_on else ""
    told = f", theo {milestone.guidance.name}" if milestone.guidance else ""
    return {_key(milestone): f"{milestone.title}:{begins} đến {words['Hạn']}{told}"}


@transaction.atomic
def save(milestone, *, by, seen_version: int | None = None) -> Milestone:
    """Store a new or changed duty. One that says something else than the guidance rests on it no more.

    Raises ``Refused``, and ``Stale`` where somebody else changed it since ``seen_version``.
    """
    division = locked(milestone.division, by, draft=False)
    stored = _as_it_stands(milestone, division, seen_version) if milestone.pk else None
    for name in ("begins_on", "due_on"):
        day = getattr(milestone, name)
        if day and not division.contains(day):
            raise Refused(f"Ngày phải trong năm thi đua: {division.span}.", name)
    before = _words(stored) if stored else {}
    if stored and words_of(stored, _FACTS) != words_of(milestone, _FACTS):
        milestone.guidance, milestone.clause = None, ""
    milestone.version = stored.version + 1 if stored else 1
    milestone.save()
    what, act = ("edit_duty", "Sửa việc của khối, cụm") if stored else ("add_duty", "Thêm việc của khối, cụm")
    STEPS.tell(division, what, act, by=by, before=before, after=_words(milestone), of=milestone.pk)
    return milestone


def _as_it_stands(milestone, division, seen_version):
    """The stored duty. Raises ``Stale``, telling what was done with this very duty."""
    stored = Milestone.objects.select_related("guidance__type").get(pk=milestone.pk)
    log = history_of(About.DIVISION, division.pk).filter(
        of=stored.pk, what__in=["fill_duties", "add_duty", "edit_duty"]
    )
    refuse_stale(About.DIVISION, stored, seen_version, log=log)
    return stored


@transaction.atomic
def remove(milestone, *, by, seen_version: int | None = None) -> Milestone:
    """Take a duty out; what clusters logged stays. Gives what it was. Raises ``Refused``, ``Stale``."""
    division = locked(milestone.division, by, draft=False)
    stored = _as_it_stands(milestone, division, seen_version)
    STEPS.tell(division, "remove_duty", "Bỏ việc của khối, cụm", by=by, before=_words(stored), of=stored.pk)
    stored.delete()
    return stored


@transaction.atomic
def fill(division, *, by) -> int:
    """Add those of the usual duties that are missing, with dates of the year; returns how many. Raises ``Refused``."""
    division = locked(division, by, draft=False)
    known = set(division.milestones.values_list("proof", flat=True))
    missing = [row for row in USUAL if row[1] not in known]
    if not missing:
        raise Refused("Năm này đã có đủ các việc của hướng dẫn mẫu. Hãy sửa từng việc nếu cần.")
    for title, proof, begins, due in missing:
        row = Milestone.objects.create(
            division=division,
            position=USUAL.index((title, proof, begins, due)),
            title=title,
            proof=proof,
            begins_on=_day(division, begins),
            due_on=_day(division, due),
        )
        STEPS.tell(division, "fill_duties", "Thêm theo hướng dẫn mẫu", by=by, after=_words(row), of=row.pk)
    return len(missing)


def _day(division, pair):
    """The day of the year of ``division``, moved into it where it lies outside."""
    if pair is None:
        return None
    return division.nearest(date(division.year, pair[1], pair[0]))


@transaction.atomic
def rest_on(division, paper, *, by) -> None:
    """All duties of the year rest on ``paper``, a guidance that was made outside the program."""
    division = locked(division, by, draft=False)
    rows = list(division.milestones.select_related("guidance__type"))
    if not rows:
        raise Refused("Chưa có việc nào. Hãy thêm các việc phải làm theo văn bản đó trước.", "paper")
    before = {key: words for row in rows for key, words in _words(row).items()}
    for row in rows:
        row.guidance, row.clause = paper, ""
        row.save()
    after = {key: words for row in rows for key, words in _words(row).items()}
    STEPS.tell(division, "guidance", "Ghi văn bản hướng dẫn", by=by, before=before, after=after)

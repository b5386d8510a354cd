"""The duties of the clusters in a year: set by the department, told by its guidance, and asked for where they are late.

Source: Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016 (what a cluster does within the year). It sets no days for a province:
those of ``USUAL`` are what provinces commonly choose, to be checked by the office.
"""

from datetime import date

from django.db import transaction

from documents.areas.papers import ISSUED, RECALLED, Papers
from documents.models import Addressee, Document, history_of
from documents.papers.citations import long_form
from documents.papers.tables import Lists, table
from documents.source.markdown import said
from documents.source.vietnamese import count_text, table_day
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from units.permissions import may_manage

from ..area import CLUSTERS
from ..divisions.models import Division
from ..divisions.papers import ALL_MEMBERS
from ..log import About
from .models import Milestone
from .progress import progress

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
GUIDANCE = Papers(CLUSTERS, "huong-dan-cum")
REMINDER = Papers(CLUSTERS, "don-doc-cum")


def _held(division, by) -> Division:
    """The division, held so that its duties are changed one after the other. Raises ``Refused`` for a stranger."""
    if not may_manage(by):
        raise Refused("Chỉ chuyên viên, lãnh đạo Sở Nội vụ và người quản trị đặt việc phải làm của các khối, cụm.")
    return Division.objects.select_for_update().get(pk=division.pk)


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
    division = _held(milestone.division, by)
    stored = Milestone.objects.select_related("guidance__type").get(pk=milestone.pk) if milestone.pk else None
    if stored:
        log = history_of(About.DIVISION, division.pk).filter(changes__has_key=_key(stored))
        refuse_stale(About.DIVISION, stored, seen_version, log=log)
    for name in ("begins_on", "due_on"):
        day = getattr(milestone, name)
        if day and not division.contains(day):
            raise Refused(f"Ngày phải trong năm thi đua: {division.span}.", name)
    before = _words(stored) if stored else {}
    if stored and words_of(stored, _FACTS) != words_of(milestone, _FACTS):
        milestone.guidance, milestone.clause = None, ""
    milestone.version = stored.version + 1 if stored else 1
    milestone.save()
    _note(division, "Sửa việc của khối, cụm" if stored else "Thêm việc của khối, cụm", by, before, _words(milestone))
    return milestone


def _note(division, act, by, before, after):
    record(About.DIVISION, division, act, by=by, before=before, after=after)


@transaction.atomic
def remove(milestone, *, by) -> None:
    """Take a duty out; what clusters logged stays."""
    division = _held(milestone.division, by)
    _note(division, "Bỏ việc của khối, cụm", by, _words(milestone), {})
    milestone.delete()


@transaction.atomic
def fill(division, *, by) -> int:
    """Add those of the usual duties that are missing, with dates of the year; returns how many. Raises ``Refused``."""
    division = _held(division, by)
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
        _note(division, "Thêm theo hướng dẫn mẫu", by, {}, _words(row))
    return len(missing)


def _day(division, pair):
    """The day of the year of ``division``, moved into it where it lies outside."""
    if pair is None:
        return None
    return division.nearest(date(division.year, pair[1], pair[0]))


# --- The guidance


def guidances_of(division):
    """The guidance of the year, as the register made it."""
    return GUIDANCE.of(division.year)


@transaction.atomic
def draft_guidance(division, *, by) -> Document:
    """A draft of the guidance with the table of duties, to all members of the year. Raises ``Refused``."""
    division = _held(division, by)
    if division.is_draft:
        raise Refused("Bảng phân cụm năm này chưa thông báo nên chưa hướng dẫn được. Hãy thông báo trước.")
    milestones = list(division.milestones.all())
    if not milestones:
        raise Refused("Chưa có việc nào để hướng dẫn. Hãy thêm các việc phải làm trước.")
    GUIDANCE.refuse_second(division.year)
    for number, row in enumerate(milestones, start=1):
        row.clause = f"khoản 1, số thứ tự {number}"
        row.save()
    return GUIDANCE.draft(
        division.year,
        by=by,
        type="HD",
        issuer=by.unit,
        facts=_guidance(division, milestones, by.unit),
        addressees=[Addressee(key=ALL_MEMBERS.format(division.year), label="Các đơn vị trong cụm thi đua của tỉnh")],
    )


def _guidance(division, milestones, unit):
    """What the guidance says."""
    year = division.year
    return {
        "subject": f"hoạt động khối, cụm thi đua năm {year}",
        "recipients": "\n".join(["Các đơn vị trong cụm thi đua của tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh"]),
        "body": "\n\n".join(
            [
                f"Thực hiện {said(long_form(division.notice))}, {said(unit.name)} hướng dẫn hoạt động của các khối, cụm thi đua "
                f"năm {year} như sau:",
                "## 1. Việc phải làm và thời hạn",
                "Trưởng khối, trưởng cụm chủ trì, phối hợp với phó trưởng và các thành viên thực hiện các việc sau:",
                _table(milestones),
                "## 2. Ghi và báo cáo hoạt động",
                "a) Sau mỗi hoạt động, trưởng khối, trưởng cụm (hoặc phó trưởng khi được giao) ghi ngày, địa điểm, chủ trì, "
                "thành viên có mặt, vắng, nội dung đã thống nhất, kèm ảnh và giấy tờ, rồi báo cáo Sở Nội vụ trên phần mềm.",
                "b) Sở Nội vụ ghi nhận, hoặc trả lại kèm lý do để bổ sung. Việc phải làm được tính là xong từ khi có báo cáo.",
                "c) Trưởng khối, trưởng cụm gửi báo cáo 6 tháng và báo cáo năm về Sở Nội vụ.",
                "## 3. Tổ chức thực hiện",
                "Các thành viên dự đầy đủ hoạt động của khối, cụm; trường hợp vắng phải báo lý do với đơn vị chủ trì. "
                "Trong quá trình thực hiện có vướng mắc, các đơn vị phản ánh về Sở Nội vụ để được hướng dẫn.",
            ]
        ),
    }


@transaction.atomic
def rest_on(division, paper, *, by) -> None:
    """All duties of the year rest on ``paper``, a guidance that was made outside the program."""
    division = _held(division, by)
    rows = list(division.milestones.select_related("guidance__type"))
    if not rows:
        raise Refused("Chưa có việc nào. Hãy thêm các việc phải làm theo văn bản đó trước.")
    before = {key: words for row in rows for key, words in _words(row).items()}
    for row in rows:
        row.guidance, row.clause = paper, ""
        row.save()
    after = {key: words for row in rows for key, words in _words(row).items()}
    _note(division, "Ghi văn bản hướng dẫn", by, before, after)


def _table(milestones) -> str:
    rows = [(row.title, table_day(row.begins_on) if row.begins_on else "", table_day(row.due_on)) for row in milestones]
    return table(["Việc phải làm", "Từ ngày", "Chậm nhất"], rows)


@GUIDANCE.heard
def hear_guidance(document: Document, state: str) -> None:
    """The issued guidance is what its duties rest on, those that were changed since it was drafted left out."""
    rows = Milestone.objects.filter(division__year=int(document.area_key))
    if state == ISSUED:
        rows.exclude(clause="").update(guidance=document)
    elif state == RECALLED:
        rows.filter(guidance=document).update(guidance=None)


# --- Asking for what is late


def reminders_of(division):
    """The letters that asked for what was late."""
    return REMINDER.of(division.year)


@transaction.atomic
def draft_reminder(division, *, by) -> Document:
    """A draft of a letter to the leaders of the clusters that are late, with what is late. Raises ``Refused``."""
    division = _held(division, by)
    late = [row for row in progress(division) if row.late and row.leader]
    if not late:
        raise Refused("Không có khối, cụm nào có việc quá hạn.")
    REMINDER.refuse_second(division.year)
    units = list({row.leader.unit.pk: row.leader.unit for row in late}.values())
    lists = Lists()
    facts = _reminder(division, late, units, by.unit, lists)
    return REMINDER.draft(
        division.year,
        by=by,
        type="CV",
        issuer=by.unit,
        facts=facts,
        addressees=[Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units],
        appendices=lists.appendices,
    )


def _reminder(division, late, units, unit, lists):
    """What the letter says: who is late with what."""
    rows = []
    for row in late:
        asked = "; ".join(f"{item.title} ({table_day(item.due_on)})" for item in row.late)
        rows.append((row.cluster.name, row.leader.unit.name, asked))
    heads = ["Khối, cụm", "Đơn vị trưởng", "Việc chưa có báo cáo, hạn"]
    listed = lists.table("Các khối, cụm thi đua có việc quá hạn", heads, rows)
    addressed = "\n".join(row.name for row in units)
    return {
        "subject": f"đôn đốc hoạt động khối, cụm thi đua năm {division.year}",
        "to": "Các đơn vị trưởng khối, trưởng cụm trong danh sách kèm theo" if lists.appendices else addressed,
        "body": lists.told(
            "\n\n".join(
                [
                    f"Qua theo dõi, đến nay {said(unit.name)} chưa nhận được báo cáo của {count_text(len(late))} khối, cụm "
                    "về các việc đã quá hạn sau đây:",
                    listed,
                    "Đề nghị các đơn vị trưởng khối, trưởng cụm khẩn trương thực hiện, ghi và báo cáo kết quả trên phần mềm; "
                    "trường hợp đã thực hiện thì báo cáo ngay, chưa thực hiện được thì nêu rõ lý do.",
                ]
            )
        ),
    }

"""What became of the sample papers: most were issued on their day, some wait for a step, one gave duties to the units of 2020.

Everything here is invented but the words and addressees of the seed letter. Numbers are those that the program gave.
"""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from documents.models import Addressee, Assignment, Delivery, Document, Duty, Report
from units.models import Role, Unit, User

from ..life.actions import agree, approve, present, submit
from ..life.issuing import issue
from ..papers.actions import save_draft
from .names import officer_name

# Said beside the issued seed letter, whose true number and day are not public.
ISSUED_MARK = "Bản minh họa: số, ngày, hạn của nhiệm vụ không phải của văn bản thật."
SEED_DAY = date(2020, 2, 28)

# Papers that stop before they are issued, by type and day: those who log in find a step to take.
STOPS = {
    ("KH", date(2025, 10, 13)): "approve",
    ("QĐ", date(2026, 1, 19)): "present",
    ("GƯTĐ", date(2020, 3, 12)): None,
    ("TTr", date(2020, 7, 3)): None,
    ("TB", date(2025, 8, 4)): "submit",
    ("TB", date(2026, 3, 9)): None,
}
# Who takes the steps of Sở Nội vụ; in other units one person takes them all. The province decides on its own papers.
STEPS_OF_THE_OFFICE = ("chuyenvien", "lanhdao", "vanthu")
OFFICE = ("so-noi-vu", "so-noi-vu-2025")
STEPS_OF_THE_PROVINCE = ("lanhdaotinh", "vanthutinh")
PROVINCE = "ubnd-tinh"

DEPARTMENTS, FRONT = "Các sở, ban, ngành tỉnh", "Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh"
DISTRICTS, COMMUNES = "Ủy ban nhân dân các huyện, thành phố", "Ủy ban nhân dân các xã, phường"
IN_CLUSTERS = [("loai:department", DEPARTMENTS), ("loai:front", FRONT), ("loai:district", DISTRICTS)]
# Printed words of the sample, and the groups that they mean.
GROUPS = {
    "Các sở, ban, ngành tỉnh": IN_CLUSTERS[:1],
    "Các sở, ban, ngành, MTTQ và các đoàn thể tỉnh": IN_CLUSTERS[:2],
    "UBND các huyện, thành phố": IN_CLUSTERS[2:],
    "UBND các xã, phường": [("loai:commune", COMMUNES)],
    "Các đơn vị trong cụm thi đua của tỉnh": IN_CLUSTERS,
    "Sở Nội vụ tỉnh Lạng Sơn": [("don-vi:so-noi-vu", "Sở Nội vụ")],
}

LEADERS = ["don-vi:so-tu-phap", "don-vi:so-giao-duc-va-dao-tao"]
OF_THE_OFFICE = ["don-vi:so-noi-vu"]
# Clause, what is asked, of whom (nobody named: every addressee), last day. The letter sets no days: these are invented.
SEED_DUTIES = [
    ("1", "Nghiên cứu Báo cáo tổng kết số 50/BC-UBND", [], date(2020, 3, 15)),
    (
        "1.a",
        "Phát động phong trào thi đua của đơn vị trên cơ sở phong trào của tỉnh",
        [],
        date(2020, 3, 31),
    ),
    ("1.a", "Triển khai nhiệm vụ thi đua, khen thưởng năm 2020 tại đơn vị", [], date(2020, 12, 31)),
    ("1.b", "Tổ chức hoạt động cụm, khối thi đua", LEADERS, date(2020, 12, 31)),
    ("1.b", "Hướng dẫn hoạt động của cụm, khối thi đua", OF_THE_OFFICE, None),
    ("1.c", "Tiếp nhận hiện vật khen thưởng và trao thưởng vào dịp phù hợp", [], date(2020, 6, 30)),
    ("1.c", "Thông báo nhận hiện vật, hướng dẫn trao thưởng", OF_THE_OFFICE, date(2020, 3, 31)),
    ("1.d", "Ký giao ước thi đua giữa trưởng các cụm", LEADERS, date(2020, 4, 30)),
    (
        "1.d",
        "Hướng dẫn ký giao ước, trình Hội đồng TĐKT tỉnh xác nhận",
        OF_THE_OFFICE,
        date(2020, 4, 30),
    ),
    ("2", "Tổ chức hội nghị biểu dương theo hình thức cơ quan chọn", [], date(2020, 7, 31)),
]


@contextmanager
def moment(day: date, hour: int = 9):
    """Everything inside happens on ``day`` at ``hour``, for the database and the rules alike."""
    then = timezone.make_aware(datetime.combine(day, time(hour)))
    with mock.patch("django.utils.timezone.now", return_value=then):
        yield


def day_of(paper):
    """The whole day of a paper, or None where it is not set."""
    return date(paper.date.year, paper.date.month, paper.date.day) if paper.date.day else None


def began(paper):
    """When its author sat down to write it."""
    return (day_of(paper) or date(paper.date.year, paper.date.month, 1)) - timedelta(days=2)


def addressees_of(document):
    """The groups and units that the printed words mean; none for bodies outside the program."""
    chosen = {}
    for words in [*document.to.split("\n"), *document.recipients.split("\n")]:
        chosen |= dict(GROUPS.get(words.strip(), []))
    return [Addressee(key=key, label=label) for key, label in chosen.items()]


def live(document, day: date, people):
    """Take the paper of ``day`` through its steps, as far as it goes. ``people``: accounts by user name."""
    names = STEPS_OF_THE_OFFICE if document.unit.code in OFFICE else (document.author.username,) * 3
    officer, leader, clerk = (people[name] for name in names)
    last = STOPS.get((document.type.code, day), "issue")
    if last is None:
        return
    with moment(day - timedelta(days=1), 14):
        submit(document, by=officer)
    if last == "submit":
        return
    if document.issuer_unit.code == PROVINCE:
        with moment(day - timedelta(days=1), 15):
            agree(document, by=leader)
            present(document, by=clerk, day=day - timedelta(days=1), to_whom="Lãnh đạo UBND tỉnh")
        if last == "present":
            return
        leader, clerk = (people[name] for name in STEPS_OF_THE_PROVINCE)
    with moment(day, 8):
        approve(document, by=leader)
    if last == "issue":
        with moment(day, 10):
            issue(document, by=clerk, day=day)


def issue_seed_letter(document, people):
    """The seed letter as it may have gone out: to the units of 2020, with the duties that it gives."""
    duties = [Duty(clause=clause, words=words, keys=keys, until=until) for clause, words, keys, until in SEED_DUTIES]
    rows = [Addressee(key=key, label=label) for key, label in IN_CLUSTERS]
    document.note, document.day = ISSUED_MARK, None
    with moment(SEED_DAY - timedelta(days=1)):
        save_draft(document, by=people["chuyenvien"], addressees=rows, duties=duties)
    live(document, SEED_DAY, people)
    _answer_seed_letter(Document.objects.get(pk=document.pk))


def _answer_seed_letter(letter):
    """Most units read it within days; duties are done in time, late, or not at all."""
    readers = {
        row.unit_id: reader(row.unit, number) for number, row in enumerate(letter.deliveries.select_related("unit"))
    }
    for number, row in enumerate(letter.deliveries.all()):
        if number % 7 != 6:
            read = timezone.make_aware(datetime.combine(SEED_DAY + timedelta(days=number % 5), time(14)))
            Delivery.objects.filter(pk=row.pk).update(read_at=read, read_by=readers[row.unit_id])
    shares = (
        Assignment.objects.filter(duty__document=letter).select_related("duty").order_by("duty__position", "unit_id")
    )
    for number, share in enumerate(shares):
        dice = (number * 7 + share.unit_id * 3) % 10
        if dice < 7:
            _report(share, readers[share.unit_id], late=dice == 6)


def _report(share, user, *, late):
    """The unit reports its duty done, before the last day or after it."""
    last = share.duty.until or SEED_DAY + timedelta(days=40)
    with moment(last + timedelta(days=12 if late else -5), 16):
        Report.objects.create(assignment=share, by=user, words="Đơn vị đã thực hiện xong.")
        share.done_at, share.done_by = timezone.now(), user
        share.save()


def reader(unit: Unit, number: int) -> User:
    """Somebody of ``unit``: its account, or an invented person whose account nobody can open."""
    found = User.objects.filter(unit=unit, is_active=True).first()
    if found:
        return found
    facts = {
        "full_name": officer_name(unit),
        "role": Role.UNIT_OFFICER,
        "unit": unit,
        "invented": True,
        "is_active": False,
    }
    facts["password"] = make_password(None)
    return User.objects.get_or_create(username=f"minhhoa.{unit.code}"[:150], defaults=facts)[0]

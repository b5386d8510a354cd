"""A campaign's end and a year's end played by the steps that people take: files, a council of 17, 320 awards, money.

Everybody is invented. What waits for somebody stays so: a draft, a file to be received, one returned, a question, an open vote.
"""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Campaign
from documents.models import Change
from units.models import Unit, User

from ..catalogue.models import AwardType, Route
from ..council import actions as meetings
from ..council import agenda, counting, makeup
from ..council.models import Council, Meeting, Member
from ..decisions import cancelling
from ..fund import actions as fund
from ..fund.models import Head, LedgerEntry
from ..issuing import actions as issuing
from ..log import About
from ..nominations import actions, asking, checking, lines, pieces
from ..nominations.checklist import checklist_of
from ..nominations.models import Dossier, Followed, Nomination, Opinion
from ..recipients.models import Recipient
from ..records.models import Award
from ..registrations import actions as registering
from . import merits

State, Stage = Dossier.State, Nomination.State
UNITS, EACH = 40, 8
_MEMBERS = [
    ("Nguyễn Văn Sơn", "Chủ tịch Ủy ban nhân dân tỉnh", Member.Role.CHAIR),
    ("Hà Văn Vinh", "Giám đốc Sở Nội vụ", Member.Role.FIRST),
    ("Lương Thị Hạnh", "Phó Chủ tịch Ủy ban nhân dân tỉnh", Member.Role.VICE),
    ("Hoàng Văn Chiến", "Chủ tịch Ủy ban Mặt trận Tổ quốc tỉnh", Member.Role.VICE),
]
# Strings read better than fifty quoted words.
_OTHERS = """
Nông Văn Bình|Trưởng Ban Tuyên giáo
Vi Thị Cúc|Trưởng Ban Dân vận
Triệu Văn Dũng|Chánh Văn phòng Ủy ban nhân dân tỉnh
Lý Thị Giang|Giám đốc Sở Tài chính
Hứa Văn Hải|Giám đốc Sở Y tế
Đàm Thị Hoa|Giám đốc Sở Giáo dục và Đào tạo
Phùng Văn Khánh|Giám đốc Sở Xây dựng
Tô Văn Lâm|Giám đốc Công an tỉnh
Bế Văn Mạnh|Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh
Chu Thị Nga|Chủ tịch Liên đoàn Lao động tỉnh
Lộc Văn Quý|Bí thư Tỉnh đoàn
Dương Thị Tâm|Chủ tịch Hội Phụ nữ tỉnh
Mông Văn Thái|Trưởng phòng Thi đua - Khen thưởng
"""


def play(by):
    """Play it once; ``by``: the officer of the department who has the files."""
    unit_officer = User.objects.get(username="donvi", invented=True)
    Followed.objects.create(officer=by, since=timezone.localdate() - timedelta(days=300))
    council = _council(by)
    given = _campaign_end(council, by)
    _paid(given, by)
    _cancelled(given, by)
    _year_end(unit_officer, by)
    _open_vote(council, by)


def _council(by) -> Council:
    """Seventeen members, of whom those with an account vote with it."""
    province = Unit.objects.get(code="ubnd-tinh")
    council = Council(
        unit=province, since=timezone.localdate().replace(month=1, day=1), citation="Quyết định (minh họa)"
    )
    makeup.save_council(council, by=by)
    accounts = {row.full_name: row for row in User.objects.filter(invented=True, is_active=True)}
    seat = User.objects.filter(invented=True, role="council_member").first()
    rows = [*_MEMBERS, *((*line.split("|"), Member.Role.MEMBER) for line in _OTHERS.split("\n") if line)]
    for position, (name, post, role) in enumerate(rows, start=1):
        is_last, votes_here = position == len(rows), position == len(_MEMBERS) + 1
        council.members.create(
            name=seat.full_name if seat and votes_here else name, post=post, role=role, position=position,
            is_standing=role != Member.Role.MEMBER or is_last or votes_here, is_secretary=is_last, since=council.since,
            user=seat if votes_here else accounts.get(name),
        )  # fmt: skip
    return council


# --- A campaign's end


def _campaign_end(council, by) -> list[Award]:
    """Forty units propose eight each; all goes to the council, passes, is decided."""
    campaign = Campaign.objects.filter(level=Campaign.Level.PROVINCE, sample=True).held().order_by("ends_on").last()
    award = AwardType.objects.get(code="BKT")
    units = Unit.objects.filter(recipients__sample=True, recipients__kind="person").exclude(users__username="donvi")
    units = units.distinct().order_by("sort_text")[:UNITS]
    files = [_sent_file(unit, campaign, award, by) for unit in units]
    rows = Nomination.objects.filter(dossier__in=files)
    rows.update(accepted="Có thành tích xuất sắc khi tổng kết phong trào (minh họa)", state=Stage.FIT)
    meeting = meetings.save(
        Meeting(
            council=council, title="Xét khen thưởng tổng kết phong trào", held_on=timezone.localdate(), place="Phòng họp số 1",
            is_secret=True, body=Meeting.Body.FULL, sample=True,
        ),
        by=by,
    )  # fmt: skip
    meeting = agenda.add(meeting, by=by, keys=list(rows.values_list("pk", flat=True)))
    meeting = meetings.call(meeting, by=by)
    meetings.enter_sums(meeting, by=by, seats=list(meeting.seats.all()))
    counting.count(meeting, by=by, conclusion="Thống nhất đề nghị khen thưởng toàn bộ danh sách.")
    made, _ = issuing.compose(
        list(rows.values_list("pk", flat=True)), by=by, day=timezone.localdate(),
        deed="Đã có thành tích xuất sắc trong phong trào thi đua (minh họa)",
    )  # fmt: skip
    for number, decision in enumerate(made, start=1):
        issuing.award(decision, by=by, number=f"90{number}/QĐ-UBND", day=timezone.localdate())
    _begun_earlier(files)
    return list(Award.objects.filter(decision__in=made).order_by("decision", "position"))


def _begun_earlier(files):
    """The log as if each file had taken its time: 3 to 5 days until it was received, 9 to 15 appraised, then to the council."""
    for place, row in enumerate(files):
        council = timedelta(days=5 + place % 4)
        appraised = council + timedelta(days=1)
        received = appraised + timedelta(days=9 + place % 7)
        sent = received + timedelta(days=3 + place % 3)
        for what, before in (("submit", sent), ("receive", received), ("appraise", appraised), ("to_council", council)):
            Change.objects.filter(about=About.DOSSIER, key=row.pk, what=what).update(at=timezone.now() - before)
        today = timezone.localdate()
        Dossier.objects.filter(pk=row.pk).update(submitted_on=today - sent, received_on=today - received)


def _sent_file(unit, campaign, award, by) -> Dossier:
    """An appraised file of ``unit``, with its log."""
    today = timezone.localdate()
    row = Dossier.objects.create(
        unit=unit, author=by, route=Route.MOVEMENT, year=today.year - 1, first_year=today.year - 3, campaign=campaign,
        subject="Khen thưởng tổng kết phong trào (minh họa)", state=State.APPRAISED, officer=by, submitted_on=today,
        received_on=today, sample=True,
    )  # fmt: skip
    people = _people(unit)
    lines.add_all(row, [Nomination(recipient=one, type=award) for one in people[:EACH]], by=by)
    for what, words in (("submit", "Nộp hồ sơ"), ("receive", "Tiếp nhận"), ("appraise", "Kết thúc thẩm định")):
        actions.STEPS.tell(row, what, words, by=by)
    return row


def _people(unit) -> list[Recipient]:
    """Those of a unit, of one name one."""
    rows = Recipient.objects.main().filter(unit=unit, kind="person", ended_on=None).order_by("-sort_text", "-pk")
    return list({row.name_key: row for row in rows}.values())[::-1]


def _paid(given, by):
    """What came into the fund this year and was planned; half of it is paid."""
    year, heads = timezone.localdate().year, {row.code: row for row in Head.objects.all()}
    plan = {"budget": 1_500_000_000, "regular": 120_000_000_000, "province-prizes": 1_300_000_000, "items": 150_000_000}
    fund.budget(year, {heads[code].pk: amount for code, amount in plan.items() if code in heads}, by=by)
    for code, amount, words in (
        ("budget", 1_500_000_000, "Trích từ dự toán chi ngân sách đầu năm (minh họa)"),
        ("gifts", 45_000_000, "Doanh nghiệp ủng hộ (minh họa)"),
        ("items", 62_500_000, "Mua phôi bằng khen, khung (minh họa)"),
    ):
        if code in heads:
            day = timezone.localdate() - timedelta(days=30)
            fund.enter(LedgerEntry(day=day, head=heads[code], amount=amount, words=words, sample=True), by=by)
    keys = [row.payment.pk for row in given[: len(given) // 2] if hasattr(row, "payment")]
    fund.pay(keys, by=by, day=timezone.localdate(), paid_to="Các đơn vị (minh họa)", voucher="PC 12 (minh họa)")


def _cancelled(given, by):
    """One was given for a report that was false."""
    cancelling.cancel(
        given[-1], by=by, number="99/QĐ-UBND (minh họa)", day=timezone.localdate(), ground="false-merits",
        reason="Báo cáo sai (minh họa)", amount=given[-1].amount, items="",
    )  # fmt: skip


# --- A year's end


def _year_end(unit_officer, by):
    """Of one unit: what it registered, and files at every step of the way."""
    year = timezone.localdate().year - 1
    people, award = _people(unit_officer.unit), AwardType.objects.get(code="BKT")
    merits.give(unit_officer.unit, people[:8], year, by=by)
    row = registering.begin(year, by=unit_officer)
    row = registering.register(row, by=unit_officer, recipients=people, type=AwardType.objects.get(code="CSTDCS"))
    registering.send(row, by=unit_officer)
    for subject, way, places in (
        ("Bằng khen cho cán bộ trực tiếp (minh họa)", _left, (0, 1, 8)),
        ("Bằng khen năm công tác, đợt 1 (minh họa)", _sent, (2, 3)),
        ("Bằng khen năm công tác, đợt 2 (minh họa)", _returned, (4,)),
        ("Bằng khen năm công tác, đợt 3 (minh họa)", _received, (5, 9)),
        ("Bằng khen trong phòng, chống dịch (minh họa)", _asked, (6, 7, 10)),
    ):
        made = actions.save(Dossier(year=year, subject=subject, sample=True), by=unit_officer)
        proposed = [people[place] for place in places if place < len(people)]
        lines.add_all(made, [Nomination(recipient=one, type=award) for one in proposed], by=unit_officer)
        way(Dossier.objects.get(pk=made.pk), unit_officer, by)


def _left(row, unit_officer, by):
    """The unit still writes it."""
    checking.check(row)


def _sent(row, unit_officer, by):
    for line in checklist_of(row):
        pieces.answer(row, line.words, by=unit_officer, not_needed="Đã nộp bản giấy (minh họa)")
    return actions.submit(row, by=unit_officer)


def _returned(row, unit_officer, by):
    until = timezone.localdate() + timedelta(days=7)
    actions.give_back(_sent(row, unit_officer, by), by=by, reason="Thiếu biên bản bình xét (minh họa).", until=until)


def _received(row, unit_officer, by):
    return actions.receive(_sent(row, unit_officer, by), by=by, officer=by)


def _asked(row, unit_officer, by):
    """Appraised, one of whom is proposed all the same; one is asked about."""
    row = _received(row, unit_officer, by)
    checking.check(row)
    for one in row.nominations.exclude(met=True):
        lines.accept(one, by=by, reason="Có thành tích nổi bật (minh họa)")
    row = actions.appraise(row, by=by)
    asking.ask(Opinion(kind=Opinion.Kind.BODY, body="Công an tỉnh"), list(row.nominations.all()[:1]), by=by)


def _open_vote(council, by):
    """A vote in writing that members have yet to give."""
    fit = list(Nomination.objects.filter(state=Stage.FIT).values_list("pk", flat=True))
    meeting = meetings.save(
        Meeting(
            council=council, title="Lấy phiếu khen thưởng cuối năm", way=Meeting.Way.WRITING, is_secret=True, sample=True,
            held_on=timezone.localdate(),
        ),
        by=by,
    )  # fmt: skip
    meetings.call(agenda.add(meeting, by=by, keys=fit), by=by)

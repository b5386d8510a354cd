"""What became of the sample campaigns: joined, reviewed, extended, stopped, over; and who set an example. Words are invented.

True is only what the letter of 2020 tells: 2019 was summed up by the report 50/BC-UBND; its conference, which was stopped, stands
among conferences.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from campaigns.models import Adjustment, Example, Goal, Joining, Result, Review
from documents.models import Document, DocumentType
from documents.sample.life import moment
from units.models import Unit

from ..adjustments import actions as adjusting
from ..endings import actions as closing
from ..examples import actions as examples
from ..joinings import actions as joining
from ..reviews import actions as reviewing
from ..reviews import results
from .province import active_reader, asked, rows

GOALS = [("Sáng kiến được công nhận", "sáng kiến", 3), ("Nhiệm vụ hoàn thành đúng hạn", "%", 95)]
DEEDS = [
    ("person", "Hoàng Thị Sao Mai", "Công chức địa chính", "Vận động hộ dân hiến đất làm đường", True, True),
    ("person", "Nông Văn Lĩnh", "Trưởng thôn", "Tổ chức tổ tự quản thu gom rác thải", True, True),
    ("person", "Vi Thị Thắm", "Giáo viên", "Lập tủ sách cho học sinh vùng cao", True, False),
    ("person", "Lộc Văn Khải", "Cán bộ đoàn", "Dạy kỹ năng số cho người cao tuổi", False, False),
    (
        "collective",
        "Tổ công nghệ số cộng đồng thôn Nà Mò",
        "",
        "Hướng dẫn 120 hộ dùng dịch vụ công trực tuyến",
        True,
        True,
    ),
    ("collective", "Hội Phụ nữ thôn Pò Lẻo", "", "Giúp năm hộ thoát nghèo bằng vốn xoay vòng", True, False),
]


def make(campaigns, people):
    """Everything that is missing. ``campaigns``: {key: campaign of the province}."""
    officer = people["chuyenvien"]
    facts = {row["key"]: row for row in rows()}
    _sum_up(campaigns["2019"], officer)
    for key, campaign in campaigns.items():
        count = facts[key].get("joined_by", 0)
        if count and not campaign.joinings.exists():
            _join(campaign, count)
    _review(campaigns["2026"], officer)
    _stop(campaigns["dung"], officer)
    _extend(campaigns["so"], officer)
    _finish(campaigns["43"], officer)
    if not Example.objects.exists():
        _tell(campaigns["ntm"], officer)


def _sum_up(campaign, officer):
    """The seed letter's point 1: summed up by the report that units studied instead of meeting."""
    report = Document.objects.filter(reference="50/BC-UBND", year=2020).first()
    if campaign.reviews.exists() or not report:
        return
    review = Review(
        campaign=campaign, kind=Review.Kind.FINAL, planned_on=date(2020, 2, 28), reports_until=date(2020, 2, 15)
    )
    with moment(date(2020, 1, 20)):
        reviewing.open_review(review, by=officer)
    with moment(report.dated, 14):
        reviewing.hold(review, by=officer, paper=report, day=report.dated)


def _join(campaign, count):
    """So many of the asked units register in the weeks after the launch."""
    for place, unit in enumerate(asked(campaign)[:count]):
        day = campaign.launched_on + timedelta(days=12 + place % 30)
        if day > timezone.localdate():
            return
        row = Joining(campaign=campaign, unit=unit, people=18 + place * 3 % 60, collectives=2 + place % 5, sample=True)
        row.words = "Phát động trong toàn đơn vị, giao chỉ tiêu cho từng bộ phận."
        goals = [
            Goal(content=content, measure=measure, planned=Decimal(planned + (place % 3 if measure != "%" else 0)))
            for content, measure, planned in GOALS
        ]
        with moment(day):
            joining.join(row, goals, by=active_reader(unit, place))


def _review(campaign, officer):
    """The half-year review of 2026: most units reported, one was asked to mend; held by its report."""
    if campaign.reviews.exists() or timezone.localdate() < date(2026, 7, 20):
        return
    review = Review(
        campaign=campaign, kind=Review.Kind.INTERIM, planned_on=date(2026, 7, 15), reports_until=date(2026, 7, 10)
    )
    with moment(date(2026, 6, 15)):
        reviewing.open_review(review, by=officer)
    joinings = campaign.joinings.select_related("unit", "campaign").order_by("pk")
    for place, row in enumerate(joinings):
        if place % 6 != 5:
            _report(review, row, place)
    with moment(date(2026, 7, 20), 15):
        paper = _invented("118/BC-UBND", "BC", date(2026, 7, 20), "sơ kết phong trào thi đua 6 tháng đầu năm 2026")
        reviewing.hold(review, by=officer, paper=paper, day=date(2026, 7, 20))


def _report(review, row, place):
    """What one unit told."""
    user = active_reader(row.unit, place)
    told = Result(joining=row, review=review, people=row.people, collectives=row.collectives, works=place % 4)
    told.words = f"Hoàn thành các nhiệm vụ 6 tháng; có {place % 4} mô hình mới."
    told.shortcomings = "Một số việc phối hợp còn chậm." if place % 3 == 0 else ""
    figures = {
        goal.pk: Decimal(90 + place % 9) if goal.measure == "%" else Decimal(1 + place % 3) for goal in row.goals.all()
    }
    with moment(date(2026, 7, 1) + timedelta(days=place % 9), 10):
        stored = results.save(told, results.Parts(figures=figures), by=user, seen_version=0)
        Result.objects.filter(pk=stored.pk).update(sample=True)
        results.send(stored, by=user, seen_version=stored.version)


def _stop(campaign, officer):
    """A campaign that a storm stopped."""
    day = date(2026, 8, 25)
    if campaign.adjustments.exists() or timezone.localdate() < day:
        return
    wish = adjusting.Wish(
        kind=Adjustment.Kind.STOP,
        reason="Tập trung khắc phục hậu quả bão lũ; dừng Ngày hội văn hóa các dân tộc tỉnh.",
        effective_on=day,
        paper=_invented(
            "956/UBND-VX", "CV", day, "dừng đợt thi đua chào mừng Ngày hội văn hóa các dân tộc tỉnh năm 2026"
        ),
    )
    with moment(day):
        adjusting.adjust(campaign, wish, by=officer)


def _extend(campaign, officer):
    """A campaign that got two weeks more."""
    day = date(2026, 11, 16)
    if campaign.adjustments.exists() or timezone.localdate() < day:
        return
    wish = adjusting.Wish(
        kind=Adjustment.Kind.CHANGE,
        reason="Kéo dài để các đơn vị hoàn thành số hóa hồ sơ.",
        effective_on=day,
        paper=_invented("1203/UBND-VX", "CV", day, "kéo dài đợt thi đua cao điểm 100 ngày chuyển đổi số"),
        dates=adjusting.days_of(campaign, {"ends_on": date(2026, 12, 24), "final_on": date(2026, 12, 30)}),
    )
    with moment(day):
        adjusting.adjust(campaign, wish, by=officer)


def _finish(campaign, officer):
    """The campaign of 2020: summed up, commended for, over."""
    if campaign.reviews.exists():
        return
    day = date(2020, 12, 28)
    review = Review(campaign=campaign, kind=Review.Kind.FINAL, planned_on=date(2020, 12, 20))
    with moment(date(2020, 12, 1)):
        reviewing.open_review(review, by=officer)
    with moment(day):
        report = _invented("412/BC-UBND", "BC", day, "tổng kết phong trào thi đua năm 2020")
        reviewing.hold(review, by=officer, paper=report, day=day)
    day = date(2021, 1, 15)
    with moment(day):
        decision = _invented("96/QĐ-UBND", "QĐ", day, "tặng Bằng khen trong phong trào thi đua năm 2020")
        closing.commend(campaign, by=officer, day=day, paper=decision)
    with moment(date(2021, 1, 29)):
        closing.close(campaign, by=officer, day=date(2021, 1, 29))


def _tell(campaign, officer):
    """Good examples: two persons and a collective are published, others wait for consent or for the department."""
    units = asked(campaign)
    for place, (kind, name, post, title, consents, published) in enumerate(DEEDS):
        unit, day = units[place * 4], date(2026, 5, 4) + timedelta(days=9 * place)
        if day > timezone.localdate():
            return
        row = Example(
            kind=kind, name=name, post=post, unit=unit, campaign=campaign, title=title, met_on=day, sample=True
        )
        row.deed = f"{title}: kiên trì vận động, làm trước cho bà con thấy, đến nay được nhiều hộ làm theo."
        row.sources = f"Báo cáo của {unit.name}"
        user = active_reader(unit, place)
        with moment(day):
            examples.save(row, by=user)
            if kind == "person" and consents:
                row = examples.give_consent(row, by=user, on=day, words="Bản đồng ý có chữ ký (minh họa)")
        with moment(day + timedelta(days=2)):
            if published:
                examples.publish(row, by=officer)


def _invented(reference, code, day, subject):
    """A paper of the province that was made up for the sample."""
    facts = {"year": day.year, "month": day.month, "day": day.day, "subject": subject, "sample": True}
    facts |= {"issuer_name": "UBND tỉnh", "issuer_unit": Unit.objects.get(code="ubnd-tinh")}
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code=code),
        reference=reference,
        note="Văn bản minh họa: số, ngày và nội dung do người làm chương trình đặt ra.",
        **facts,
    )

"""Plans of three cycles: V (2019–2020, as far as the letter of February 2020 and the guidance tell), VI (2025), VII.

True are the papers 125/KH-UBND and the letter, the windows of Hướng dẫn 1149/HD-BTĐKT and the days of the congresses; the rest is
invented. From 01/7/2025 there are communes of other names and no districts.
"""

from datetime import date

from documents.models import Document, DocumentType
from documents.sample.life import moment
from units.models import Unit

from ..plans import actions, serving
from ..plans.models import Level, Plan, Required

_AIMS = (
    "Biểu dương, tôn vinh tập thể, cá nhân điển hình tiên tiến trong phong trào thi đua yêu nước 5 năm; lựa chọn đại biểu dự đại "
    "hội cấp trên.\nTổ chức trang trọng, thiết thực, tiết kiệm, tránh phô trương, hình thức."
)
_UPPER = ["department", "front", "party", "central", "district"]
_LEVELS = [
    ("Cơ sở", ["commune", "office", "enterprise"], (2020, 1, 1), (2020, 3, 31), {"full_below": 200, "sent_up": 2}),
    ("Trên cơ sở", _UPPER, (2020, 4, 1), (2020, 6, 30), {"sent_up": 5}),
    ("Tỉnh", ["province"], (2020, 7, 1), (2020, 9, 30), {"is_congress": True}),
]
_REQUIRED = [
    ("content", "Kết quả phong trào thi đua, công tác khen thưởng 5 năm", None),
    ("content", "Phương hướng, nhiệm vụ thi đua 5 năm tới", None),
    ("programme", "Báo cáo kết quả phong trào thi đua 5 năm", 30),
    ("programme", "Tham luận, giao lưu điển hình tiên tiến", 60),
    ("programme", "Tôn vinh, khen thưởng điển hình tiên tiến", 30),
    ("programme", "Chọn cử đại biểu dự cấp trên", 20),
]
_SHARES = {"woman": 35, "ethnic": 60, "worker": 50, "young": 15}
# What a delegate has at least one of.
_QUALIFYING = ["HCLD1", "HCLD2", "HCLD3", "BKTTG", "CSTDTQ", "CSTDT", "BKT", "CSTDCS"]
# Units outside health whose people the letter's exception is about.
_SERVING = ["bch-bo-doi-bien-phong-tinh", "bch-quan-su-tinh", "ban-quan-ly-kktck"]


def play(by):
    """Three plans, and the units that serve by the letter of February 2020."""
    fifth = _fifth(by)
    _serve(by)
    sixth = _sixth(fifth, by)
    with moment(date(2026, 11, 2)):
        seventh = actions.begin_next(sixth, by=by)
        plan = cited(
            "176/KH-UBND", date(2026, 11, 12), "KH", "tổ chức hội nghị điển hình tiên tiến các cấp, Đại hội lần thứ VII"
        )
        actions.issue(seventh, by=by, paper=plan)


def close(by):
    """The cycles that are over, after the congresses of the nation of December 2020 and December 2025."""
    for number, day in ((5, date(2020, 12, 31)), (6, date(2025, 12, 31))):
        with moment(day):
            actions.close(Plan.objects.get(number=number), by=by)


def cited(reference, day, code, subject) -> Document:
    """A paper of the province that was made up for the sample."""
    return Document.objects.create(
        origin=Document.Origin.CITED, type=DocumentType.objects.get(code=code), reference=reference, subject=subject,
        issuer_name="UBND tỉnh", issuer_unit=Unit.objects.get(code="ubnd-tinh"), year=day.year, month=day.month, day=day.day,
        sample=True, note="Văn bản minh họa: số, ngày và nội dung do người làm chương trình đặt ra.",
    )  # fmt: skip


def letter_of_2020() -> Document:
    """The letter /UBND-KGVX of February 2020, as the sample issued it."""
    return Document.objects.filter(symbol="UBND-KGVX", year=2020, state=Document.State.ISSUED).first()


def _fifth(by):
    day = date(2019, 7, 17)
    with moment(date(2019, 7, 1)):
        plan = actions.begin(
            Plan(
                name="Hội nghị biểu dương điển hình tiên tiến các cấp và Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ V",
                number=5, national=10, serves_from=2015, serves_until=2020, recognised_from=date(2015, 9, 1), aims=_AIMS,
                qualifying=_QUALIFYING, sample=True,
            ),
            by=by, shares=_SHARES,
        )  # fmt: skip
        rows = [
            Level(name=name, unit_kinds=kinds, begins_on=date(*begins), ends_on=date(*ends), **facts)
            for name, kinds, begins, ends, facts in _LEVELS
        ]
        actions.edit_levels(plan, by=by, rows=rows)
        required = [Required(kind=kind, words=words, minutes=minutes) for kind, words, minutes in _REQUIRED]
        actions.edit_required(plan, by=by, rows=required)
        required = list(plan.required.all())
        # Both contents are what the report tells of.
        for row in required[:2]:
            row.told_in = required[2]
        actions.edit_required(plan, by=by, rows=required)
        _quotas(plan, by, {"so-giao-duc-va-dao-tao": 8, "so-y-te": 8, "lien-doan-lao-dong-tinh": 10})
    with moment(day):
        return actions.issue(plan, by=by, paper=Document.objects.get(reference="125/KH-UBND", year=2019))


def _quotas(plan, by, numbers):
    units = Unit.objects.filter(code__in=numbers).in_bulk(field_name="code")
    actions.set_quotas(plan, by=by, numbers={units[code]: number for code, number in numbers.items()})


def _serve(by):
    letter = letter_of_2020()
    units = Unit.objects.filter(code__in=_SERVING).order_by("sort_text")
    with moment(letter.dated):
        for row in serving.mark(
            units, by=by, since=letter.dated, until=date(2020, 6, 30), paper=letter,
            reason="Tập trung nguồn nhân lực phòng, chống dịch Covid-19",
        ):  # fmt: skip
            type(row).objects.filter(pk=row.pk).update(sample=True)


def _sixth(fifth, by):
    """Communes hold theirs after 01/7/2025, as those that there are then; the congress was told of on 18/9/2025."""
    with moment(date(2024, 12, 10)):
        plan = actions.begin_next(fifth, by=by)
        windows = {
            "Cơ sở": (date(2025, 7, 1), date(2025, 8, 15)),
            "Trên cơ sở": (date(2025, 5, 1), date(2025, 8, 20)),
            "Tỉnh": (date(2025, 9, 1), date(2025, 9, 30)),
        }
        rows = list(plan.levels.all())
        for row in rows:
            row.begins_on, row.ends_on = windows[row.name]
        rows.sort(key=lambda row: row.begins_on)
        actions.edit_levels(plan, by=by, rows=rows)
        paper = cited(
            "12/KH-UBND", date(2025, 1, 15), "KH", "tổ chức hội nghị điển hình tiên tiến các cấp, Đại hội lần thứ VI"
        )
    with moment(date(2025, 1, 16)):
        return actions.issue(plan, by=by, paper=paper)

"""A few recipients that show what a thousand others do not: one entered twice, awards cancelled, stripped, restored."""

from datetime import date

from ..catalogue.models import AwardType, Office, Route
from ..decisions import cancelling, returns
from ..decisions.models import Cancellation, Return
from ..recipients.models import PositionClass, Recipient
from ..records.models import Award, Decision, HeldPost, Pause


def make(people):
    """Change some of ``people``, who were stored with their stories."""
    _entered_twice(people[:6])
    _cancelled()
    _stripped(people[60:62])
    _posts_held(people)
    Pause.objects.create(
        recipient=people[40], kind=Pause.Kind.INSPECTION, since=date(2026, 10, 5),
        paper="Quyết định thanh tra (minh họa)", sample=True,
    )  # fmt: skip
    for row in people[100:120]:
        row.known_from = 2020
    Recipient.objects.bulk_update(people[100:120], ["known_from"])


def _entered_twice(people):
    """Second records of some, written a little differently, as lists of units have them."""
    for number, row in enumerate(people):
        twin = Recipient(
            kind=row.kind, name=_other_spelling(row.name, number), unit=row.unit, gender=row.gender,
            began_on=row.began_on if number % 2 else None, began_year=row.began_on.year, post=row.post,
            position_class=row.position_class, sample=True, note=row.note,
        )  # fmt: skip
        twin.save()


def _other_spelling(name, number):
    return name.upper() if number % 2 else name.replace("òa", "oà").replace("Đ", "Ð")


def _cancelled():
    """Some titles that were cancelled after a false report came out (Luật 2022, Điều 93 khoản 2); of one, all came back."""
    rows = Award.objects.filter(type__code="CSTDCS", year=2023, recipient__sample=True).select_related("decision__by")
    day, number = date(2024, 9, 12), "77/QĐ-SNV (minh họa)"
    for place, row in enumerate(rows.order_by("pk")[:3]):
        row.cancelled_on, row.cancelled_by = day, f"theo Quyết định số {number} ngày {day:%d/%m/%Y}"
        row.save()
        by = row.decision.by
        made = Cancellation.objects.create(
            award=row, number=number, day=day, ground="false-merits", words="Gian dối trong kê khai công trạng, thành tích",
            article="điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng", reason="Báo cáo sai thành tích (minh họa)",
            amount=row.amount, items="Bằng Chiến sĩ thi đua cơ sở", by=by,
        )  # fmt: skip
        if place < 2 and row.amount:
            Return.objects.create(
                cancellation=made, day=date(2024, 10, 3), giver=row.name, paper="Biên bản thu hồi (minh họa)",
                amount=row.amount if place == 0 else row.amount // 2, all_items=place == 0, by=by,
            )  # fmt: skip


def _stripped(people):
    """Two honours that the President took away after a judgment; one was restored, and is to be handed over again."""
    by = Award.objects.filter(recipient__in=people).select_related("decision__by").first().decision.by
    office, honour = Office.objects.get(code="president"), AwardType.objects.get(code="NGUT")
    for place, row in enumerate(people):
        decision = Decision.objects.create(
            number=f"{1500 + place}/QĐ-CTN (minh họa)", day=date(2022, 11, 15), office=office, by=by, sample=True,
            subject="tặng danh hiệu Nhà giáo Ưu tú (minh họa)",
        )  # fmt: skip
        award = Award.objects.create(
            decision=decision, recipient=row, type=honour, position=1, name=row.name, post=row.post, unit=row.unit, year=2022,
            decided_on=decision.day, route=Route.SERVICE,
        )  # fmt: skip
        cancelling.strip(
            award, by=by, number="610/QĐ-CTN (minh họa)", day=date(2025, 5, 5), ground="prison",
            reason="Bản án hình sự sơ thẩm (minh họa)", amount=None, items="Huy hiệu, Bằng",
        )  # fmt: skip
        returns.take_back(
            award, by=by, day=date(2025, 6, 2), giver=row.name, paper="Biên bản thu hồi (minh họa)", all_items=True
        )
        if place == 0:
            cancelling.reinstate(
                award, by=by, number="45/QĐ-CTN (minh họa)", day=date(2026, 1, 9), ground="restore",
                reason="Bản án phúc thẩm tuyên không có tội (minh họa)",
            )  # fmt: skip


def _posts_held(people):
    """The way of some leaders of departments to the end of their service."""
    leaders = [row for row in people if row.position_class == PositionClass.DEPARTMENT][:8]
    HeldPost.objects.bulk_create(
        HeldPost(
            recipient=row, post=post, place=row.unit.name, since=date(since + number % 3, 7, 1),
            until=until and date(until + number % 3, 6, 30), position_class=position_class,
            paper="Quyết định bổ nhiệm (minh họa)", sample=True,
        )
        for number, row in enumerate(leaders)
        for post, since, until, position_class in (
            ("Trưởng phòng", 2006, 2011, PositionClass.OTHER),
            ("Phó Giám đốc", 2011, 2016, PositionClass.DEPARTMENT),
            ("Giám đốc", 2016, None, PositionClass.DEPARTMENT),
        )
    )  # fmt: skip

"""What people of a unit did in the last two years: ratings, initiatives, titles, which a file of theirs rests on."""

from datetime import date

from ..catalogue.models import AwardType, Office
from ..records.models import Authorship, Award, Decision, Initiative, Rating


def give(unit, people, year, *, by):
    """Have ``people`` of ``unit`` fulfil what a Bằng khen asks for in ``year``: two years of Chiến sĩ thi đua cơ sở in a row."""
    types = {code: AwardType.objects.get(code=code) for code in ("LDTT", "CSTDCS")}
    for one in (year - 1, year):
        _rate(people, one)
        _invent(unit, people, one)
        known = set(Award.objects.filter(recipient__in=people, year=one).values_list("recipient", "type__code"))
        rows = [(row, code) for code in types for row in people if (row.pk, code) not in known]
        decision = Decision.objects.create(
            number=f"{80 + one % 10}/QĐ-{unit.symbol or 'KT'}", day=date(one, 12, 28), unit=unit, by=by, sample=True,
            office=Office.objects.get(code="department"), subject=f"Công nhận danh hiệu thi đua năm {one} (minh họa)",
        )  # fmt: skip
        Award.objects.bulk_create(
            Award(
                decision=decision, recipient=row, type=types[code], position=place, name=row.name, post=row.post, unit=unit,
                position_class=row.position_class, year=one, decided_on=decision.day,
            )
            for place, (row, code) in enumerate(rows, 1)
        )  # fmt: skip


def _rate(people, year):
    for row in people:
        Rating.objects.update_or_create(
            recipient=row, year=year,
            defaults={"level": Rating.Level.EXCELLENT, "paper": f"Kết quả xếp loại năm {year}", "sample": True},
        )  # fmt: skip


def _invent(unit, people, year):
    for place, row in enumerate(people, 1):
        idea = Initiative.objects.create(
            name=f"Rút ngắn thời gian giải quyết hồ sơ, việc {place} ({year}, minh họa)", scope="unit", year=year,
            recognised_on=date(year, 11, 20), number=f"{place:02}/QĐ-SK", issuer=str(unit), sample=True,
        )  # fmt: skip
        Authorship.objects.create(initiative=idea, recipient=row)

"""Stories as rows of the database: decisions with their lines, money, initiatives, ratings, discipline."""

from collections import defaultdict
from datetime import date
from itertools import count

from units.models import Unit

from ..catalogue.book import catalogue
from ..catalogue.models import AwardType, Office, Whom
from ..eligibility.money import prize
from ..recipients.models import BodyClass, PositionClass
from ..records.models import Authorship, Award, Decision, Initiative, Pause, Rating, Team
from .units import Places
from .years import Line

NAMES = {"province": "UBND", "president": "CTN", "premier": "TTg", "government": "TTg"}
OF_THE_STATE = {"president", "premier", "government"}
SCOPES = {
    "unit": "Cải tiến quy trình giải quyết hồ sơ",
    "province": "Số hóa, khai thác dữ liệu dùng chung",
    "nation": "Mô hình quản lý liên thông",
}
# Once the list of the province is public: units proposed for orders, as the department posted it on 09/01/2020.
PUBLIC = [
    ("HCLD3", ["thanh-tra-tinh", "so-tu-phap"]),
    ("HCLD2", ["ubnd-huyen-binh-gia", "ban-tuyen-giao-tinh-uy"]),
    ("HCLD1", ["van-phong-tinh-uy", "so-noi-vu"]),
    ("HCDL3", ["ubnd-huyen-huu-lung"]),
    ("HCDL1", ["ubnd-thanh-pho-lang-son"]),
]
SOURCE = "Theo danh sách đề nghị mà Sở Nội vụ công khai ngày 09/01/2020; số, ngày của quyết định là minh họa."


class History:
    """Takes stories, stores them at once."""

    def __init__(self, places: Places, by):
        self.places, self.by = places, by
        self.types = {row.code: row for row in AwardType.objects.all()}
        self.offices = {row.code: row for row in Office.objects.all()}
        self.known, self.money = catalogue(), {}
        self.given: list[tuple[Award, Line]] = []
        self.groups, self.numbers = defaultdict(list), defaultdict(lambda: count(11))

    def store(self, stories):
        """Everything of ``stories`` ({recipient: story})."""
        for story in stories.values():
            for line in story.lines:
                self.groups[self._decision_of(line)].append(line)
        self._store_decisions()
        rows = [(row, story) for row, story in stories.items()]
        Rating.objects.bulk_create(
            (
                Rating(recipient=row, year=year, level=level, paper=f"Kết quả xếp loại năm {year}", sample=True)
                for row, story in rows
                for year, level in story.ratings
            ),
            batch_size=1000,
        )
        Pause.objects.bulk_create(
            Pause(
                recipient=row, kind=kind, since=since, until=until, paper="Quyết định kỷ luật (minh họa)", sample=True
            )
            for row, story in rows
            for kind, since, until in story.pauses
        )
        names = ("year", "members", "completed", "ldtt", "cstdcs", "warned")
        Team.objects.bulk_create(
            Team(recipient=row, sample=True, **dict(zip(names, team, strict=True)))
            for row, story in rows
            for team in story.teams
        )
        self._store_initiatives(rows)

    def _decision_of(self, line):
        """(office, unit, day, recipients' kind) by which lines stand in one decision."""
        if line.by:
            unit = self.places.on(self._unit("ubnd-tinh"), line.day) if line.by == "province" else None
            return line.by, unit.pk if unit else None, line.day, line.route != "merit"
        office, unit = self.places.decider(line.recipient.unit, line.day)
        return office, unit.pk, line.day, False

    def _unit(self, code) -> Unit:
        return next(unit for unit in self.places.units.values() if unit.code == code)

    def _store_decisions(self):
        decisions = []
        for (office, unit, day, _), lines in sorted(self.groups.items(), key=lambda group: (group[0][2], group[0][0])):
            decision = self._decision(office, unit, day, lines[0].year)
            decisions.append(decision)
            lines.sort(key=lambda line: (line.recipient.kind != Whom.COLLECTIVE, line.code, line.recipient.sort_text))
            self.given += [(self._award(decision, place, line), line) for place, line in enumerate(lines, 1)]
        Decision.objects.bulk_create(decisions, batch_size=500)
        for award, _ in self.given:
            award.decision_id = award.decision.pk
        Award.objects.bulk_create((award for award, _ in self.given), batch_size=500)

    def _decision(self, office, unit, day, year):
        place = self.places.units.get(unit)
        symbol = NAMES.get(office) or (place.symbol if place and place.symbol else "QĐKT")
        number = next(self.numbers[office, unit, day.year])
        row = Decision(
            number=f"{number:02}/QĐ-{symbol}",
            day=day,
            office=self.offices[office],
            unit=place,
            issuer="" if place else self.offices[office].name,
            submitter=Decision.Submitter.PROVINCE if office in OF_THE_STATE else "",
            subject=f"Khen thưởng năm {year} (quyết định minh họa)",
            by=self.by,
            sample=True,
        )
        row.tidy()
        return row

    def _award(self, decision, place, line):
        row = line.recipient
        return Award(
            decision=decision,
            recipient=row,
            type=self.types[line.code],
            position=place,
            name=row.name,
            post=row.post,
            unit=self.places.on(row.unit, line.day) if row.unit else None,
            position_class=row.position_class or (PositionClass.DIRECT if row.kind == Whom.PERSON else ""),
            body_class=row.body_class or (BodyClass.OFFICE if row.kind == Whom.COLLECTIVE else ""),
            year=line.year,
            first_year=line.first_year,
            route=line.route,
            deed=line.deed,
            decided_on=decision.day,
            amount=self._amount(line, decision),
        )

    def _amount(self, line, decision):
        key = line.code, decision.day, line.recipient.kind, decision.office.code
        if key not in self.money:
            book = self.known.on(decision.day)
            self.money[key] = prize(book, line.code, line.recipient.kind, decision.office.code).amount
        return self.money[key]

    def _store_initiatives(self, rows):
        wanted = [(row, *known) for row, story in rows for known in story.initiatives]
        made = [
            Initiative(
                name=f"{SCOPES[scope]} tại {row.unit} ({year}, minh họa)",
                kind=kind,
                scope=scope,
                year=year,
                recognised_on=date(year, 11, 25),
                number=f"{place:03}/QĐ-SK",
                issuer=str(row.unit) if scope == "unit" else "UBND tỉnh",
                sample=True,
            )
            for place, (row, year, scope, kind) in enumerate(wanted, 1)
        ]
        Initiative.objects.bulk_create(made, batch_size=500)
        used = {(line.recipient.pk, line.year): award for award, line in self.given if line.code in ("CSTDT", "CSTDTQ")}
        Authorship.objects.bulk_create(
            (
                Authorship(
                    initiative=what, recipient=row, used_in=used.get((row.pk, year)) if scope != "unit" else None
                )
                for what, (row, year, scope, _) in zip(made, wanted, strict=True)
            ),
            batch_size=500,
        )

    def store_public(self, bodies):
        """The orders of the public list, of {unit's code: recipient}."""
        day = date(2020, 5, 20)
        decision = self._decision("president", None, day, 2019)
        decision.subject = f"Tặng thưởng Huân chương. {SOURCE}"
        decision.save()
        place = count(1)
        for code, units in PUBLIC:
            for unit in units:
                row = bodies[unit]
                Award.objects.create(
                    decision=decision, recipient=row, type=self.types[code], position=next(place), name=row.name,
                    unit=row.unit, body_class=BodyClass.OFFICE, year=2019, first_year=2015, decided_on=day, deed=SOURCE,
                    amount=prize(self.known.on(day), code, row.kind).amount,
                )  # fmt: skip

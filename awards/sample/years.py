"""Year by year what became of each: ratings, initiatives, discipline, and the titles and forms that follow from them.

The ladders are walked by counters, roughly as the law has them, so that among 1,500 some stand just above, some just below each
bound; whether the next award may be given is for the program to say.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random

from ..catalogue.models import Route, Whom
from ..recipients.models import Gender, Recipient

YEARS = range(2015, 2026)


@dataclass
class Line:
    """An award to be: what, for which years, decided when and at which level (the office is found by the unit)."""

    recipient: Recipient
    code: str
    year: int
    day: date
    by: str = ""
    route: str = Route.MERIT
    deed: str = ""
    first_year: int | None = None


@dataclass
class Story:
    """What became of one recipient."""

    lines: list[Line] = field(default_factory=list)
    ratings: list[tuple[int, str]] = field(default_factory=list)
    initiatives: list[tuple[int, str, str]] = field(default_factory=list)
    pauses: list[tuple[str, date, date | None]] = field(default_factory=list)
    teams: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)


def story_of(row: Recipient, random: Random) -> Story:
    """The years of a person, a collective or a household."""
    tell = {Whom.PERSON: _Person, Whom.COLLECTIVE: _Collective, Whom.HOUSEHOLD: _Household}[row.kind]
    teller = tell(row, random)
    first = random.choice([2015, 2015, 2016, 2018, 2020, 2022])
    for year in YEARS:
        if year >= first and not (row.ended_on and row.ended_on.year <= year) and _was_there(row, year):
            teller.live(year)
    return teller.story


def _was_there(row, year):
    return row.kind != Whom.COLLECTIVE or not row.began_on or row.began_on.year < year


class _Teller:
    """Counters: {award: the years for which it was given}, and since when years count towards the next of each."""

    def __init__(self, row, random):
        self.row, self.random, self.story = row, random, Story()
        self.given: dict[str, list[int]] = {}
        self.quality = random.random()

    def luck(self, share):
        return self.random.random() < share

    def give(self, code, year, day, **more):
        self.given.setdefault(code, []).append(year)
        self.story.lines.append(Line(self.row, code, year, day, **more))

    def title(self, code, year):
        """A title of the unit, decided at the end of the year."""
        self.give(code, year, date(year, 12, 18 + year % 10))

    def province(self, code, year, **more):
        self.give(code, year, date(year + 1, 1 + year % 2, 12 + year % 9), by="province", **more)

    def state(self, code, year, by, span=5):
        self.give(code, year, date(year + 1, 8 + year % 3, 5 + year % 17), by=by, first_year=year - span + 1)

    def run(self, code, year, after=0):
        """How many years without a gap up to ``year`` it was given, none before ``after``."""
        years, found = set(self.given.get(code, ())), 0
        while year - found in years and year - found > after:
            found += 1
        return found

    def last(self, code):
        return max(self.given.get(code, [0]))

    def deed(self, year):
        """Once in a while for a single deed, or in a movement."""
        if self.luck(0.02):
            day = date(year, self.random.randint(2, 11), self.random.randint(1, 28))
            route = self.random.choice([Route.DEED, Route.MOVEMENT])
            words = {
                Route.DEED: "cứu người, cứu tài sản trong mưa lũ",
                Route.MOVEMENT: "phong trào xây dựng nông thôn mới",
            }
            self.give(
                "BKT",
                year,
                day,
                by="province",
                route=route,
                deed=f"Đã có thành tích xuất sắc trong {words[route]} ({day:%m/%Y})",
            )


class _Person(_Teller):
    def live(self, year):
        level = self.rated(year)
        self.story.ratings.append((year, level))
        if level in ("good", "excellent", "maternity"):
            self.title("LDTT", year)
        if level == "excellent":
            self.best_of_unit(year)
        self.ladder(year)
        self.deed(year)

    def rated(self, year):
        if self.row.gender == Gender.FEMALE and 22 < year - self.row.began_on.year < 40 and self.luck(0.03):
            return "maternity"
        if self.luck(0.006):
            self.story.pauses.append(("discipline", date(year, 4, 1), date(year + 1, 3, 31)))
            return "done"
        draw = self.random.random()
        return "excellent" if draw < self.quality * 0.45 else "good" if draw < 0.96 else "done"

    def best_of_unit(self, year):
        if year < 2024 or self.luck(0.5):
            scope = "province" if self.luck(0.25 * self.quality) else "unit"
            self.story.initiatives.append((year, scope, "initiative"))
        self.title("CSTDCS", year)
        if self.run("CSTDCS", year, self.last("CSTDT")) >= 3 and self.luck(0.6):
            if not any(scope == "province" and when > year - 3 for when, scope, _ in self.story.initiatives):
                self.story.initiatives.append((year, "province", "initiative"))
            self.province("CSTDT", year)
        elif self.run("CSTDCS", year, self.last("BKT")) >= 2 and self.luck(0.5):
            self.province("BKT", year, first_year=year - 1)

    def ladder(self, year):
        counted = [when for when in self.given.get("CSTDCS", ()) if when > year - 5]
        if year - self.last("BKT") >= 5 and self.last("BKT") and not self.last("BKTTG") and len(counted) >= 3:
            self.state("BKTTG", year, "premier")
        elif self.last("BKTTG") and year - self.last("BKTTG") >= 5 and not self.last("HCLD3") and len(counted) >= 3:
            self.state("HCLD3", year, "president")
        twice = self.given.get("CSTDT", [])[-2:]
        if len(twice) == 2 and twice[1] - twice[0] <= 3 and twice[1] == year and not self.last("CSTDTQ"):
            self.story.initiatives.append((year, "nation", "topic"))
            self.give("CSTDTQ", year, date(year + 1, 6, 10), by="premier", first_year=year - 5)


class _Collective(_Teller):
    def live(self, year):
        level = "excellent" if self.luck(0.25 + self.quality * 0.6) else "good"
        self.story.ratings.append((year, level))
        self.team(year, level)
        self.title("TTLDTT", year)
        if level == "excellent":
            self.province("TTLDXS", year)
            self.flags(year)
        self.ladder(year)
        self.deed(year)

    def team(self, year, level):
        members = self.random.randint(6, 14) if not self.row.is_unit else self.random.randint(18, 90)
        ldtt = members - self.random.randint(0, members * 2 // 10)
        cstdcs = max(1, members // 8) if level == "excellent" else members // 10
        self.story.teams.append((year, members, members, ldtt, cstdcs, 0))

    def flags(self, year):
        if self.row.may_receive_flags and self.luck(0.22 * self.quality):
            self.province("CTDT", year)
            if self.luck(0.15):
                self.give("CTDCP", year, date(year + 1, 6, 20), by="government")
        elif self.run("TTLDXS", year, self.last("BKT")) >= 2 and self.luck(0.4):
            self.province("BKT", year, first_year=year - 1)

    def ladder(self, year):
        if self.run("TTLDXS", year) < 5:
            return
        flags = [when for when in self.given.get("CTDT", ()) if when > year - 5]
        steps = ["BKT", "BKTTG", "HCLD3", "HCLD2", "HCLD1"]
        for former, code in pairwise(steps):
            ready = self.last(former) and year - self.last(former) >= 5 and not self.last(code)
            if ready and len(flags) >= (1 if code == "BKTTG" else 2):
                self.state(code, year, "premier" if code == "BKTTG" else "president")
                return


class _Household(_Teller):
    def live(self, year):
        if self.luck(0.9):
            self.title("GDVH", year)
        if self.luck(0.04):
            day = date(year, 11, 18)
            self.give(
                "BKT",
                year,
                day,
                by="province",
                route=Route.CONTRIBUTION,
                deed=f"Đã hiến đất làm đường giao thông nông thôn năm {year}",
            )

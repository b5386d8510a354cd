"""What is wrong with the lines of a list, by the law of the decision's day and by what is stored.

Lines are judged chunk by chunk with a constant number of queries for each; what was seen is kept in small keys, so that
100,000 lines need little memory.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from django.db.models import Q

from units.text import fold

from ..catalogue.book import book_of
from ..catalogue.models import AwardType, Route, Whom
from ..eligibility.authority import may_decide
from ..recipients.names import name_key
from ..records.models import Award
from .lines import Line
from .matching import KNOWN, PROBABLE, Matcher, Units
from .models import Entry
from .sources import Source

# What a page shows of faults, of lines that wait for a person, and of the others.
SHOWN, SAMPLE = 200, 50
_DOUBLE = "Hãy bỏ dòng này, hoặc chọn đúng người nhận."


@dataclass
class Report:
    """What checking found. ``faults``: the first ones, [address, words]; ``open``: lines of which a person says who it is."""

    rows: int = 0
    lines: int = 0
    new: int = 0
    known: int = 0
    probable: int = 0
    bad_rows: int = 0
    fault_count: int = 0
    faults: list = field(default_factory=list)
    open: list = field(default_factory=list)
    sample: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    # Rows that are no awards, [number, words]: headings of parts, and sums, signatures, words beside the list.
    sections: list = field(default_factory=list)
    section_count: int = 0
    aside: list = field(default_factory=list)
    aside_count: int = 0
    old_text: bool = False

    @property
    def may_be_stored(self) -> bool:
        """Whether nothing is wrong and nothing is open."""
        return bool(self.lines) and not self.fault_count and not self.probable

    def stored(self) -> dict:
        """As an entry keeps it."""
        return asdict(self)


def report_on(entry: Entry, *, tell=lambda rows: None, bad=lambda line: None) -> Report:
    """Check all lines of an entry. ``tell`` hears how many rows are done, ``bad`` of each line that is wrong."""
    source, report, rows = Source(entry), Report(), 0
    for lines in checked(entry, source):
        rows += sum(line.nth == 0 for line in lines)
        for line in lines:
            _count(report, source, line)
            if line.faults:
                bad(line)
        tell(rows)
    report.rows, sorter = rows, source.sorter
    report.sections, report.section_count = sorter.told[:SAMPLE], len(sorter.told)
    report.aside, report.aside_count = sorter.aside[:SAMPLE], len(sorter.aside)
    return report


def checked(entry: Entry, source: Source) -> Iterator[list[Line]]:
    """The lines of an entry, judged, some thousand at once."""
    checker = Checker(entry)
    for lines in source.chunks():
        checker.check(lines)
        yield lines


def _count(report, source, line):
    report.lines += 1
    if line.standing:
        setattr(report, line.standing, getattr(report, line.standing) + 1)
    if line.faults:
        _count_faults(report, source, line)
    if line.standing == PROBABLE and len(report.open) < SHOWN and line.nth == 0:
        told = [[row.pk, row.words] for row in line.candidates]
        report.open.append([line.row, line.name, line.place, f"{line.born:%d/%m/%Y}" if line.born else "", told])
    if (
        line.unit_words
        and line.unit is None
        and line.unit_words not in report.elsewhere
        and len(report.elsewhere) < SAMPLE
    ):
        report.elsewhere.append(line.unit_words)
    if len(report.sample) < SAMPLE:
        report.sample.append([line.row, line.name, line.place, line.award, line.year, line.standing, line.amount])


def _count_faults(report, source, line):
    report.bad_rows += line.nth == 0
    for name, words in dict.fromkeys(line.faults):
        told = [source.where(line.row, name), words]
        if line.nth and told in report.faults:
            continue
        report.fault_count += 1
        report.old_text = report.old_text or "bảng mã cũ" in words
        if len(report.faults) < SHOWN:
            report.faults.append(told)


class Checker:
    """Judges the lines of one entry."""

    def __init__(self, entry: Entry):
        self.entry, self.decision = entry, entry.decision
        self.book = book_of(self.decision.day)
        self.types = {row.code: row for row in AwardType.objects.all()}
        self.units = Units()
        self.matcher = Matcher(entry, self.units)
        self.seen, self.decides = {}, {}

    def check(self, lines: list[Line]):
        """Set of each line who it is and what is wrong with it."""
        for line in lines:
            self._judge_alone(line)
        known = self.matcher.match(lines)
        held = self._held(lines)
        for line in lines:
            if line.who is not None and line.award:
                self._judge_double(line, held)
                self._judge_days(line, known.get(line.who) if line.standing == KNOWN else None)

    # --- By itself

    def _judge_alone(self, line):
        award, day = self.types.get(line.award), self.decision.day
        if award and not line.kind:
            whom = [whom for whom in Whom.values if award.is_for(whom)]
            line.kind = whom[0] if len(whom) == 1 else ""
        if not line.kind and not any(name == "whom" for name, _ in line.faults):
            words = "không rõ là cá nhân, tập thể hay hộ gia đình. Hãy ghi cột «Phân loại khen thưởng»."
            line.faults.append(("whom", words))
        line.key = name_key(line.name, line.kind)
        self._set_unit(line)
        line.position_class = line.position_class if line.kind == Whom.PERSON else ""
        line.body_class = line.body_class if line.kind == Whom.COLLECTIVE else ""
        if award:
            line.faults += [(line.award_at, words) for words in self._faults_of_award(line, award)]
        if line.year > day.year:
            line.faults.append(("year", f"năm {line.year} sau ngày ký quyết định ({day:%d/%m/%Y}). Hãy sửa năm."))

    def _set_unit(self, line):
        """The unit that the row names, or is; else that which a heading above names."""
        day = self.decision.day
        unit = self.units.named(line.unit_words or (line.name if line.kind == Whom.COLLECTIVE else ""), day)
        if unit is None and not line.unit_words and line.within:
            found = ((self.units.named(words, day), words) for words in line.within)
            unit, line.unit_words = next((pair for pair in found if pair[0]), (None, ""))
        line.unit = unit.pk if unit else None

    def _faults_of_award(self, line, award):
        name, day = self.book.name(award.code), self.decision.day
        if line.kind and not award.is_for(line.kind):
            whom = ", ".join(str(Whom(one).label).lower() for one in Whom.values if award.is_for(one))
            who = Whom(line.kind).label.lower()
            yield f"{who} không được tặng {name}: chỉ tặng {whom}. Hãy sửa danh hiệu hoặc đối tượng."
        if award.code not in self.book.awards:
            yield f"ngày {day:%d/%m/%Y} không có {name}. Hãy kiểm tra ngày ký hoặc danh hiệu."
        elif words := self._not_decided(award.code):
            yield words

    def _not_decided(self, code) -> str:
        """Why the office of the decision could not give an award on its day; asked once for each award."""
        if code not in self.decides:
            finding = may_decide(self.book, code, self.decision.office.code)
            advice = "Hãy kiểm tra người quyết định, ngày ký hoặc danh hiệu."
            self.decides[code] = "" if finding.met else f"không đúng thẩm quyền: {finding.words}. {advice}"
        return self.decides[code]

    # --- With what is stored

    def _held(self, lines) -> dict[tuple, str]:
        """{(recipient, award, year, deed): number of the decision} of what the register has: one query."""
        who = {line.who for line in lines if line.standing == KNOWN}
        if not who:
            return {}
        rows = Award.objects.standing().filter(
            Q(recipient__in=who) | Q(recipient__merged_into__in=who),
            type__code__in={line.award for line in lines},
            year__in={line.year for line in lines},
            cancelled_on=None,
        )
        columns = ("recipient", "recipient__merged_into", "type__code", "year", "route", "deed", "decision__number")
        return {
            (main or first, code, year, _deed(route, deed)): number
            for first, main, code, year, route, deed, number in rows.values_list(*columns)
        }

    def _judge_double(self, line, held):
        key = (line.who, line.award, line.year, _deed(self.entry.route, line.deed))
        name = self.book.name(line.award)
        if number := held.get(key):
            words = f"{line.name} đã có {name} năm {line.year} theo Quyết định số {number}. {_DOUBLE}"
            line.faults.append(("name", words))
        first = self.seen.setdefault(hash(key), line.row)
        if first != line.row:
            line.faults.append(
                ("name", f"trùng dòng {first}: cùng người nhận, {name}, năm {line.year}. Hãy bỏ một dòng.")
            )

    def _judge_days(self, line, known):
        """An award is neither from before a birth nor from before a unit began."""
        day, unit = self.decision.day, self.units.rows.get(line.unit)
        began = line.born or (known.began_on if known else None)
        if began is None and unit and self.units.is_itself(line):
            began = unit.founded
        year = began.year if began else line.born_year or (known.began_year if known else None)
        if (began and began > day) or (year and year > line.year):
            verb = "sinh" if line.kind == Whom.PERSON else "thành lập"
            when = f"{began:%d/%m/%Y}" if began else year
            name = "born" if line.born_year else "name"
            words = f"khen năm {line.year}, ký ngày {day:%d/%m/%Y}, khi chưa {verb} ({when}). Hãy kiểm tra lại."
            line.faults.append((name, words))


def _deed(route, deed) -> str:
    """What tells two awards of one form and year apart: nothing for merit, the deed for all else (Luật 2022, Điều 5)."""
    return "" if route == Route.MERIT else fold(deed)

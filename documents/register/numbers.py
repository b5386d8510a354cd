"""The next number of a body: which series, which year, and the row that keeps two people from getting the same one."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from units.models import Unit

from ..papers.models import Document
from ..source.references import is_same_body, reference_key
from ..steps.log import record
from ..steps.refusing import Refused
from .models import Arrival, NumberSeries, SeriesYear

# Under which word the log tells of a series.
SERIES = "series"
# The book that a body keeps where it has set up none (NĐ 30/2020, Điều 15: one series is the least).
SHARED = "Sổ chung"


class RunsBackwards(Refused):
    """The day is earlier than that of the number before: a leader may allow it, with a reason; of arrivals nobody may."""


@dataclass(frozen=True)
class Given:
    """A number, and the locked counter it came from; ``keep`` stores it."""

    number: int
    counter: SeriesYear
    day: date
    by_hand: bool

    def keep(self):
        """Store that the number is used. One typed by hand leaves the run as it is: those before it are still given."""
        counter = self.counter
        if not self.by_hand:
            counter.last_number = self.number
        counter.last_day = max(counter.last_day or self.day, self.day)
        counter.save()


def is_open_on(series: NumberSeries, day: date) -> bool:
    """Whether ``series`` still gives numbers for ``day``; its last day counts."""
    return series.until is None or series.until >= day


def taking(rows, type_id) -> NumberSeries | None:
    """Of the open ``rows`` of a body, with their types, the one that takes a type: that names it, else the one without types."""
    named = (row for row in rows if any(type.pk == type_id for type in row.types.all()))
    return next(named, None) or next((row for row in rows if not row.types.all()), None)


def open_series(issuer, direction, type=None, day: date | None = None) -> NumberSeries | None:
    """The series of ``issuer`` open on ``day`` (today) that takes ``type``. Two queries."""
    day = day or timezone.localdate()
    rows = NumberSeries.objects.filter(issuer=issuer, direction=direction).prefetch_related("types").order_by("pk")
    return taking([row for row in rows if is_open_on(row, day)], type and type.pk)


def series_for(issuer, direction, type=None, day: date | None = None) -> NumberSeries:
    """As ``open_series``; a body that never set up any gets the shared one, which is the least that it must keep.

    Inside a transaction only: whoever looks holds the body, so that of two who find no book one opens it.
    """
    hold_body(issuer)
    return open_series(issuer, direction, type, day) or _first_series(issuer, direction)


def hold_body(issuer) -> None:
    """Hold a body until the transaction ends: its books, and the numbers that they give."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)


def _first_series(issuer, direction):
    """The first shared book of a body. One that closed its shared book has to say which follows it."""
    if NumberSeries.objects.filter(issuer=issuer, direction=direction, types=None).exists():
        raise Refused(
            f"{issuer} không có sổ đang mở cho loại văn bản này. "
            "Người quản trị hãy mở sổ ở Quản trị → Sổ văn bản, rồi làm lại bước này.",
            "day",
        )
    name = SHARED if direction == NumberSeries.Direction.OUT else "Sổ văn bản đến"
    return NumberSeries.objects.get_or_create(issuer=issuer, direction=direction, name=name)[0]


def _locked(series, year) -> SeriesYear:
    """The counter of a year, held until the transaction ends.

    So is the body: two of its series may give papers of one symbol, whose numbers must differ.
    """
    hold_body(series.issuer)
    SeriesYear.objects.get_or_create(series=series, year=year)
    return SeriesYear.objects.select_for_update(of=("self",)).get(series=series, year=year)


@transaction.atomic
def begin_after(series, *, year: int, number: int, paper: str, by) -> SeriesYear:
    """Let the numbers of ``year`` follow ``number``, which was given outside the program as ``paper`` says.

    Raises ``Refused`` once the program has given a number of that year, and where no reason is told.
    """
    if not paper.strip():
        raise Refused("Hãy ghi văn bản hoặc lý do, ví dụ: sổ giấy năm 2020 đã cấp đến số 512.", "began_paper")
    refuse_begun(series, year)
    counter = _locked(series, year)
    before = counter.began_after
    counter.began_after = counter.last_number = number
    counter.began_paper = paper.strip()
    counter.save()
    before, after = ({"Đã cấp ngoài chương trình đến số": str(value)} for value in (before, number))
    facts = {"reason": counter.began_paper, "what": "begin_after", "of": year}
    record(SERIES, series, f"Đặt số bắt đầu năm {year}", by=by, before=before, after=after, **facts)
    return counter


@transaction.atomic
def refuse_begun(series, year: int) -> None:
    """Raise ``Refused`` where the program has given a number of ``series`` and ``year``. Holds the body for the answer."""
    hold_body(series.issuer)
    if has_given(series, year):
        raise Refused(
            f"{series} đã cấp số của năm {year} trong chương trình nên không đặt lại số bắt đầu được nữa. "
            "Cần một số khác thì văn thư ghi số đó khi phát hành.",
            "began_after",
        )


def has_given(series, year: int) -> bool:
    """Whether the program has given a number of ``series`` and ``year``."""
    if series.direction == NumberSeries.Direction.IN:
        return Arrival.objects.filter(unit=series.issuer_id, year=year).exists()
    return Document.objects.filter(series=series, year=year).exists()


def refuse_to_come(day: date) -> None:
    """Raise ``Refused`` for a day that has not come."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy chọn ngày hôm nay hoặc ngày đã qua.", "day")


def check_day(series, day: date) -> None:
    """Raise ``Refused`` for a day that has not come, or on which the series was not open yet."""
    refuse_to_come(day)
    if day < series.since:
        raise Refused(f"{series} mở từ ngày {series.since:%d/%m/%Y}. Hãy chọn từ ngày đó về sau.", "day")


def next_number(series, year: int, symbol: str = "") -> int:
    """The number that would come next, for showing; it is given only by ``give``."""
    counter = SeriesYear.objects.filter(series=series, year=year).first()
    return _free_after(series, year, symbol, counter.last_number if counter else 0)


def _free_after(series, year, symbol, last):
    """The first number after ``last`` that nobody typed by hand, and that no paper in the register bears."""
    taken = set(_taken(series, year, symbol).filter(number__gt=last).values_list("number", flat=True))
    taken |= _registered(series, year, symbol)
    number = last + 1
    while number in taken:
        number += 1
    return number


def _taken(series, year, symbol):
    """Rows that hold a number which could not be given again: arrivals of the body, or its papers of series or symbol."""
    if series.direction == NumberSeries.Direction.IN:
        return Arrival.objects.filter(unit=series.issuer_id, year=year)
    same = Q(series=series) | Q(symbol=symbol)
    return Document.objects.filter(same, issuer_unit=series.issuer_id, year=year, number__isnull=False)


def _is_taken(series, year, symbol, number) -> bool:
    """Whether a paper of the program, or one in the register, bears this number."""
    return _taken(series, year, symbol).filter(number=number).exists() or number in _registered(series, year, symbol)


def _registered(series, year, symbol) -> set[int]:
    """Numbers of papers of this body, year and symbol that were given elsewhere and that the register holds."""
    if series.direction == NumberSeries.Direction.IN:
        return set()
    end = f"/{reference_key(symbol)}"
    return {_number_in(row) for row in _of_body(series.issuer, year, *_GIVEN_ELSEWHERE, reference_key__endswith=end)}


def latest_elsewhere(issuer, day: date) -> int:
    """The highest number of ``issuer`` up to ``day`` of its year that the program knows of and did not give; 0 for none."""
    papers = _of_body(issuer, day.year, *_GIVEN_ELSEWHERE, Document.Origin.OURS)
    return max((_number_in(row) for row in papers if row.dated <= day and row.series_id is None), default=0)


def bearing(issuer, year: int, reference: str) -> Document | None:
    """The paper of ``issuer`` and ``year`` with this number and symbol, however they are written: ours, one that all cite, or
    one that it issued outside the program.

    Not one that came in to some unit: its book may hold the very paper that is to be recorded, or a slip of the pen.
    """
    key = reference_key(reference)
    papers = _of_body(issuer, year, *_GIVEN_ELSEWHERE, Document.Origin.OURS, reference_key=key)
    return next(iter(papers), None)


# Papers of a body that the program holds and did not number.
_GIVEN_ELSEWHERE = (Document.Origin.CITED, Document.Origin.SENT)


def _of_body(issuer, year, *origins, **facts) -> list[Document]:
    """Numbered papers of a body, by whatever name the register calls it."""
    papers = Document.objects.filter(
        Q(issuer_unit=issuer) | Q(issuer_unit=None), origin__in=origins, year=year, state__in=Document.FROZEN, **facts
    )
    return [
        row for row in papers.for_lists().order_by() if row.issuer_unit_id or is_same_body(row.issuer_name, issuer.name)
    ]


def _number_in(document) -> int:
    """The number that a reference begins with; 0 where it begins with none."""
    found = re.match(r"\d{1,9}(?=[/-])", document.reference_key)
    return int(found[0]) if found else 0


def give(*, series, day: date, symbol: str = "", wanted: int | None = None, may_run_backwards=False) -> Given:
    """The next number of ``series`` for ``day``, or the one that was typed by hand (``wanted``). Inside a transaction only.

    Raises ``Refused`` for a day or number that cannot be, ``RunsBackwards`` for a day before that of the last number.
    """
    check_day(series, day)
    counter = _locked(series, day.year)
    last_day = series.years.aggregate(day=Max("last_day"))["day"]
    if last_day and day < last_day and not may_run_backwards:
        raise RunsBackwards(
            f"Số cuối của {series} đã ghi ngày {last_day:%d/%m/%Y}, nên ngày {day:%d/%m/%Y} là lùi ngày. "
            "Hãy chọn ngày khác, hoặc đề nghị lãnh đạo cho phép ghi ngày lùi kèm lý do.",
            "day",
        )
    number = wanted or _free_after(series, day.year, symbol, counter.last_number)
    if wanted and _is_taken(series, day.year, symbol, wanted):
        following = _free_after(series, day.year, symbol, counter.last_number)
        raise Refused(
            f"Số {wanted:02d} đã dùng trong {series} năm {day.year}. "
            f"Số tiếp theo là {following:02d}; để trống ô Số để chương trình tự cấp.",
            "number",
        )
    return Given(number, counter, day, by_hand=wanted is not None)

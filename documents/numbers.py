"""The next number of a body: which series, which year, and the row that keeps two people from getting the same one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from units.models import Unit

from .models import Arrival, Document, NumberSeries, SeriesYear

# The book that a body keeps where it has set up none (NĐ 30/2020, Điều 15: one series is the least).
SHARED = "Sổ chung"


class NumberRefused(Exception):
    """A number or its day that cannot be given; says why, and what to do."""


class RunsBackwards(NumberRefused):
    """The day is earlier than that of the number before: a leader may allow it, with a reason."""


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


def open_series(issuer, direction, type=None, day: date | None = None) -> NumberSeries | None:
    """The series of ``issuer`` open on ``day`` (today) that takes ``type``: one that names it, else the one without types."""
    still = Q(closed=None) | Q(closed__gte=day or timezone.localdate())
    open_ones = NumberSeries.objects.filter(still, issuer=issuer, direction=direction)
    named = open_ones.filter(types=type).first() if type else None
    return named or open_ones.filter(types=None).order_by("pk").first()


def series_for(issuer, direction, type=None, day: date | None = None) -> NumberSeries:
    """As ``open_series``; a body that never set up any gets the shared one, which is the least that it must keep."""
    return open_series(issuer, direction, type, day) or _first_series(issuer, direction)


def _first_series(issuer, direction):
    """The first shared book of a body. One that closed its shared book has to say which follows it."""
    if NumberSeries.objects.filter(issuer=issuer, direction=direction, types=None).exists():
        raise NumberRefused(
            f"{issuer} không có sổ đang mở cho loại văn bản này. "
            "Người quản trị hãy mở sổ ở Quản trị → Sổ văn bản, rồi làm lại bước này."
        )
    name = SHARED if direction == NumberSeries.Direction.OUT else "Sổ văn bản đến"
    return NumberSeries.objects.get_or_create(issuer=issuer, direction=direction, name=name)[0]


def _locked(series, year) -> SeriesYear:
    """The counter of a year, held until the transaction ends.

    So is the body: two of its series may give papers of one symbol, whose numbers must differ.
    """
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=series.issuer_id)
    SeriesYear.objects.get_or_create(series=series, year=year)
    return SeriesYear.objects.select_for_update(of=("self",)).get(series=series, year=year)


def check_day(series, day: date) -> None:
    """Raise ``NumberRefused`` for a day that has not come, or on which the series was not open yet."""
    if day > timezone.localdate():
        raise NumberRefused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy chọn ngày hôm nay hoặc ngày đã qua.")
    if day < series.begins:
        raise NumberRefused(f"{series} mở từ ngày {series.begins:%d/%m/%Y}. Hãy chọn từ ngày đó về sau.")


def next_number(series, year: int, symbol: str = "") -> int:
    """The number that would come next, for showing; it is given only by ``give``."""
    counter = SeriesYear.objects.filter(series=series, year=year).first()
    return _free_after(series, year, symbol, counter.last_number if counter else 0)


def _free_after(series, year, symbol, last):
    """The first number after ``last`` that nobody typed by hand."""
    taken = set(_taken(series, year, symbol).filter(number__gt=last).values_list("number", flat=True))
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


def give(*, series, day: date, symbol: str = "", wanted: int | None = None, may_run_backwards=False) -> Given:
    """The next number of ``series`` for ``day``, or the one that was typed by hand (``wanted``). Inside a transaction only.

    Raises ``NumberRefused`` for a day or number that cannot be, ``RunsBackwards`` for a day before that of the last number.
    """
    check_day(series, day)
    counter = _locked(series, day.year)
    last_day = series.years.aggregate(day=Max("last_day"))["day"]
    if last_day and day < last_day and not may_run_backwards:
        raise RunsBackwards(
            f"Số cuối của {series} đã ghi ngày {last_day:%d/%m/%Y}, nên ngày {day:%d/%m/%Y} là lùi ngày. "
            "Hãy chọn ngày khác, hoặc đề nghị lãnh đạo cho phép ghi ngày lùi kèm lý do."
        )
    number = wanted or _free_after(series, day.year, symbol, counter.last_number)
    if wanted and _taken(series, day.year, symbol).filter(number=wanted).exists():
        following = _free_after(series, day.year, symbol, counter.last_number)
        raise NumberRefused(
            f"Số {wanted:02d} đã dùng trong {series} năm {day.year}. "
            f"Số tiếp theo là {following:02d}; để trống ô Số để chương trình tự cấp."
        )
    return Given(number, counter, day, by_hand=wanted is not None)

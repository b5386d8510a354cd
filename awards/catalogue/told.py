"""A line of the list of awards: what the book of a day says of one, short enough for a cell."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.http import urlencode

from .law import Book, Row
from .models import AwardType, Whom


@dataclass
class Line:
    """What a list tells of one award on the day of ``book``."""

    type: AwardType
    book: Book

    @cached_property
    def name(self) -> str:
        return self.book.name(self.type.code)

    @property
    def kind(self) -> str:
        """``Danh hiệu thi đua``, ``Hình thức khen thưởng``: what offices confuse."""
        return "Danh hiệu thi đua" if self.type.is_title else "Hình thức khen thưởng"

    @property
    def whom(self) -> str:
        return ", ".join(each.label for each in Whom if self.type.is_for(each)).capitalize()

    @property
    def note(self) -> str:
        """Of which level it is, and for whom."""
        return f"{self.type.get_level_display()} · {self.whom.lower()}"

    @property
    def address(self) -> str:
        """The page of the award on that day."""
        return f"{self.type.get_absolute_url()}?{urlencode({'ngay': f'{self.book.day:%d/%m/%Y}'})}"

    @cached_property
    def deciders(self) -> list[str]:
        """Who decides, by name; what is laid down for all awards at once says nothing of this one."""
        names = {row.more["code"]: row.more["name"] for row in self.book.catalogue.rows if row.kind == "office"}
        return [names[row.value] for row in self._rows("decides") if row.award != "*"]

    @property
    def coefficients(self) -> str:
        """``Cá nhân 1,5; Tập thể 3,0``; the figure alone where it is the same for all."""
        rows = [row for row in self._rows("coefficient") if not row.by]
        found = [f"{'' if row.whom == '*' else f'{Whom(row.whom).label} '}{_most(row)}{row.value}" for row in rows]
        times = self.book.the("household", self.type.code)
        if times and self.type.for_household and not any(row.whom == Whom.HOUSEHOLD for row in rows):
            found.append(f"{Whom.HOUSEHOLD.label} {times.value} lần cá nhân")
        return "; ".join(words.replace(".", ",") for words in found)

    @property
    def coefficient(self) -> Decimal | str:
        """As a figure where there is one for all, else in words."""
        rows = [row for row in self._rows("coefficient") if not row.by]
        is_one = len(rows) == 1 and rows[0].whom == "*" and not _most(rows[0])
        return Decimal(rows[0].value) if is_one else self.coefficients

    @property
    def votes(self) -> str:
        row = self.book.the("votes", self.type.code)
        return row.value.replace("%", " %") if row else ""

    @property
    def cap(self) -> str:
        row = self.book.the("cap", self.type.code)
        return f"{row.value.replace('%', ' %')} {self.book.name(row.more['of'])}" if row else ""

    @property
    def citation(self) -> str:
        """Where it stands that there is such an award."""
        return self.book.citation(self.book.awards[self.type.code])

    @cached_property
    def waiting(self) -> list[Row]:
        """What is laid down about it and waits for the office; what is laid down for all awards aside."""
        found = self.book.about(self.type.code).values()
        return [row for rows in found for row in rows if row.doubt and row.award != "*"]

    def _rows(self, kind):
        return self.book.all(kind, self.type.code)


def _most(row) -> str:
    return "tối đa " if row.more.get("most") else ""

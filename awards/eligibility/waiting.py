"""Rows of the catalogue that wait for the office: what each says, why it is not certain, and which of them are shown."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from units.columns import Column, InFile, OnPage
from units.forms import DressedForm
from units.text import fold

from ..catalogue.days import first_day
from ..catalogue.law import Book, Catalogue, Row
from ..catalogue.models import AwardType, Measure, Statement, Whom
from .sentences import row_words

# The column of what is ticked has no heading.
TICK = ""
KINDS = {"award": "Tên", "decides": "Ai quyết định", "criterion": "Tiêu chuẩn"} | dict(
    (*Measure.Kind.choices, *Statement.Kind.choices)
)


@dataclass(frozen=True)
class Waiting:
    """One such row, as the book of a day on which it held reads it."""

    row: Row
    book: Book
    is_over: bool

    @property
    def kind(self) -> str:
        return KINDS.get(self.row.kind, self.row.kind)

    @property
    def about(self) -> str:
        """The award, all of a form, or all."""
        award = self.row.award
        if award.startswith("@"):
            return f"Mọi {AwardType.Form(award[1:]).label.lower()}"
        return "Mọi danh hiệu, hình thức" if award == "*" else self.book.name(award)

    @property
    def whom(self) -> str:
        return "" if self.row.whom == "*" else Whom(self.row.whom).label

    @property
    def words(self) -> str:
        return row_words(self.book, self.row)

    @property
    def citation(self) -> str:
        return self.book.citation(self.row)

    @property
    def code(self) -> str:
        """The award's code where it has a page of its own."""
        return "" if self.row.award[:1] in "@*" else self.row.award

    @property
    def address(self) -> str:
        """The page of the award on a day on which the row held; nothing for what is no award's alone."""
        return (
            self.code
            and f"{reverse('award_type', args=[self.code])}?{urlencode({'ngay': f'{self.book.day:%d/%m/%Y}'})}"
        )


COLUMNS = [
    OnPage(TICK, "kind", look="tick"),
    Column("Danh hiệu, hình thức", "about", main=True, to=lambda row: row.address, note="whom"),
    Column("Quy định về", "kind", label="Quy định về"),
    InFile("Dành cho", "whom"),
    Column("Nội dung", "words", label="Nội dung"),
    Column("Căn cứ", "citation", label="Căn cứ", note=lambda row: row.row.span),
    InFile("Từ ngày", "row.since"),
    InFile("Đến ngày", "row.until"),
    Column("Chưa chắc vì", "row.doubt", label="Chưa chắc vì"),
]


def waiting(catalogue: Catalogue, today: date) -> list[Waiting]:
    """Those that hold today or later first, then those of the past; within these by award."""
    first, places = (
        first_day(catalogue),
        {row.award: place for place, row in enumerate(catalogue.rows) if row.kind == "award"},
    )
    found = [
        Waiting(
            row,
            catalogue.on(max(first, row.since, min(today, row.until or today))),
            bool(row.until and row.until < today),
        )
        for row in catalogue.unsure()
    ]
    return sorted(found, key=lambda one: (one.is_over, places.get(one.row.award, -1), one.row.kind, one.row.since))


class WaitingForm(DressedForm, forms.Form):
    """Which of them are shown: by words, by what they are about, whether they still hold."""

    marks_required = False

    q = forms.CharField(label="Tìm", required=False, max_length=200)
    loai = forms.ChoiceField(label="Quy định về", required=False, choices=[("", "Tất cả"), *KINDS.items()])
    con = forms.ChoiceField(
        label="Hiệu lực", required=False, choices=[("", "Tất cả"), ("co", "Còn hiệu lực"), ("het", "Đã hết hiệu lực")]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].wide = True
        self.fields["q"].widget.attrs["placeholder"] = "Không cần gõ dấu"

    @property
    def form(self):
        """A list asks its filter for the form that it shows."""
        return self

    def chosen(self, rows: list[Waiting]) -> list[Waiting]:
        """Those of ``rows`` that were asked for."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        words, kind, still = fold(typed.get("q", "")).split(), typed.get("loai"), typed.get("con")
        return [
            row
            for row in rows
            if kind in (None, "", row.row.kind)
            and still in (None, "", "het" if row.is_over else "co")
            and all(word in fold(f"{row.about} {row.words} {row.citation}") for word in words)
        ]

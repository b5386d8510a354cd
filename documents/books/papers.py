"""The two books of a unit: papers that went out, papers that came in (NĐ 30/2020/NĐ-CP, Phụ lục IV).

What a book holds is decided by one filter, on the page, in Excel and on paper alike.
"""

from datetime import date

import django_filters
from django import forms
from django.db.models import Count, Prefetch, Q
from django.http import QueryDict
from django.utils import timezone

from units.filters import DressedFilterSet
from units.models import Unit

from ..papers.models import Document, Effect
from ..register.models import Arrival, NumberSeries
from ..typesetting.reports import table_pdf

State = Document.State


class PeriodForm(forms.Form):
    """The bar's form: a period that ends before it begins is told beside its end."""

    def clean(self):
        """Raises beside ``den``."""
        cleaned = super().clean()
        if cleaned.get("tu") and cleaned.get("den") and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", "Ngày cuối sớm hơn ngày đầu. Hãy sửa lại một trong hai ngày.")
        return cleaned


class BookFilter(DressedFilterSet):
    """Rows of a book in a period; this year where the address names none."""

    def __init__(self, data=None, *args, **kwargs):
        today = timezone.localdate()
        period = QueryDict(mutable=True)
        period.update({"tu": f"01/01/{today.year}", "den": f"31/12/{today.year}"})
        for name, values in (data or QueryDict()).lists():
            period.setlist(name, values)
        super().__init__(period, *args, **kwargs)

    @property
    def period(self) -> list[str]:
        """The days chosen, in the words of the book's title: at most one line."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        parts = [
            f"{word} ngày {chosen[name]:%d/%m/%Y}" for word, name in (("từ", "tu"), ("đến", "den")) if chosen.get(name)
        ]
        return [" ".join(parts).capitalize()] if parts else []


class OutgoingFilter(BookFilter):
    """Papers that went out: of which body, from which series."""

    issuer = django_filters.ModelChoiceFilter(
        label="Cơ quan ban hành", field_name="issuer_unit", queryset=Unit.objects.none(), empty_label="Tất cả"
    )
    series = django_filters.ModelChoiceFilter(label="Sổ", queryset=NumberSeries.objects.none(), empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="dated", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="dated", lookup_expr="lte")

    class Meta:
        model = Document
        fields = ["issuer", "series", "tu", "den"]
        form = PeriodForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = self.queryset.order_by()
        self.filters["issuer"].queryset = Unit.objects.filter(pk__in=everything.values("issuer_unit"))
        self.filters["series"].queryset = NumberSeries.objects.select_related("issuer").filter(
            pk__in=everything.values("series")
        )

    @property
    def bodies(self) -> list[str]:
        """The body, or the series of it, that was chosen."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return [str(chosen[name]) for name in ("issuer", "series") if chosen.get(name)][-1:]


class IncomingFilter(BookFilter):
    """Papers that came in."""

    tu = django_filters.DateFilter(label="Từ ngày", field_name="arrived_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="arrived_on", lookup_expr="lte")

    class Meta:
        model = Arrival
        fields = ["tu", "den"]
        form = PeriodForm

    bodies: list[str] = []


def outgoing(user):
    """The papers that the unit of ``user`` made, or numbered as its own, and that were issued, with what the book tells."""
    effects = Effect.objects.holding()
    issued = Document.objects.filter(
        Q(unit__in=user.inherited_units) | Q(issuer_unit__in=user.inherited_units),
        origin=Document.Origin.OURS,
        state__in=Document.FROZEN,
    )
    return (
        issued.select_related("type", "issuer_unit", "series")
        .prefetch_related(Prefetch("affected_by", effects))
        .annotate(copies=Count("deliveries"))
        .order_by("dated", "series_id", "number", "pk")
    )


def incoming(user):
    """The arrivals of the unit of ``user``, with what the book tells of each."""
    effects = Effect.objects.holding()
    return (
        Arrival.objects.filter(unit__in=user.inherited_units)
        .select_related("document__type")
        .prefetch_related(Prefetch("document__affected_by", effects))
        .order_by("year", "number", "pk")
    )


def fate(paper) -> str:
    """What became of a paper, with the paper that did it: ``Bị thay thế bằng Quyết định số 12/QĐ-UBND ngày …``.

    One that its body recalled without a paper is only said to be so.
    """
    told = "; ".join(
        f"Bị {effect.get_kind_display()} bằng {effect.paper.name} ngày {effect.paper.date_text}"
        for effect in paper.affected_by.all()
    )
    return told or (paper.get_state_display() if paper.state in (State.REPLACED, State.RECALLED) else "")


def remarks(*parts) -> str:
    """What stands in the last column."""
    return "; ".join(part for part in parts if part)


def receivers(paper) -> str:
    """Whom a paper went to, without ``Như trên``, which means the first of them."""
    named = [*paper.to.splitlines(), *paper.recipients.splitlines()]
    return "; ".join(row.strip() for row in named if row.strip() and not row.strip().lower().startswith("như trên"))


def shown(value):
    """A cell on the page and on paper: a day as the office writes it; a spreadsheet gets the day itself."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else value


# Heading, share of the width, row → value. The ten columns of the decree, in its order.
OUTGOING = [
    ("Số, ký hiệu văn bản", 27, lambda row: row.reference),
    ("Ngày tháng văn bản", 20, lambda row: row.date_cell),
    ("Tên loại và trích yếu nội dung văn bản", 62, lambda row: f"{row.type}: {row.subject}"),
    ("Người ký", 24, lambda row: row.signer_name),
    ("Nơi nhận văn bản", 38, receivers),
    ("Đơn vị, người nhận bản lưu", 22, lambda row: row.archive),
    ("Số lượng bản", 13, lambda row: row.copies or ""),
    ("Ngày chuyển", 20, lambda row: timezone.localdate(row.issued_at)),
    ("Ký nhận", 15, lambda row: ""),
    ("Ghi chú", 30, lambda row: remarks(row.note, fate(row))),
]
INCOMING = [
    ("Ngày đến", 20, lambda row: row.arrived_on),
    ("Số đến", 12, lambda row: f"{row.number:02d}"),
    ("Tác giả", 30, lambda row: row.document.issuer_name),
    ("Số, ký hiệu văn bản", 33, lambda row: row.document.reference),
    ("Ngày tháng văn bản", 20, lambda row: row.document.date_cell),
    ("Tên loại và trích yếu nội dung văn bản", 61, lambda row: f"{row.document.type}: {row.document.subject}"),
    ("Đơn vị hoặc người nhận", 28, lambda row: row.handed_to),
    ("Ngày chuyển", 20, lambda row: row.handed_on),
    ("Ký nhận", 16, lambda row: ""),
    ("Ghi chú", 28, lambda row: remarks(row.note, fate(row.document))),
]

# Way → title, filter, everything it may hold, columns.
BOOKS = {
    "out": ("Sổ đăng ký văn bản đi", OutgoingFilter, outgoing, OUTGOING),
    "in": ("Sổ đăng ký văn bản đến", IncomingFilter, incoming, INCOMING),
}


def chosen(way, user, data) -> BookFilter:
    """The filter over the book ``way`` of the unit of ``user``, for the query ``data``."""
    _, filterset, everything, _ = BOOKS[way]
    return filterset(data, queryset=everything(user))


def book_pdf(way, user, data, tell=None) -> bytes:
    """The book on paper: exactly the rows that the page shows for ``data``. ``tell`` as in ``typesetting.to_pdf``."""
    title, _, _, columns = BOOKS[way]
    filterset = chosen(way, user, data)
    return table_pdf(
        title=title.upper(),
        subtitle_lines=[*(filterset.bodies or [str(user.unit)]), *filterset.period],
        columns=[(heading, share) for heading, share, _ in columns],
        rows=([shown(value_of(row)) for _, _, value_of in columns] for row in filterset.qs.iterator(chunk_size=500)),
        tell=tell,
    )

"""The one pattern of every list: filter, sort, page, export exactly what is filtered."""

import io

import xlsxwriter
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import ListView

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CappedPaginator(Paginator):
    """Pages of a list that may hold hundreds of thousands of rows: it counts to ``cap`` and no further.

    One query gives the keys of the first rows, and with them the count and every page that is offered; who wants what lies
    behind narrows the filter, or exports. ``rows`` gives the rows of a page by their keys, without asking again which pass
    the filter.
    """

    cap = 500
    rows = None

    @cached_property
    def keys(self):
        """Keys of the rows that can be paged through, in order; one more than ``cap`` where there are more."""
        return list(self.object_list.values_list("pk", flat=True)[: self.cap + 1])

    @property
    def is_capped(self):
        """Whether there are more rows than are counted."""
        return len(self.keys) > self.cap

    @cached_property
    def count(self):
        """How many rows there are, at most ``cap``."""
        return min(len(self.keys), self.cap)

    def page(self, number):
        """One page, fetched by its keys."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.keys[: self.cap][first : first + self.per_page]
        found = self.rows.in_bulk(keys)
        return self._get_page([found[key] for key in keys if key in found], number, self)


class OfficeList(ListView):
    """A list of rows that one filter decides, on the page and in the export alike.

    A subclass names ``filterset_class``, ``sorts`` ({name in the address: order_by fields}), ``columns`` for Excel
    ([(heading, row → value)]) and ``export_name``.
    """

    paginate_by = 25
    filterset_class = None
    sorts: dict = {}
    columns: list = []
    export_name = "danh-sach"

    def get_queryset(self):
        """The rows that the address asks for, in its order."""
        self.filterset = self.filterset_class(
            self.request.GET or None, queryset=super().get_queryset(), request=self.request
        )
        rows = self.filterset.qs
        name = self.request.GET.get("sap", "")
        order = self.sorts.get(name.lstrip("-"))
        if not order:
            return rows
        sign = "-" if name.startswith("-") else ""
        return rows.order_by(*(f"{sign}{field}" for field in order), "pk")

    def get(self, request, *args, **kwargs):
        """The page, or with ``?xuat=xlsx`` the same rows as an Excel file."""
        if request.GET.get("xuat") == "xlsx":
            return excel(self.export_name, self.columns, self.get_queryset().iterator(chunk_size=500))
        return super().get(request, *args, **kwargs)

    def paginate_queryset(self, queryset, page_size):
        """Like Django's, but an address of a page that is no more shows the last page instead of an error."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        """Adds the filter's form, and whether anything is filtered."""
        filtered = any(value for key, value in self.request.GET.items() if key not in ("page", "sap"))
        return super().get_context_data(filter=self.filterset, filtered=filtered, **kwargs)


def excel(name, columns, rows) -> HttpResponse:
    """``rows`` as an Excel file. Text stays text: a value that begins like a formula is never one."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(memory, options) as book:
        sheet = book.add_worksheet("Danh sách")
        head = book.add_format({"bold": True, "bg_color": "#E9F0F6", "border": 1, "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "valign": "top"})
        for number, (heading, _) in enumerate(columns):
            sheet.write_string(0, number, heading, head)
            sheet.set_column(number, number, 14 if len(heading) < 12 else 32)
        for line, row in enumerate(rows, start=1):
            for number, (_, value_of) in enumerate(columns):
                _write(sheet, line, number, value_of(row), cell, day)
        sheet.freeze_panes(1, 0)
    response = HttpResponse(memory.getvalue(), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _write(sheet, line, column, value, cell, day):
    """One value in the kind of cell that fits it."""
    if value is None or value == "":
        sheet.write_blank(line, column, None, cell)
    elif hasattr(value, "strftime"):
        sheet.write_datetime(line, column, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, cell)
    else:
        sheet.write_string(line, column, str(value), cell)

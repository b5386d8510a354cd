"""The one pattern of every list: filter, sort, page, export exactly what is filtered."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.views.generic import ListView

from .excel_out import Heading, excel, heading_for
from .filters import words_of


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

    A subclass names ``filterset_class``, ``sorts`` ({name in the address: order_by fields}), ``columns`` (``units.columns``),
    ``what`` its rows are called, ``export_name`` and ``export_title``, which stands above the rows in the file. Its template
    extends ``_parts/list_page.html``, which draws it, within ``frame``. ``tabs_by`` names the filter, a hidden field of the
    bar, whose choices are tabs above the list.
    """

    paginate_by = 25
    filterset_class = None
    sorts: dict = {}
    columns: list = []
    what = "dòng"
    frame = "page.html"
    tabs_by = ""
    export_name = "danh-sach"
    export_title = "Danh sách"
    # On a page of one row that lists its parts: the form of a step that was not taken.
    refused = None

    @classmethod
    def again(cls, request, refused, **kwargs):
        """The page once more, with the form of a step that was ``refused``, if one was."""
        view = cls()
        view.setup(request, **kwargs)
        view.refused = refused
        answer = view.get(request)
        answer.status_code = 422 if refused else 200
        return answer

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
            return excel(self.export_name, self.file_columns(), self.file_rows(), self.export_heading())
        return super().get(request, *args, **kwargs)

    def file_rows(self):
        """The rows of the file, as they are needed."""
        return self.get_queryset().iterator(chunk_size=500)

    def file_columns(self) -> list[tuple]:
        """The columns of the file: [(heading, row → value)]."""
        return [(column.file or column.head, column.of) for column in self.columns if column.in_file]

    def export_heading(self) -> Heading:
        """What stands above the rows in the file: the own unit, the title, what the filter chose."""
        return heading_for(self.request.user, self.export_title, *words_of(self.filterset.form))

    def paginate_queryset(self, queryset, page_size):
        """Like Django's, but an address of a page that is no more shows the last page instead of an error."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        """Adds the filter's form, whether anything is filtered, and what the page shows."""
        unfiltered = ("page", "sap", self.tabs_by)
        filtered = any(value for key, value in self.request.GET.items() if key not in unfiltered)
        shown = {"columns": self.page_columns(), "what": self.what, "frame": self.frame, "list_tabs": self.list_tabs()}
        if tab := self.request.GET.get(self.tabs_by):
            shown["tab_address"] = "?" + urlencode({self.tabs_by: tab})
        return super().get_context_data(**{"filter": self.filterset, "filtered": filtered} | shown | kwargs)

    def list_tabs(self) -> list[tuple]:
        """The tabs above the list: [(address, words, whether it is this one)]. What else was typed goes along."""
        if not self.tabs_by:
            return []
        asked = self.request.GET.copy()
        asked.pop("page", None)
        now = asked.get(self.tabs_by, "")
        found = []
        for value, words in self.filterset.form.fields[self.tabs_by].choices:
            asked[self.tabs_by] = value
            found.append((f"?{asked.urlencode()}", words, value == now))
        return found

    def page_columns(self) -> list:
        """The columns of the page."""
        return [column for column in self.columns if column.on_page]

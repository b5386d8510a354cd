"""The desk's pages about the two books: papers that went out, papers that came in."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from units.columns import Column
from units.lists import OfficeList
from units.permissions import may_write

from ..printing.showing import made_pdf
from ..typesetting.reports import LONGEST_AT_ONCE
from .actions import print_book
from .papers import BOOKS, book_pdf, chosen


class Book(OfficeList):
    """One book of the own unit, in its ten columns. A subclass names its ``way``."""

    template_name = "documents/books/books.html"
    paginate_by = 50
    way = ""

    def setup(self, request, *args, **kwargs):
        """What the way decides."""
        super().setup(request, *args, **kwargs)
        self.title, self.filterset_class, self.everything, columns = BOOKS[self.way]
        self.export_title = self.title
        self.columns = [_column(heading, value_of) for heading, _, value_of in columns]
        self.export_name = {"out": "so-van-ban-di", "in": "so-van-ban-den"}[self.way]

    def get_queryset(self):
        """Only the own unit's rows, before anything is filtered."""
        self.queryset = self.everything(self.request.user)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds which book it is."""
        context = super().get_context_data(**kwargs)
        return context | {
            "title": self.title,
            "way": self.way,
            "tab": self.way,
            "may_write": may_write(self.request.user),
            "area": "books",
        }


class OutgoingBook(Book):
    """Papers that the unit issued."""

    way = "out"


class IncomingBook(Book):
    """Papers that came to the unit."""

    way = "in"


def _column(heading, value_of):
    """The number of a paper opens it."""
    return Column(heading, value_of, main=heading.startswith("Số, ký hiệu"), to=_address, label=heading)


def _address(row):
    return getattr(row, "document", row).get_absolute_url()


def print_page(request, way):
    """The book on paper, at once or by a worker. Who comes here by a link, after a login, goes to the book."""
    page = reverse(f"book_{way}")
    filterset = chosen(way, request.user, request.GET)
    if request.method != "POST" or not filterset.form.is_valid():
        return redirect(f"{page}?{request.GET.urlencode()}" if request.GET else page)
    rows = filterset.qs.count()
    if rows > LONGEST_AT_ONCE:
        return redirect(print_book(way, by=request.user, query=request.GET.urlencode(), rows=rows))
    name = f"so-van-ban-{'di' if way == 'out' else 'den'}-{timezone.localdate():%Y%m%d}"
    return made_pdf(request, lambda: book_pdf(way, request.user, request.GET), name, page, how="attachment")

"""HTML to PDF. With ``painting`` the only place that knows WeasyPrint, imported where it is used: it needs Debian packages."""

import ctypes
import logging
import re
import threading
import unicodedata
from contextlib import contextmanager, nullcontext
from functools import cache, lru_cache

from ..form.letters import FONTS
from ..form.rules import BY_CODE, DECREE_2020
from ..form.signs import spelled
from . import apart, footnotes
from .painting.cutting import cut
from .painting.flow import settled
from .painting.pages import Numbering, paint
from .sheet import stylesheet
from .stamping.fonts import FAMILIES

PACKAGES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Without it PDFs are made all the same, six times slower.
ONLY_SLOWER = "libharfbuzz-subset0"
_RULES = re.compile(r'<html[^>]* data-rules="([\w-]+)"')
# Of a list on paper: how its pages are numbered, in points and words.
_NUMBERS = re.compile(r'<html[^>]* data-numbers="(\d+) ([^"]+)"')
# What the library says to its log while it works on a long paper, and how a person who waits is told.
_PHASES = {
    "Step 3 - Applying CSS": "đang xếp nội dung",
    "Step 5 - Creating layout - Page %d": "đang dàn trang %d",
    "Step 6 - Creating PDF": "đang ghi các trang ra PDF",
}

# One engine shared by threads makes GLib complain; a PDF takes a tenth of a second, so threads wait for each other.
_engine = threading.Lock()


class PackagesMissing(RuntimeError):
    """PDF cannot be made on this machine before Debian packages are installed."""


def missing_packages() -> list[str]:
    """Debian packages that PDF needs and this machine has not."""
    return [package for library, package in PACKAGES.items() if not _loads(library)]


def _loads(library) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def to_pdf(html: str, tell=None, limit: float = apart.LIMIT) -> bytes:
    """The PDF/A-3a of a sheet made by ``typeset``. The same HTML gives the same bytes. Safe to call from several
    threads. ``tell(words)`` is called with what is being done, page by page; ``limit``: seconds, in the web server.

    A sign that the font lacks is printed as its code: papers are refused before, lists tell what others wrote.

    Raises ``apart.NotSet``, and ``PackagesMissing`` with the line to type where Debian's packages are not there. Nothing
    that the HTML names is read or fetched, except the packaged fonts.
    """
    return _made(html, tell) if tell else apart.call(_made, html, limit=limit)


def _made(html, tell=None) -> bytes:
    """As ``to_pdf``, in this process."""
    html, tables, rules = _prepared(html)
    with _engine, _telling(tell) if tell else nullcontext():
        if not tables:
            return _rendered(html, rules).write_pdf(pdf_variant="pdf/a-3a")
        return _with_painted(html, tables, rules, tell)


def seen(html: str, look) -> tuple[bytes, object]:
    """A PDF for eyes alone of a sheet made by ``typeset``, and what ``look(document, pdf, painting)`` makes of the library's own
    and of what was painted; in this process. No tags, nothing packed, and ``painting`` is None; where rows are painted it is the
    PDF of ``to_pdf``, and ``pdf`` is None.
    """
    html, tables, rules = _prepared(html)
    with _engine:
        found = []
        if tables:
            content = _with_painted(html, tables, rules, look=lambda *seen: found.append(look(*seen)))
        else:

            def finish(document, pdf):
                found.append(look(document, pdf, None))

            content = _rendered(html, rules).write_pdf(finisher=finish, uncompressed_pdf=True)
    return content, found[0]


def _prepared(html):
    """The HTML as the library gets it, the tables that are painted, the rules of the sheet."""
    found = _RULES.search(html, 0, 1000)
    rules = BY_CODE.get(found[1], DECREE_2020) if found else DECREE_2020
    # Letters and their signs as one, so that they are copied as one.
    return *cut(unicodedata.normalize("NFC", spelled(html))), rules


def _rendered(html, rules):
    """The pages as the library lays them out."""
    weasyprint, fonts, counters = _library()
    page = weasyprint.HTML(string=html, url_fetcher=_fetcher())
    return page.render(stylesheets=[_style(rules)], font_config=fonts, counter_style=counters)


def _with_painted(html, tables, rules, tell=None, look=None) -> bytes:
    """The PDF with the rows of ``tables`` painted in it; ``look`` as in ``seen``."""
    document, letters = settled(html, tables, lambda html: _rendered(html, rules))
    return document.write_pdf(finisher=_painter(tables, letters, html, rules, tell, look), pdf_variant="pdf/a-3a")


def set_once(html: str, pictures, finisher, output=None) -> bytes | None:
    """The PDF/A-3a of ``html`` as ``finisher(document, pdf)`` has it written, to ``output`` or given; in this process.

    ``pictures``: (name, type, bytes) of what the HTML shows as ``picture:name``.
    """
    with _engine:
        weasyprint, fonts, counters = _library()
        page = weasyprint.HTML(
            string=unicodedata.normalize("NFC", spelled(html)), url_fetcher=_fetcher(tuple(pictures))
        )
        used = tuple(name for name, (family, _) in FAMILIES.items() if f"'{family}'" in html)
        document = page.render(stylesheets=[_faces(used)], font_config=fonts, counter_style=counters)
        return document.write_pdf(output, finisher=finisher, pdf_variant="pdf/a-3a")


@cache
def _faces(families):
    """The style sheet that names the fonts of ``families``, parsed once: the library keeps what it read of each."""
    weasyprint, fonts, counters = _library()
    faces = [
        f"@font-face {{ font-family: '{FAMILIES[name][0]}'; src: url({file.as_uri()}); font-weight: {700 if bold else 400}; "
        f"font-style: {'italic' if italic else 'normal'} }}"
        for name in families
        for (bold, italic), (file, _) in FAMILIES[name][1].items()
    ]
    return weasyprint.CSS(string="\n".join(faces), url_fetcher=_fetcher(), font_config=fonts, counter_style=counters)


def _painter(tables, letters, html, rules, tell, look=None):
    """Has the PDF written with what is painted in it."""
    numbering = Numbering(rules.page_number_place, rules.page_number.used)
    if found := _NUMBERS.search(html, 0, 1000):
        numbering = Numbering("bottom-right", float(found[1]), found[2], everywhere=True)

    def finish(document, pdf):
        def write(output, *_):
            painting = paint(document, pdf, output, tables, letters, numbering, tell)
            if look:
                look(document, None, painting)

        pdf.write = write

    return finish


@contextmanager
def _telling(tell):
    """Pass on what the library says of its progress, which it says to a log alone."""
    log = logging.getLogger("weasyprint.progress")

    def hear(record):
        if record.msg in _PHASES:
            tell(_PHASES[record.msg] % record.args)
        return False  # a filter: nothing goes on to the log of the program

    log.addFilter(hear)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(logging.NOTSET)
        log.removeFilter(hear)


@cache
def _library():
    """The library, corrected, and the fonts and counter styles that it keeps for the life of the process."""
    needed = [package for package in missing_packages() if package != ONLY_SLOWER]
    if needed:
        raise PackagesMissing(f"Chưa in được PDF. Hãy cài: sudo apt-get install {' '.join(needed)}")
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    footnotes.correct()
    _list_pages_once()
    return weasyprint, FontConfiguration(), CounterStyle()


def _list_pages_once():
    """Have a PDF keep the list of its pages. Stock, it is made anew for every box of every page: a fifth of the time of a
    table of 300 pages, and more with every page.
    """
    import pydyf

    stock = pydyf.PDF.page_references.fget

    def page_references(pdf):
        pages = len(pdf.pages["Kids"])
        if getattr(pdf, "listed", (0, ()))[0] != pages:
            pdf.listed = pages, stock(pdf)
        return pdf.listed[1]

    pydyf.PDF.page_references = property(page_references)


@cache
def _style(rules):
    """The parsed style sheet of a rule set."""
    weasyprint, fonts, counters = _library()
    # Fonts and counter styles are lost silently unless the same objects go to CSS() and to write_pdf().
    return weasyprint.CSS(
        string=stylesheet(rules),
        base_url=f"{FONTS.as_uri()}/",
        url_fetcher=_fetcher(),
        font_config=fonts,
        counter_style=counters,
    )


@lru_cache(4)
def _fetcher(pictures=()):
    """Serves the packaged fonts, and ``pictures`` if any; whatever else is asked for is refused before it is opened."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = {file.as_uri() for _, faces in FAMILIES.values() for file, _ in faces.values()}
    given = {f"picture:{name}": (kind, content) for name, kind, content in pictures}

    class PackagedOnly(URLFetcher):
        """Opens what is in ``allowed``."""

        def fetch(self, url, headers=None):
            if url in given:
                return URLFetcherResponse(url, given[url][1], {"Content-Type": given[url][0]})
            if url not in allowed:
                raise ValueError(f"refused: {url[:100]}")
            return super().fetch(url, headers)

    return PackagedOnly()

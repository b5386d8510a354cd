"""HTML to PDF. The only module that knows WeasyPrint; it is imported where it is used, because it needs Debian packages."""

import threading
from ctypes.util import find_library
from functools import cache
from pathlib import Path

from django.conf import settings

from . import footnotes

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "tinos"
STYLE = Path(settings.BASE_DIR) / "templates" / "documents" / "paper" / "sheet.css"
PACKAGES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
# Without it PDFs are made all the same, six times slower.
ONLY_SLOWER = "libharfbuzz-subset0"

# One engine shared by threads makes GLib complain; a PDF takes about a tenth of a second, so threads wait for each other.
_engine = threading.Lock()


class PackagesMissing(RuntimeError):
    """PDF cannot be made on this machine before Debian packages are installed."""


def missing_packages() -> list[str]:
    """Debian packages that PDF needs and this machine has not."""
    return [package for library, package in PACKAGES.items() if not find_library(library)]


def to_pdf(html: str) -> bytes:
    """The PDF/A-3a of a sheet made by ``typeset``. The same HTML gives the same bytes. Safe to call from several threads.

    Raises ``PackagesMissing`` with the line to type where Debian's packages are not there. Nothing that the HTML names is read or
    fetched, except the packaged fonts.
    """
    with _engine:
        weasyprint, fonts, styles, counters = _prepared()
        page = weasyprint.HTML(string=html, url_fetcher=_fetcher(), base_url=None)
        return page.write_pdf(
            stylesheets=styles,
            font_config=fonts,
            counter_style=counters,
            pdf_variant="pdf/a-3a",
            pdf_identifier=b"",
            full_fonts=False,
            cache={},
        )


@cache
def _prepared():
    """The library, corrected, with fonts and styles parsed once for the life of the process."""
    needed = [package for package in missing_packages() if package != ONLY_SLOWER]
    if needed:
        raise PackagesMissing(f"Chưa in được PDF. Hãy cài: sudo apt-get install {' '.join(needed)}")
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    footnotes.correct()
    # Fonts and counter styles are lost silently unless the same objects go to CSS() and to write_pdf().
    fonts, counters = FontConfiguration(), CounterStyle()
    style = weasyprint.CSS(
        string=STYLE.read_text(encoding="utf-8"),
        base_url=FONTS.as_uri() + "/",
        url_fetcher=_fetcher(),
        font_config=fonts,
        counter_style=counters,
    )
    return weasyprint, fonts, [style], counters


@cache
def _fetcher():
    """Serves the packaged fonts; whatever else is asked for is refused before it is opened."""
    from weasyprint.urls import URLFetcher

    allowed = {file.as_uri(): file for file in FONTS.glob("*.ttf")}

    class PackagedOnly(URLFetcher):
        def fetch(self, url, headers=None):
            if url not in allowed:
                raise ValueError(f"refused: {url[:100]}")
            return super().fetch(url, headers)

    return PackagedOnly()

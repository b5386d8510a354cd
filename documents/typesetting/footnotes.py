"""Two corrections of WeasyPrint 70.0, so that a footnote stands on the page that cites it.

Stock, a note moves to the next page for two reasons (upstream issues 1564 and 2502): heights that differ by a
rounding error of 1e-13 px count as overflow; and notes already on a page are pushed off it to make room for a line
that could as well have moved itself, whatever ``footnote-policy`` says. Each correction changes one expression. They
are made in memory, for exactly the release that ``pyproject.toml`` pins; a test tells when a newer release no longer
needs them.
"""

import inspect
import sys
import textwrap

VERSION = "70.0"
# Where the expression stands: (module, class or None, function), what is there, what has to be there.
CORRECTIONS = [
    (
        ("weasyprint.layout", "LayoutContext", "_update_footnote_area"),
        "last_child_bottom > footnote_area_bottom",
        "last_child_bottom > footnote_area_bottom + 1e-6",
    ),
    (
        ("weasyprint.layout.block", None, "_linebox_layout"),
        "report = not context.in_column and can_break_now and not could_break_before",
        "report = False",
    ),
]


class WrongVersion(RuntimeError):
    """Another release of WeasyPrint is installed than the one these corrections were written for."""


def correct():
    """Correct the installed WeasyPrint once; raises ``WrongVersion`` where it is not the release written for."""
    import weasyprint
    import weasyprint.layout.block

    if getattr(weasyprint, "footnotes_corrected", False):
        return
    if weasyprint.__version__ != VERSION:
        raise WrongVersion(
            f"Cần WeasyPrint {VERSION}, đang cài {weasyprint.__version__}. "
            "Hãy cài lại bằng: .venv/bin/pip install --require-hashes -r requirements.lock"
        )
    for place, stock, corrected in CORRECTIONS:
        _replace(place, stock, corrected)
    weasyprint.footnotes_corrected = True


def _replace(place, stock, corrected):
    module = sys.modules[place[0]]
    owner = getattr(module, place[1]) if place[1] else module
    source = textwrap.dedent(inspect.getsource(getattr(owner, place[2])))
    if source.count(stock) != 1:
        raise WrongVersion(f"WeasyPrint {VERSION} khác với bản đã kiểm tra: {'.'.join(filter(None, place))}")
    names: dict = {}
    # The module's own source with one expression changed: nothing from outside is compiled.
    exec(compile(source.replace(stock, corrected), module.__file__, "exec"), module.__dict__, names)  # noqa: S102
    setattr(owner, place[2], names[place[2]])

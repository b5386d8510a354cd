"""How fast is a letter made? The same two-page letter with three notes, three ways, in one run.

    .venv/bin/python bench/letter.py [rounds]

* this program, warm: fonts and styles parsed once, as a worker has them after its first letter;
* WeasyPrint called naively: everything prepared anew for each letter;
* LibreOffice, where it is installed, turning a docx of the same words into PDF, one call a letter.

Rounds alternate, so that a machine that slows down slows all of them. Figures are medians; the ratios hold better than the
milliseconds.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DEMO", "True")

import django  # noqa: E402

django.setup()

from documents import typesetting  # noqa: E402
from documents.form import rules  # noqa: E402
from documents.form.letters import FONTS  # noqa: E402
from documents.source import source  # noqa: E402
from documents.source.types import BUILT_IN  # noqa: E402
from documents.typesetting.sheet import stylesheet  # noqa: E402

LETTER = ROOT / "documents" / "sample" / "seed_letter.md"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paper():
    """The letter as the parser gives it."""
    return source.parse(LETTER.read_bytes(), BUILT_IN)


def ours():
    """From the paper to bytes, as a worker does it."""
    return typesetting.to_pdf(typesetting.typeset(paper(), BUILT_IN))


def naive():
    """The same HTML and styles, with nothing kept from the letter before."""
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    letter = paper()
    fonts, counters = FontConfiguration(), CounterStyle()
    style = weasyprint.CSS(
        string=stylesheet(rules.in_force(letter.date.for_rules(date.today()))),
        base_url=f"{FONTS.as_uri()}/",
        font_config=fonts,
        counter_style=counters,
    )
    return weasyprint.HTML(string=typesetting.typeset(letter, BUILT_IN)).write_pdf(
        stylesheets=[style], font_config=fonts, counter_style=counters, pdf_variant="pdf/a-3a"
    )


def libreoffice():
    """One call of LibreOffice on a docx of the same words."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "letter.docx"
        write_docx(document)
        command = ["soffice", f"-env:UserInstallation=file://{PROFILE}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, document], check=True, capture_output=True)
        return document.with_suffix(".pdf").read_bytes()


def write_docx(target):
    """The letter's paragraphs and notes in a docx; a note is Word's own footnote."""
    letter = paper()
    body, notes = [], []
    for block in letter.body.split("\n\n"):
        if block.startswith("[^"):
            notes.append(block.partition("]: ")[2])
        else:
            body.append(paragraph(block.lstrip("# ")))
    marks = "".join(
        f'<w:footnote w:id="{number}"><w:p>{run(words)}</w:p></w:footnote>' for number, words in enumerate(notes, 1)
    )
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("footnotes", "footnotes.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORDS}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORDS}">{marks}</w:footnotes>',
    }
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')


def paragraph(text):
    """One paragraph; ``[^1]`` in it becomes a reference to the note."""
    pieces = []
    for number, piece in enumerate(text.replace("[^", "\0").split("\0")):
        note, found, rest = piece.partition("]")
        if number and found:
            pieces.append(f'<w:r><w:footnoteReference w:id="{note}"/></w:r>{run(rest)}')
        else:
            pieces.append(run(piece))
    return f"<w:p>{''.join(pieces)}</w:p>"


def run(text):
    """Words in 14 points."""
    return f'<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def relations(*targets):
    """A package's list of relations."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types():
    """What each part of the package is."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}.footnotes+xml"/></Types>'
    )


def timed(make) -> float:
    """Milliseconds of one call, which must give a PDF."""
    began = time.perf_counter()
    assert make().startswith(b"%PDF-")
    return (time.perf_counter() - began) * 1000


def main(rounds=9):
    """Alternate, then tell medians and ratios."""
    ways = {"this program, warm": ours, "WeasyPrint, naive call": naive}
    if shutil.which("soffice"):
        ways["LibreOffice, docx to PDF"] = libreoffice
    else:
        print("LibreOffice is not installed: left out. sudo apt-get install libreoffice-writer-nogui")
    for make in ways.values():
        make()
    times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, make in ways.items():
            times[name].append(timed(make))
    medians = {name: statistics.median(values) for name, values in times.items()}
    own = medians["this program, warm"]
    print(f"{rounds} rounds, medians:")
    for name, value in medians.items():
        print(f"  {name:26} {value:7.0f} ms   {value / own:5.1f} times this program")


PROFILE = tempfile.mkdtemp(prefix="bench-soffice-")

if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:]))
    finally:
        shutil.rmtree(PROFILE, ignore_errors=True)

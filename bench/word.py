"""Does Word show a paper as its PDF does? Each paper as .docx, set by LibreOffice, beside the PDF of this program.

    .venv/bin/python bench/word.py [--register] [--only EXPRESSION] [--lines] [--keep FOLDER]

Papers: the sources of the tests, the first letter, every kind of paper of the tests plain, framed, titled, with appendices;
with ``--register`` all of this office's register too. Told are papers with the same number of pages, lines that hold the same
letters, and the milliseconds of one .docx; last, one line of ``name=value`` pairs. Exits with 1 where a paper has another number
of pages, does not come back whole after LibreOffice saved it, or fewer than 98 of 100 lines are alike.

LibreOffice is asked in one call for all. It has no Times New Roman here: it is given Tinos, whose letters are as wide, by a file
of fontconfig of its own. sudo apt-get install --no-install-recommends libreoffice-writer-nogui
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DEMO", "True")

import django  # noqa: E402

django.setup()

from documents import typesetting  # noqa: E402
from documents.form.letters import FONTS  # noqa: E402
from documents.source import source  # noqa: E402
from documents.source.types import BUILT_IN  # noqa: E402
from documents.word.carried import source_of  # noqa: E402
from documents.word.writing import to_docx  # noqa: E402
from tests.documents import sheets  # noqa: E402
from tests.documents.pages import RAISED_FIGURES, Pdf, bare, lines  # noqa: E402

LEAST = 98
TODAY = date(2026, 3, 3)
# Points; letters of a paper are larger.
SMALL = 9
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="same"><string>Tinos</string></edit></match></fontconfig>"""


def cited(reference, first):
    """A citation for papers that are in no register."""
    return f"Quyết định số {reference} ngày 01 tháng 02 năm 2020" if first else f"Quyết định số {reference}"


def of_tests():
    """(name, paper, types, cite, day) of every paper of the tests."""
    for file in [*sorted((ROOT / "tests/documents/sources").glob("*.md")), ROOT / "documents/sample/seed_letter.md"]:
        yield file.stem, source.parse(file.read_bytes(), BUILT_IN, cite=cited), BUILT_IN, cited, TODAY
    makers = (sheets.paper, sheets.framed_paper, sheets.titled_paper, sheets.paper_with_appendices)
    for code in BUILT_IN:
        for make in makers:
            yield f"{make.__name__}-{code}", make(code), BUILT_IN, cited, TODAY


def of_register():
    """The same of every paper that this office wrote."""
    from documents.citations.rules import resolver
    from documents.models import Document, DocumentType

    types = DocumentType.objects.catalogue()
    for row in Document.objects.filter(origin=Document.Origin.OURS).prefetch_related("appendices"):
        paper = row.as_paper()
        cite = resolver(row.author, paper)
        if not source.check(paper, types, cite):
            yield f"register-{row.pk}", paper, types, cite, row.created_at.date()


def lines_of(data):
    """(number of pages, {letters of a line: how often}) of a PDF."""
    pdf = Pdf(data)
    return len(pdf.pages), Counter(bare(line.text) for page in pdf.pages for line in lines(told(page), page.number))


def told(page):
    """The letters of a page as they are read, without the figures of notes: raised signs in one file, small in the other."""
    chars = [char for char in page.chars if char["size"] > SMALL and bare(char["text"]).strip(RAISED_FIGURES)]
    levels = sorted(char["baseline"] for char in chars)
    # Letters within half a point stand on one line.
    line_of = {}
    for before, level in pairwise([-1, *levels]):
        line_of[level] = line_of.get(before, before) if level - before < 0.5 else level
    return sorted(chars, key=lambda char: (line_of[char["baseline"]], char["x0"]))


def by_libreoffice(files, folder, kind):
    """What LibreOffice has of each file as ``kind``, in the same order."""
    (folder / "fonts.conf").write_text(FONTCONFIG.format(fonts=FONTS, cache=folder / "fonts"))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder / 'profile'}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        folder / "set",
        *files,
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return [(folder / "set" / file.name).with_suffix(f".{kind}").read_bytes() for file in files]


def main(papers, folder):
    """Write all, set all, compare."""
    files, pdfs, times = [], [], []
    for name, paper, types, cite, day in papers:
        began = time.perf_counter()
        data = to_docx(paper, types, cite, day)
        times.append((time.perf_counter() - began) * 1000)
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(data)
        pdfs.append(typesetting.to_pdf(typesetting.typeset(paper, types, cite, day)))
        (folder / f"{name}.pdf").write_bytes(pdfs[-1])
    same = alike = total = 0
    for file, own, other in zip(files, pdfs, by_libreoffice(files, folder, "pdf"), strict=True):
        (pages, mine), (others, theirs) = lines_of(own), lines_of(other)
        missing = mine - theirs
        same += pages == others
        alike += mine.total() - missing.total()
        total += mine.total()
        if missing or pages != others:
            print(
                f"{file.stem}: {pages} pages, {others} by LibreOffice; {missing.total()} of {mine.total()} lines differ"
            )
            if VERBOSE:
                for line in missing:
                    print(f"    {line}")
                for line in theirs - mine:
                    print(f"  + {line}")
    share = 100 * alike / total
    whole = sum(source_of(data) is not None for data in by_libreoffice(files, folder, "docx"))
    print(
        f"papers={len(files)} same_pages={same} whole_after_saving={whole} lines={total} alike_percent={share:.1f} "
        f"docx_ms_median={statistics.median(times):.0f} docx_ms_longest={max(times):.0f}"
    )
    return 0 if same == whole == len(files) and share >= LEAST else 1


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--register", action="store_true", help="the papers of this office's register too")
    arguments.add_argument("--only", default="", help="only papers whose name fits this expression")
    arguments.add_argument("--lines", action="store_true", help="show the lines that differ")
    arguments.add_argument("--keep", help="a folder for the files")
    asked = arguments.parse_args()
    VERBOSE = asked.lines
    if not shutil.which("soffice"):
        sys.exit("LibreOffice is not installed: sudo apt-get install --no-install-recommends libreoffice-writer-nogui")
    found = [row for row in [*of_tests(), *(of_register() if asked.register else [])] if re.search(asked.only, row[0])]
    if not found:
        sys.exit("no paper has such a name")
    folder = Path(asked.keep or tempfile.mkdtemp(prefix="bench-word-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(main(found, folder))
    finally:
        if not asked.keep:
            shutil.rmtree(folder)

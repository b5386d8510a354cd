"""A hundred and sixty letters nobody wrote: every note on its page, nothing on top of anything, nothing lost.

The letters are drawn by chance from a fixed seed, so that each run sees the same ones.
"""

import hashlib
import os
import random
import subprocess
import sys
import unicodedata

import pytest

from documents import typesetting
from documents.source import source
from documents.source.paper import Paper, PartialDate, Signature
from documents.source.types import BUILT_IN

from ..pages import Pdf, bare

GROUPS, IN_A_GROUP = 10, 10
VOCABULARY = (
    "thi đua khen thưởng phong trào yêu nước điển hình tiên tiến hội nghị biểu dương Lạng Sơn Chi Lăng Hữu Lũng "
    "nhiệm vụ trọng tâm cơ quan đơn vị tập thể cá nhân xuất sắc tổng kết sơ kết ưỡn ẹo nghiêng ngả khuỷu quýt"
)
SYLLABLES = VOCABULARY.split()


def sentence(dice, low, high):
    words = dice.choices(SYLLABLES, k=dice.randint(low, high))
    return " ".join(words).capitalize()


def letter(number) -> tuple[Paper, list[str], list[str]]:
    """A letter by chance, the words of its paragraphs, and those of its notes in order."""
    dice = random.Random(number)  # noqa: S311  the same letters every time
    paragraphs, notes, blocks = [], [], []
    for _ in range(dice.randint(3, 10)):
        words = sentence(dice, 6, 130)
        if dice.random() < 0.45:
            cut = dice.choice([index for index, char in enumerate(words) if char == " "])
            notes.append(f"Lời chú số {len(notes) + 1}: " + sentence(dice, 3, 60))
            blocks.append(f"{words[:cut]}[^{len(notes)}]{words[cut:]}.")
            words = f"{words[:cut]}{raised(len(notes))}{words[cut:]}"
        else:
            blocks.append(f"{dice.choice(['', '', '', '## '])}{words}.")
        paragraphs.append(f"{words}.")
    blocks += [f"[^{index}]: {words}." for index, words in enumerate(notes, start=1)]
    paper = Paper(
        type=dice.choice(["CV", "TB", "KH", "BC"]),
        issuer=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
        symbol="UBND-KGVX",
        place="Lạng Sơn",
        date=PartialDate(dice.choice([2019, 2026]), dice.randint(1, 12)),
        subject=sentence(dice, 4, 30),
        to=tuple(sentence(dice, 3, 8) for _ in range(dice.randint(0, 4))),
        recipients=tuple(sentence(dice, 2, 9) for _ in range(dice.randint(1, 9))),
        archive="VT",
        signature=Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nông Văn Minh"),
        body="\n\n".join(blocks),
    )
    return paper, paragraphs, notes


def raised(number):
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(figure)] for figure in str(number))


def made(paper):
    return typesetting.to_pdf(typesetting.typeset(paper, BUILT_IN))


def strayed(pdf, notes) -> list[int]:
    """The numbers of the notes that do not stand, whole, on the page that cites them."""
    marks = [marks_of(page) for page in pdf.pages]
    feet = [bare(text(page.notes)) for page in pdf.pages]
    wrong = []
    for number, words in enumerate(notes, start=1):
        mark = raised(number)
        cited = [index for index, found in enumerate(marks) if mark in found]
        placed = [index for index, foot in enumerate(feet) if bare(f"{mark}{words}") in foot]
        if len(cited) != 1 or cited != placed:
            wrong.append(number)
    return wrong


def text(chars):
    ordered = sorted(chars, key=lambda char: (round(char["baseline"]), char["x0"]))
    return "".join(char["text"] for char in ordered)


def marks_of(page):
    """The numbers that the running text of a page cites."""
    found, current = set(), ""
    for char in sorted(page.running, key=lambda char: (round(char["baseline"]), char["x0"])):
        if char["text"] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            current += char["text"]
        elif current:
            found.add(current)
            current = ""
    return found | ({current} if current else set())


def overlapping(page) -> list[tuple[str, str]]:
    """Lines of a page of which one stands on the other."""
    placed = sorted(page.lines, key=lambda line: line.baseline)
    return [
        (upper.text, lower.text)
        for index, upper in enumerate(placed)
        for lower in placed[index + 1 :]
        if lower.baseline - upper.baseline < 0.6 * lower.size and min(upper.x1, lower.x1) - max(upper.x0, lower.x0) > 1
    ]


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_note_stands_on_its_page_nothing_overlaps_and_nothing_is_lost(group):
    for number in range(group * IN_A_GROUP, (group + 1) * IN_A_GROUP):
        paper, paragraphs, notes = letter(number)
        assert source.parse(source.dump(paper), BUILT_IN) == paper
        content = made(paper)
        pdf = Pdf(content)
        assert (number, strayed(pdf, notes)) == (number, [])
        assert (number, [wrong for page in pdf.pages for wrong in overlapping(page)]) == (number, [])
        running = bare("".join(text(page.running) for page in pdf.pages))
        paragraphs[-1] = paragraphs[-1].removesuffix(".") + "./."
        for words in paragraphs:
            assert (number, bare(words) in running) == (number, True), words
        assert unicodedata.is_normalized("NFC", running)


@pytest.mark.parametrize("number", [3, 77, 150])
def test_the_same_letter_gives_the_same_bytes_in_another_process_too(number):
    script = (
        "import django, hashlib; django.setup()\n"
        "from tests.documents.typesetting.test_footnotes import letter, made\n"
        f"print(hashlib.sha256(made(letter({number})[0])).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONHASHSEED": str(number)},
    )
    assert told.stdout.strip() == hashlib.sha256(made(letter(number)[0])).hexdigest()


def test_weasyprint_as_it_comes_still_needs_the_corrections():
    """When this fails, the release in use keeps notes on their pages by itself: documents/typesetting/footnotes.py can go."""
    script = (
        "import django; django.setup()\n"
        "from documents.typesetting import footnotes\n"
        "footnotes.correct = lambda: None\n"
        "from tests.documents.typesetting.test_footnotes import letter, made, strayed\n"
        "from tests.documents.pages import Pdf\n"
        "for number in (11, *range(120)):  # the eleventh strays in the release in use\n"
        "    paper, _, notes = letter(number)\n"
        "    if strayed(Pdf(made(paper)), notes):\n"
        "        print('strayed', number)\n"
        "        break\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    assert told.stdout.startswith("strayed")

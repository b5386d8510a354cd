"""Pages while somebody writes: the very ones that will be printed, told apart by what is drawn on them."""

import gc
import io

import pdfplumber
import pytest

from documents import typesetting
from documents.source.paper import Appendix
from documents.source.types import BUILT_IN
from documents.typesetting import apart, following
from documents.typesetting.pictures import pictures

from ..sheets import TODAY, paper

DPI = 40
LONG_TABLE = "| STT | Đơn vị |\n|---|---|\n" + "\n".join(f"| {row} | Huyện số {row} |" for row in range(1, 121))


def html_of(paper):
    return typesetting.typeset(paper, BUILT_IN, today=TODAY)


def followed(html, known=()):
    return following.follow(html, known=known, dpi=DPI, most=30, limit=30)


@pytest.mark.parametrize(
    "shown",
    [
        paper("CV", words=600),
        paper(
            "QĐ", words=100, appendices=(Appendix("Danh sách", "Một.\n\n| A | B |\n|---|---|\n| 1 | 2 |", "landscape"),)
        ),
        paper("CV", body=LONG_TABLE),
    ],
    ids=["letter", "decision with an appendix", "painted rows"],
)
def test_what_is_followed_is_what_will_be_printed(shown):
    html = html_of(shown)
    found = followed(html)
    assert [png for _, png in found["pages"]] == pictures(typesetting.to_pdf(html), dpi=DPI)
    assert found["total"] == len(found["pages"])
    keys = [key for key, _ in found["pages"]]
    again = followed(html, keys)
    assert again["pages"] == [(key, None) for key in keys]
    assert again["places"] == found["places"]


def test_one_letter_more_is_another_page():
    one, other = (followed(html_of(paper("CV", body=words)))["pages"] for words in ("Một dòng", "Một dòngg"))
    assert one[0][0] != other[0][0]


def test_only_so_many_pages_are_drawn_and_all_are_counted():
    found = following.follow(html_of(paper("CV", words=1500)), known=(), dpi=DPI, most=2, limit=30)
    assert len(found["pages"]) == 2 < found["total"]
    later = following.follow(html_of(paper("CV", words=1500)), known=(), dpi=DPI, first=9, most=2, limit=30)
    whole = followed(html_of(paper("CV", words=1500)))
    assert (found["pages"], later["pages"]) == (whole["pages"][:2], whole["pages"][-2:])
    assert later["first"] == found["total"] - 2
    assert found["places"] == later["places"] == whole["places"]


def test_a_paragraph_that_goes_over_two_pages_stands_on_both():
    found = followed(html_of(paper("CV", body=" ".join(["chữ"] * 2500) + ".")))
    pieces = [place for place in found["places"] if place[2] == "body"]
    assert [piece[0] for piece in pieces] == list(range(found["total"]))
    assert {piece[3] for piece in pieces} == {"0"}


def test_painted_rows_stand_on_their_pages_and_what_follows_on_its_own():
    behind = (Appendix("Danh sách", f"Trước.\n\n{LONG_TABLE}\n\nSau bảng."), Appendix("Hai", "Chữ của phụ lục hai."))
    html = html_of(paper("QĐ", appendices=behind))
    found = followed(html)
    with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html))) as printed:
        words = [page.extract_text() for page in printed.pages]
    rows = {place[3]: place for place in found["places"] if place[1:3] == [1, "row"]}
    # The head, then each row of the list, on the page on which it is printed.
    assert sorted(map(int, (name.partition(".")[2] for name in rows))) == list(range(121))
    for number in range(1, 121):
        assert f"Huyện số {number}\n" in f"{words[rows[f'1.{number}'][0]]}\n"
    assert len({place[0] for place in rows.values()}) > 2
    (after,) = [place for place in found["places"] if place[1:4] == [1, "body", "2"]]
    (last,) = [place for place in found["places"] if place[1:3] == [2, "body"]]
    assert "Sau bảng." in words[after[0]]
    assert "Chữ của phụ lục hai." in words[last[0]]
    # Rows one below the other, each cell between the edges of its column.
    tops = [(rows[f"1.{number}"][0], rows[f"1.{number}"][5]) for number in range(1, 121)]
    assert tops == sorted(tops)
    assert all(abs(one - other) < 0.002 for one, other in zip(_sides(rows["1.1"]), _sides(rows["1.50"]), strict=True))


def _sides(row):
    return [side for line in row[8] for side in line[2:]]


def test_each_cell_of_a_row_tells_its_sides_also_one_without_words():
    found = followed(html_of(paper("BC", body="Như sau:\n\n| A | B | C |\n|---|---|---|\n| 1 |  | 3 |\n| 4 | < | 6 |")))
    rows = [place for place in found["places"] if place[2] == "row"]
    assert [[line[1] for line in row[8]] for row in rows] == [[1, 1, 1], [1, 0, 1], [1, 1]]
    for row in rows:
        sides = _sides(row)
        assert sides == sorted(sides)
    assert _sides(rows[2])[1] == pytest.approx(_sides(rows[1])[3], abs=0.002)


def test_garbage_is_looked_for_when_the_answer_has_left(monkeypatch):
    seen = []

    @apart.uninterrupted
    def quick():
        seen.append(gc.isenabled())

    apart.call(quick)
    assert seen == [False]
    assert gc.isenabled()
    apart.call(lambda: seen.append(gc.isenabled()))
    assert seen == [False, True]

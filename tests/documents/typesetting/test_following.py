"""Pages while somebody writes: the very ones that will be printed, told apart by what is drawn on them."""

import gc

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
    assert {place[0] for place in found["places"]} == {0, 1}


def test_a_paragraph_that_goes_over_two_pages_stands_on_both():
    found = followed(html_of(paper("CV", body=" ".join(["chữ"] * 2500) + ".")))
    pieces = [place for place in found["places"] if place[2] == "body"]
    assert [piece[0] for piece in pieces] == list(range(found["total"]))
    assert {piece[3] for piece in pieces} == {"0"}


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

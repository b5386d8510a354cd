"""Long tables are painted beside WeasyPrint, and nobody can tell: the same words in the same places, whole, tagged, counted."""

import ctypes
import io
import re
import unicodedata
from collections import defaultdict
from dataclasses import replace

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools import ttLib
from pypdfium2 import raw

from documents import typesetting
from documents.form.tables import LONG, MOST_OF_A_TEXT
from documents.papers.tables import table
from documents.source.paper import Appendix
from documents.typesetting import pdf, reports
from documents.typesetting.painting.cutting import BEGIN, END, cut

from ..sheets import SYLLABLES, dice, html_of, measured, paper, sentence

pytestmark = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")

ROWS = LONG + 10
# One string and a split read better than two dozen quoted words.
_ODD = (
    "12/QĐ-UBND 98/2023/NĐ-CP ./. 05/6/2020 1.234.567 (a «ế ữ» … – — và/hoặc đẩy-mạnh bao-cao-2026.docx 12\u00a0kg A.V.T "
    "50% -5 2020–2025 https://vi-du.example/2026/abc?x=1 hai\u2011ba"
)
ODD = _ODD.split(" ")
# Kinds of elements that ISO 32000 knows, as far as papers have them.
_KINDS = "Document Sect Div P Span H1 H2 H3 H4 Table THead TBody TR TH TD NonStruct"


def words(rng, low, high, odd=False):
    """So many words, some of them odd."""
    known = SYLLABLES.split() + (ODD * 2 if odd else [])
    return " ".join(rng.choice(known) for _ in range(rng.randrange(low, high)))


def plain():
    rng = dice("plain")
    return table(
        ["Đơn vị", "Nội dung", "Số"], [[words(rng, 1, 5), words(rng, 0, 15), n * 7] for n in range(ROWS)], right=["Số"]
    )


def odd():
    rng = dice("odd")
    rows = [[words(rng, 1, 6, odd=True), words(rng, 1, 25, odd=True), "VT A Y T V"] for _ in range(ROWS)]
    return table(["A", "B", "C"], [*rows, ["", "", ""]], right=["A", "C"])


def decomposed():
    return unicodedata.normalize("NFD", plain())


def tall():
    """Rows of more than a page among others."""
    rng = dice("tall")
    longest = {5: 900, 20: 160, 30: 260, 40: 200}
    rows = [[words(rng, 1, 4), words(rng, longest.get(n, 1) // 2, longest.get(n, 8))] for n in range(ROWS)]
    return table(["A", "B"], rows)


def stressed():
    rng = dice("stressed")
    rows = [
        f"| {n} | **{words(rng, 1, 4)}** và *{words(rng, 1, 12)}*, 12/QĐ-UBND; {words(rng, 1, 5)} | |"
        for n in range(ROWS)
    ]
    return "\n".join(["| STT | Tên | |", "|:-:|---|---|", *rows])


def grouped():
    """Text and short tables before the long one."""
    rng = dice("grouped")
    short = table(["Tập thể", "Số"], [[words(rng, 1, 5), 1]])
    return f"{sentence(rng, 60)}\n\n# I. TẬP THỂ\n\n{short}\n\n# II. CÁ NHÂN\n\n{plain()}"


def behind(body, **changes):
    """The HTML of a paper with ``body`` behind it."""
    appendices = (Appendix("Danh sách khen thưởng", body, **changes), Appendix("Biểu khác", "Một đoạn."))
    return html_of(replace(paper("QĐ"), appendices=appendices))


def by_weasyprint(html):
    """The HTML set by WeasyPrint alone."""
    return typesetting.to_pdf(html.replace(BEGIN, "").replace(END, ""))


def letters(pdf):
    """[(letter, left, base line) in reading order] of each page."""
    opened = pypdfium2.PdfDocument(pdf)
    for page in opened:
        found, text = [], page.get_textpage()
        left, up = ctypes.c_double(), ctypes.c_double()
        for place in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text, place))
            raw.FPDFText_GetCharOrigin(text, place, left, up)
            if letter.strip() and not raw.FPDFText_IsGenerated(text, place):
                found.append((letter, left.value, up.value))
        yield sorted(found, key=lambda char: (-round(char[2]), char[1]))


def assert_alike(painted, stock, near=0.1):
    """The same letters in the same places, page by page."""
    ours, theirs = list(letters(painted)), list(letters(stock))
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert "".join(char[0] for char in one) == "".join(char[0] for char in other)
        assert max(max(abs(a[1] - b[1]), abs(a[2] - b[2])) for a, b in zip(one, other, strict=True)) < near


@pytest.mark.parametrize("body", [plain, odd, decomposed, tall, stressed, grouped])
def test_a_painted_table_looks_as_one_that_weasyprint_has_set(body):
    html = behind(body())
    assert cut(unicodedata.normalize("NFC", html))[1]
    painted = typesetting.to_pdf(html)
    assert_alike(painted, by_weasyprint(html))
    written = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(painted))
    assert unicodedata.is_normalized("NFC", written)


def sums():
    """A table with a sum, a signature and a paragraph below it."""
    return f"{sentence(dice('sums'), 30)}\n\n{plain()}\n\nTổng cộng: 12.000.000 đồng.\n\n{sentence(dice('end'), 40)}"


def two():
    """Two long tables under headings of their own, as decisions have them, and a short end."""
    return f"**I. TẬP THỂ**\n\n{plain()}\n\n**II. CÁ NHÂN**\n\n{odd()}\n\n(Danh sách có {2 * ROWS} dòng.)"


def noted():
    """Footnotes before and below."""
    return (
        f"{sentence(dice('noted'), 20)}[^a]\n\n{plain()}\n\nKết thúc[^b].\n\n[^a]: {sentence(dice('a'), 30)}\n\n"
        "[^b]: Hết."
    )


def tall_within():
    return f"{tall()}\n\n{sentence(dice('tall'), 30)}"


WITHIN = [sums, two, noted, tall_within]


@pytest.mark.parametrize("body", WITHIN)
@pytest.mark.parametrize("place", ["body", "issued", "appendix"])
def test_what_follows_a_painted_table_stands_where_weasyprint_has_it(body, place):
    made = {
        "body": lambda: html_of(paper("BC", body=body())),
        "issued": lambda: html_of(replace(paper("QĐ"), appendices=(Appendix("Quy chế", body(), type="QC"),))),
        "appendix": lambda: behind(body()),
    }
    html = made[place]()
    tables = cut(unicodedata.normalize("NFC", html))[1]
    assert [table.is_within for table in tables] == [True] * len(tables)
    assert len(tables) == 1 + (body is two)
    assert_alike(typesetting.to_pdf(html), by_weasyprint(html))


def rules(pdf):
    """[(does it stand?, where, its ends)] of the lines of each page, pieces of one line put together."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            pieces = defaultdict(list)
            for line in page.lines:
                stands = line["x0"] == line["x1"]
                where, ends = ("x0", ("top", "bottom")) if stands else ("top", ("x0", "x1"))
                pieces[stands, round(line[where])].append(tuple(float(line[end]) for end in ends))
            found = []
            for (stands, where), spans in sorted(pieces.items()):
                spans.sort()
                found.append([stands, where, *spans[0]])
                for begin, end in spans[1:]:
                    if begin <= found[-1][3] + 0.5:
                        found[-1][3] = max(found[-1][3], end)
                    else:
                        found.append([stands, where, begin, end])
            yield found


@pytest.mark.parametrize("html", [lambda: behind(tall()), lambda: html_of(paper("BC", body=two()))])
def test_rules_stand_where_weasyprint_draws_them(html):
    html = html()
    ours, theirs = list(rules(typesetting.to_pdf(html))), list(rules(by_weasyprint(html)))
    assert sum(map(len, ours)) > ROWS
    for one, other in zip(ours, theirs, strict=True):
        for mine, its in zip(one, other, strict=True):
            assert max(abs(a - b) for a, b in zip(mine, its, strict=True)) <= 1, (mine, its)


def test_a_table_on_its_side_looks_as_one_that_weasyprint_has_set():
    html = behind(plain(), orientation="landscape")
    assert_alike(typesetting.to_pdf(html), by_weasyprint(html))


def book(rows):
    """A list on paper."""
    columns = [("Số, ký hiệu", 20), ("Trích yếu", 50), ("Ghi chú", 30)]
    return reports.table_pdf(title="SỔ", subtitle_lines=["Sở Nội vụ", "Năm 2026"], columns=columns, rows=rows)


def test_a_list_on_paper_looks_the_same_painted_and_set(monkeypatch):
    rng = dice("book")
    rows = [[f"{n:02d}/CV-SNV", words(rng, 1, 20), words(rng, 0, 9, odd=True)] for n in range(1, ROWS)]
    painted = book(rows)
    monkeypatch.setattr(reports, "is_long", lambda rows: False)
    assert_alike(painted, book(rows))


def test_short_tables_are_left_to_weasyprint():
    for body in (plain().rsplit("\n", 11)[0], table(["A"], [["một"]])):
        assert cut(behind(body)) == (behind(body), [])
    noted = plain().replace("| 1 |", "| 1[^x] |") + "\n\n[^x]: Chú thích."
    assert cut(behind(noted))[1] == []


def test_the_longest_tables_of_a_text_are_painted():
    lists = [table(["A"], [["một"]] * (LONG + n)) for n in range(MOST_OF_A_TEXT + 2)]
    html, tables = cut(behind("\n\nvà\n\n".join(lists)))
    assert [table.rows.count("<tr") for table in tables] == [LONG + n - 3 for n in range(2, MOST_OF_A_TEXT + 1)] + [
        LONG + MOST_OF_A_TEXT
    ]
    assert html.count("<tr") > 2 * LONG


def test_signs_above_each_other_are_left_to_weasyprint():
    html = behind(plain().replace("| 7 |", "| x\u0323\u0301 |"))
    assert cut(html)[1] == []
    assert_alike(typesetting.to_pdf(html), by_weasyprint(html))


def test_signs_that_show_nothing_are_left_out():
    """Word and pages of the web leave them behind, and a list of thousands is not to be slow for one of them."""
    html = behind(plain().replace("| 7 |", "| 7\u200b\ufeff |"))
    assert typesetting.to_pdf(html) == typesetting.to_pdf(behind(plain()))


def test_no_row_is_lost_and_every_page_is_counted():
    html = behind(plain())
    with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html))) as opened:
        pages = [page.extract_text() for page in opened.pages]
    text = "\n".join(pages)
    assert re.findall(r"^(\d+) .*\d$", text, re.M) == [str(n) for n in range(1, ROWS + 1)]
    first = next(n for n, page in enumerate(pages) if page.startswith("Phụ lục I\n"))
    last = next(n for n, page in enumerate(pages) if page.startswith("Phụ lục II\n"))
    assert [page.split("\n")[0] for page in pages[first + 1 : last]] == [str(n) for n in range(2, last - first + 1)]
    assert last - first >= 2


def test_the_form_of_a_paper_with_a_painted_table_is_as_the_law_asks():
    rng = dice("form")
    listed = table(["Đơn vị", "Số"], [[sentence(rng, 9, ""), n] for n in range(ROWS)])
    assert measured(replace(paper("BC"), appendices=(Appendix("Danh sách đơn vị", listed),))) == []


# --- The file


FILES = {
    # Rows over two pages; tables amid text, of which two have rows on one page.
    "at the end": lambda: behind(tall()),
    "within": lambda: html_of(paper("BC", body=two())),
}


@pytest.fixture(scope="module", params=FILES)
def made(request):
    """(the bytes, the file opened) of a paper with painted tables."""
    content = typesetting.to_pdf(FILES[request.param]())
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield content, opened


def elements(element):
    """Every element of a structure tree."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


@pytest.mark.parametrize("html", FILES.values(), ids=list(FILES))
def test_the_same_paper_gives_the_same_bytes(html):
    assert pdf._made(html()) == pdf._made(html())


def test_the_file_is_sound_and_one_pdf_a(made):
    _, opened = made
    assert opened.check_pdf_syntax() == []
    assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    assert str(opened.Root.Lang) == "vi"
    assert len(opened.trailer.ID) == 2
    for page in opened.pages:
        for font in page.Resources.Font.values():
            (letters,) = font.DescendantFonts
            assert letters.FontDescriptor.FontFile2.read_bytes()
            assert "+" in str(font.BaseFont)
            assert font.ToUnicode.read_bytes()


def test_what_pdf_a_forbids_is_not_there_and_what_it_asks_for_is(made):
    """No registry has a validator (see the README): what ISO 19005-3 says of files like these, one by one."""
    content, opened = made
    assert content.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in content[10:14])
    root = opened.Root
    assert root.MarkInfo.Marked
    assert not {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Perms"} & set(root.keys())
    assert "/Encrypt" not in opened.trailer
    assert root.OutputIntents[0].DestOutputProfile.N == 3
    assert {str(one.S)[1:] for one in elements(root.StructTreeRoot.K[0])} <= set(_KINDS.split())
    for page in opened.pages:
        assert page.Tabs == "/S"
        assert not {"/AA", "/Annots", "/Group"} & set(page.keys())


def test_letters_are_as_wide_as_their_embedded_font_has_them(made):
    _, opened = made
    fonts = {font.objgen: font for page in opened.pages for font in page.Resources.Font.values()}
    assert len(fonts) > 3
    for font in fonts.values():
        (letters,) = font.DescendantFonts
        data = letters.FontDescriptor.FontFile2.read_bytes()
        embedded = ttLib.TTFont(io.BytesIO(data))
        em, told = embedded["head"].unitsPerEm, list(letters.W)
        widths = {
            int(begin) + place: wide
            for begin, row in zip(told[::2], told[1::2], strict=True)
            for place, wide in enumerate(row)
        }
        names = embedded.getGlyphOrder()
        for glyph, wide in widths.items():
            assert abs(float(wide) - 1000 * embedded["hmtx"][names[glyph]][0] / em) < 1, (font.BaseFont, glyph)


def test_every_piece_of_a_page_is_marked_and_owned(made):
    _, opened = made
    numbers = opened.Root.StructTreeRoot.ParentTree.Nums
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in opened.pages:
        owners, depth, found = parents[int(page.StructParents)], 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                depth += 1
                assert operands[0] == "/Artifact" or "/MCID" in operands[1]
                if name == "BDC" and "/MCID" in operands[1]:
                    found.append(int(operands[1].MCID))
            elif name == "EMC":
                depth -= 1
            elif name in ("TJ", "Tj", "S", "f", "re"):
                assert depth == 1
        assert found == list(range(len(owners)))
        for mark, owner in zip(found, owners, strict=True):
            assert any(owns(owner, kid, page, mark) for kid in owner.K)


def owns(owner, kid, page, mark):
    """Whether a kid of an element is the content ``mark`` of ``page``."""
    if isinstance(kid, pikepdf.Dictionary):
        return kid.get("/MCID") == mark and kid.Pg == page.obj
    return kid == mark and owner.Pg == page.obj


def structure(html):
    """The root of the structure of what is made of ``html``."""
    opened = pikepdf.open(io.BytesIO(typesetting.to_pdf(html)))
    return opened, opened.Root.StructTreeRoot.K[0]


def test_rows_above_what_follows_are_of_the_table_and_in_its_order():
    opened, root = structure(html_of(paper("BC", body=two())))
    tables = [one for one in elements(root) if one.S == "/Table"]
    rows = [row for one in tables for row in one.K[1].K]
    assert len(rows) == ROWS + ROWS + 1
    # Each as wide as the head, no room that was left among them, each the child of what it says.
    assert {(len(row.K), *(cell.get("/A", {}).get("/ColSpan") for cell in row.K)) for row in rows} == {
        (4, None, None, None, None)
    }
    assert all(
        body == row.P and row == cell.P for one in tables for body in one.K[1:] for row in body.K for cell in row.K
    )
    assert all(cell.A.Scope == "/Column" for one in tables for cell in one.K[0].K[0].K)
    # WeasyPrint has set the first row of each and the last two, which alone name their heads.
    set_by = ["/A" in row.K[0] for row in rows]
    assert [number for number, is_set in enumerate(set_by) if is_set] == [
        0,
        ROWS - 2,
        ROWS - 1,
        ROWS,
        2 * ROWS - 1,
        2 * ROWS,
    ]
    pages = [page.objgen for page in opened.pages]
    found = [pages.index(row.K[0].Pg.objgen) for row in rows if "/Pg" in row.K[0]]
    assert found == sorted(found)


def test_the_structure_holds_every_row_once_with_its_cells():
    _opened, root = structure(behind(tall()))
    (found,) = [one for one in elements(root) if one.S == "/Table" and len(list(elements(one))) > 100]
    head, body = found.K
    assert [cell.A.Scope for cell in head.K[0].K] == ["/Column"] * 3
    assert len(body.K) == ROWS
    assert all([cell.S for cell in row.K] == ["/TD"] * 3 and body == row.P for row in body.K)
    # A row on two pages is one row.
    assert any(len(cell.K) > 1 for row in body.K for cell in row.K)

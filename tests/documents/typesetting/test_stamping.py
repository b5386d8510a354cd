"""Sheets that are stamped: the same letters in the same places as WeasyPrint sets them, words that fit, codes, the file."""

import hashlib
import io
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from documents.typesetting.pdf import set_once
from documents.typesetting.stamping.fitting import Fitting, tidied
from documents.typesetting.stamping.sheets import LEADING, Sheet, Spot, html, lines_down
from documents.typesetting.stamping.squares import longest, square
from documents.typesetting.stamping.stamp import stamp, stamped

from .test_painting import assert_alike, letters

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 297 210">'
    '<rect x="9" y="9" width="279" height="192" fill="none" stroke="red"/></svg>'
)
NAME = Spot("name", 40, 80, 217, 24, size=30, least=22, lines=2, bold=True)
DEED = Spot("deed", 40, 110, 217, 26, size=16, least=13, lines=3, italic=True)
SPOTS = (
    Spot("title", 40, 40, 217, 14, size=26, least=26, bold=True, colour="#c00000", words="GIẤY KHEN"),
    NAME,
    DEED,
    Spot("signer", 170, 150, 90, 20, size=14, least=12, lines=2, bold=True, align="right", stand="top"),
    Spot("number", 25, 170, 90, 8, size=13, least=11, bold=True, italic=True, align="left", stand="bottom"),
    Spot("code", 25, 178, 22, 22, is_code=True),
)
SHEET = Sheet(297, 210, SPOTS, title="Giấy khen", drawing=FRAME)
RECORDS = [
    {"name": "Vi Ế", "deed": "Có thành tích.", "signer": "CHỦ TỊCH", "number": "Số sổ vàng: 1"},
    {
        "name": "Nguyễn Thị Phượng Thủy Ngữ Ỵ",
        "deed": "Đã có thành tích xuất sắc trong phong trào thi đua yêu nước, góp phần hoàn thành nhiệm vụ công tác năm 2025",
        "signer": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "number": "Số sổ vàng: 12",
    },
    {
        "name": "Trung tâm Dịch vụ việc làm và Bảo trợ xã hội tổng hợp huyện Bắc Sơn",
        "deed": "Đã có thành tích xuất sắc trong công tác bảo đảm an sinh xã hội, chăm lo đời sống đồng bào các dân tộc thiểu số "
        "vùng biên giới, góp phần xây dựng nông thôn mới và phát triển kinh tế - xã hội của tỉnh giai đoạn 2021 - 2025",
        "number": "Số sổ vàng: 1.234",
    },
]


def by_weasyprint(sheet, record):
    """The sheet of a record with WeasyPrint alone, its letters in the sizes of the rule."""
    fitting, shown = Fitting(), []
    for spot in sheet.spots:
        words = tidied(spot.words or record.get(spot.name, ""))
        if words and not spot.is_code:
            fitted = fitting.fitted(spot, words)
            shown.append((spot, words, fitted.size, len(fitted.lines)))
    return set_once(html(sheet, shown), [("sheet", "image/svg+xml", sheet.drawing.encode())], None)


@pytest.mark.parametrize("record", RECORDS)
def test_a_stamped_sheet_looks_as_one_that_weasyprint_has_set(record):
    pdf = stamped(SHEET, [record])
    assert_alike(pdf, by_weasyprint(SHEET, record))
    assert unicodedata.is_normalized("NFC", "".join(letter for page in letters(pdf) for letter, _, _ in page))


@pytest.mark.parametrize("family", ["sans", "script"])
@pytest.mark.parametrize("record", RECORDS)
def test_so_it_does_in_the_other_fonts(family, record):
    spots = tuple(replace(spot, family=family, least=spot.least - 4) for spot in SPOTS)
    sheet = replace(SHEET, spots=spots)
    assert_alike(stamped(sheet, [record]), by_weasyprint(sheet, record), near=0.2)


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("stand", ["top", "middle", "bottom"])
def test_words_stand_by_their_own_number_of_lines(stand, lines):
    spot = Spot("words", 20, 50, 100, 40, size=20, least=20, lines=3, stand=stand)
    pdf = stamped(Sheet(297, 210, (spot,)), [{"words": "\n".join(["Hạ"] * lines)}])
    ups = sorted({round(up, 3) for page in letters(pdf) for _, _, up in page}, reverse=True)
    point, leading = 72 / 25.4, 20 * 1.25
    assert len(ups) == lines
    assert [first - second for first, second in pairwise(ups)] == [pytest.approx(leading, abs=0.01)] * (lines - 1)
    # Tinos rises 0.891 and falls 0.216 of its size: how far from the middle of a line its letters stand.
    middle = (ups[0] + ups[-1]) / 2 + (0.891 - 0.216) / 2 * 20
    top, bottom = (210 - 50) * point, (210 - 90) * point
    wanted = {"top": top - lines * leading / 2, "middle": (top + bottom) / 2, "bottom": bottom + lines * leading / 2}
    assert middle == pytest.approx(wanted[stand], abs=0.05)


def test_each_page_has_the_words_of_its_record_in_their_places():
    together = list(letters(stamped(SHEET, RECORDS)))
    assert together == [next(letters(stamped(SHEET, [record]))) for record in RECORDS]


def test_a_printer_that_is_off_has_everything_moved():
    here, there = (next(letters(stamped(sheet, RECORDS[:1]))) for sheet in (SHEET, SHEET.moved(2.5, -1)))
    for (letter, left, up), (same, right, down) in zip(here, there, strict=True):
        assert letter == same
        assert (right - left, down - up) == (
            pytest.approx(2.5 * 72 / 25.4, abs=0.01),
            pytest.approx(72 / 25.4, abs=0.01),
        )


def test_signs_that_stand_apart_are_put_into_their_letters():
    record = {name: unicodedata.normalize("NFD", words) for name, words in RECORDS[1].items()}
    assert stamped(SHEET, [record]) == stamped(SHEET, [RECORDS[1]])


# --- Fitting


def fitted(spot, words):
    found = Fitting().fitted(spot, tidied(words))
    return found and (found.size, len(found.lines))


def test_words_get_smaller_then_take_a_line_more():
    assert fitted(NAME, "Nguyễn Thị Hoa") == (30, 1)
    size, lines = fitted(NAME, "Trung tâm Giáo dục nghề nghiệp huyện Bắc Sơn")
    assert (22 <= size < 30, lines) == (True, 1)
    assert fitted(NAME, "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Bắc Sơn")[1] == 2


def test_what_fits_neither_in_width_nor_in_height_is_told():
    long = "Trung tâm Giáo dục nghề nghiệp " * 6
    assert "dài quá chỗ in (217 × 24 mm, chữ nhỏ nhất 22 pt, 2 dòng)" in Fitting().fault(NAME, long)
    # A word that no line holds is not torn.
    assert Fitting().fault(NAME, "W" * 40)
    # Three lines of the least size are higher than the spot.
    assert Fitting().fault(Spot("low", 0, 0, 60, 10, 14, 14, lines=3), "một hai ba bốn năm sáu bảy tám chín mười")
    with pytest.raises(ValueError, match="does not fit"):
        stamp(SHEET, [{"name": long}])


def test_no_line_is_wider_than_its_spot_and_all_are_within_its_height():
    for record in RECORDS:
        for spot in (NAME, DEED):
            found = Fitting().fitted(spot, record[spot.name])
            assert max(wide for _, wide in found.lines) <= spot.width * 72 / 25.4 + 1e-6
            assert lines_down(spot, found.size, len(found.lines)) >= -1e-6
            assert len(found.lines) * found.size * LEADING <= spot.height * 72 / 25.4 + 1e-6


@pytest.mark.parametrize(
    ("words", "why"), [("Nguyễn 中 Văn", "ký tự không in được: 中"), ("Vi A\u0302\u0323\u0301\u0307", "dấu")]
)
def test_signs_that_cannot_be_printed_are_told(words, why):
    assert why in Fitting().fault(NAME, words)


def test_words_of_any_length_fit_within_their_lines_or_are_told():
    fitting, said = Fitting(), RECORDS[2]["deed"].split() * 3
    sizes = []
    for number in range(1, len(said) + 1):
        words = " ".join(said[:number])
        if (found := fitting.fitted(DEED, words)) is None:
            assert "dài quá" in fitting.fault(DEED, words)
            continue
        assert len(found.lines) <= DEED.lines
        assert len(found.lines) * found.size * LEADING <= DEED.height * 72 / 25.4
        sizes.append(len(found.lines))
    assert sizes == sorted(sizes)
    assert set(sizes) == {1, 2, 3}
    assert len(sizes) < len(said)


def test_a_spot_off_the_sheet_is_known():
    assert not SHEET.off(NAME)
    assert SHEET.off(Spot("off", 200, 10, 100, 10))
    assert SHEET.off(Spot("off", -1, 10, 100, 10))


# --- The file


def test_the_file_is_tagged_with_fonts_of_its_own():
    pdf = pikepdf.open(io.BytesIO(stamped(SHEET, [record | {"code": "https://example.vn/a"} for record in RECORDS])))
    assert not pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else not pdf.check()
    root = pdf.Root.StructTreeRoot
    sections = list(root.K[0].K)
    assert [str(section.S) for section in sections] == ["/Sect"] * 3
    kinds = [[str(one.S) for one in section.K] for section in sections]
    assert kinds == [["/P"] * 5 + ["/Figure"], ["/P"] * 5 + ["/Figure"], ["/P"] * 4 + ["/Figure"]]
    assert str(sections[0].K[-1].Alt) == "https://example.vn/a"
    for page, section in zip(pdf.pages, sections, strict=True):
        owners = root.ParentTree.Nums[2 * int(page.StructParents) + 1]
        for element in section.K:
            assert element.Pg.objgen == page.objgen
            assert owners[int(element.K)].objgen == element.objgen
        shown = b"\n".join(one.read_bytes() for one in page.Contents)
        assert sorted(map(int, re.findall(rb"/MCID (\d+)", shown))) == sorted(int(one.K) for one in section.K)
    fonts = pdf.pages[0].Resources.Font
    ours = [fonts[name] for name in fonts if name.startswith("/P")]
    assert {str(font.BaseFont)[8:] for font in ours} == {"Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    for font in ours:
        assert len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 40_000
        assert "/ToUnicode" in font
    assert b"pdfaid:part" in pdf.Root.Metadata.read_bytes() or b"part>3" in pdf.Root.Metadata.read_bytes()


def test_what_is_drawn_is_shared_and_is_no_content():
    few, many = (len(stamped(SHEET, RECORDS[:1] * number)) for number in (1, 101))
    assert (many - few) / 100 < 900
    pdf = pikepdf.open(io.BytesIO(stamped(SHEET, RECORDS)))
    streams = [page.Contents for page in pdf.pages]
    assert len({one[1].objgen for one in streams}) == 1
    drawn = streams[0][1].read_bytes()
    assert re.search(rb"/Artifact\s+BMC", drawn)
    assert b"MCID" not in drawn


def test_the_same_records_give_the_same_bytes():
    assert stamped(SHEET, RECORDS) == stamped(SHEET, RECORDS)


def test_it_tells_how_far_it_is():
    told = []
    stamp(SHEET, [RECORDS[0]] * 1001, tell=told.append)
    assert told == [500, 1000]


# --- Codes


@pytest.mark.parametrize(
    ("words", "side", "digest"),
    [
        # Each was read back by another program's reader when it was written down.
        ("https://thidua.langson.gov.vn/xac-thuc/bang/0123456789abcdefghjkmnpqrs/", 33, "af512966cde80150"),
        ("A", 21, "bfc70ff5573ddf13"),
        ("x" * 106, 37, "b270bfd3aaf70cd2"),
    ],
)
def test_squares_are_as_a_reader_has_read_them(words, side, digest):
    found, rows = square(words.encode())
    assert (found, hashlib.sha256(rows).hexdigest()[:16]) == (side, digest)


def test_a_square_has_place_for_so_much():
    assert longest() == 106
    with pytest.raises(ValueError, match="106"):
        square(b"x" * 107)


def test_a_code_is_drawn_black_on_white_in_its_spot():
    pdf = stamped(SHEET, [{"code": "https://example.vn/a"}])
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=600 / 72).to_pil().convert("L")
    at = [round(mm / 25.4 * 600) for mm in (25, 178, 25 + 22, 178 + 22)]
    part = picture.crop(at)
    side, rows = square(b"https://example.vn/a")
    module, stride = part.width / (side + 8), -(-side // 8)
    for row in range(side):
        for column in range(side):
            seen = part.getpixel((round((column + 4.5) * module), round((row + 4.5) * module))) < 128
            assert seen == bool(rows[row * stride + column // 8] >> 7 - column % 8 & 1), (row, column)

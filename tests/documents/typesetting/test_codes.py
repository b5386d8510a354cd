"""Codes on cards, drawn as paths with the error correction that is asked for; blocks of colour under words."""

import io

import pikepdf
import pypdfium2
import segno

from documents.typesetting.stamping.codes import matrix, operators
from documents.typesetting.stamping.sheets import Sheet, Spot
from documents.typesetting.stamping.stamp import stamped

CODE = "VT6XZNTMB3DK"
SHEET = Sheet(
    90, 54,
    (
        Spot("colour", 0, 0, 90, 10, is_block=True),
        Spot("kind", 2, 1, 86, 8, 12, colour="#ffffff", bold=True),
        Spot("code", 58, 14, 28, 28, is_code=True, level="q"),
    ),
)  # fmt: skip
RECORDS = [
    {"colour": "#b3261e", "kind": "ĐẠI BIỂU", "code": CODE},
    {"colour": "#1f5fa8", "kind": "KHÁCH MỜI", "code": CODE[::-1]},
]


def picture(page, record):
    return pypdfium2.PdfDocument(stamped(SHEET, RECORDS))[page].render(scale=600 / 72).to_pil()


def at(mm_right, mm_down):
    return round(mm_right / 25.4 * 600), round(mm_down / 25.4 * 600)


def test_twelve_letters_fit_the_smallest_square_with_a_quarter_to_spare():
    code = segno.make_qr(CODE, error="q", boost_error=False)
    assert (code.version, code.error, code.mode) == (1, "Q", "alphanumeric")
    assert len(matrix(CODE, "q")) == 21


def test_each_module_is_drawn_where_it_belongs():
    for number, record in enumerate(RECORDS):
        found = picture(number, record).convert("L")
        rows, module = matrix(record["code"], "q"), 28 / 29
        for row in range(-4, 25):
            for column in range(-4, 25):
                seen = found.getpixel(at(58 + (column + 4.5) * module, 14 + (row + 4.5) * module)) < 128
                inside = 0 <= row < 21 and 0 <= column < 21
                assert seen == (inside and bool(rows[row][column])), (row, column)


def test_no_line_is_seen_between_black_modules():
    """The three corners are black rings of one piece, however the page is enlarged."""
    found, module = picture(0, RECORDS[0]).convert("L"), 28 / 29
    line = [found.getpixel(at(58 + 4.5 * module, 14 + (4.1 + step / 50) * module)) for step in range(340)]
    assert max(line) == 0


def test_a_block_has_the_colour_of_its_record_and_is_no_content():
    assert picture(0, None).getpixel(at(1, 1)) == (0xB3, 0x26, 0x1E)
    assert picture(1, None).getpixel(at(1, 1)) == (0x1F, 0x5F, 0xA8)
    pdf = pikepdf.open(io.BytesIO(stamped(SHEET, RECORDS)))
    kinds = [[str(kid.S) for kid in section.K] for section in pdf.Root.StructTreeRoot.K[0].K]
    assert kinds == [["/P", "/Figure"]] * 2


def test_runs_of_a_row_are_drawn_at_once():
    assert operators(CODE, "q", 0, 0, 29).count(" re") < sum(map(sum, matrix(CODE, "q"))) * 0.6

"""Whether the pages of a paper that were turned into a file are as the decree asks of a copy.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II, mục I.2: PDF, ảnh màu, từ 200 dpi, tỷ lệ 100%.
"""

import pypdfium2
import pypdfium2.raw as engine

from ..steps.refusing import Refused
from ..typesetting.pictures import opened

LEAST_DPI = 200
# What a scanner promises and a page that was laid a little aside loses.
TOLERANCE = 0.97
# A picture that covers so much of a page is the page itself.
COVERS = 0.6
_GREY = (engine.FPDF_COLORSPACE_DEVICEGRAY, engine.FPDF_COLORSPACE_CALGRAY)
AGAIN = "Hãy quét lại bản giấy: ảnh màu, từ 200 dpi, tỷ lệ 100%."


def refuse_poor(pdf: bytes) -> None:
    """Raise ``Refused`` for a page that was scanned too coarsely or without colours; pages of words are left alone."""
    try:
        with opened(pdf) as document:
            for number, page in enumerate(document, start=1):
                if told := _fault_of(page):
                    raise Refused(f"Trang {number} {told}. {AGAIN}", "file")
    except pypdfium2.PdfiumError:
        raise Refused("Không mở được tệp PDF này. Hãy quét lại hoặc in sang PDF mới.", "file") from None


def _fault_of(page) -> str:
    """What a page that is a picture lacks."""
    whole = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[engine.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) < COVERS * whole:
            continue
        facts = picture.get_metadata()
        dpi = min(facts.horizontal_dpi, facts.vertical_dpi)
        if dpi < LEAST_DPI * TOLERANCE:
            return f"được quét ở {dpi:.0f} dpi"
        if facts.colorspace in _GREY or facts.bits_per_pixel == 1:
            return "là ảnh đen trắng"
    return ""

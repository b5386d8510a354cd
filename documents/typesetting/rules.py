"""What the law asks of a sheet, by date. Sizes in points, lengths in millimetres.

Nghị định 30/2020/NĐ-CP (in force from 05/3/2020), Phụ lục I; before it Thông tư 01/2011/TT-BNV (from 19/01/2011). Where the
law gives a range, ``Range`` holds it and the sheet uses a value inside it; the tests hold finished pages against the range.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Range:
    """What the law allows, both ends included, and what this office prints."""

    low: float
    high: float
    used: float


@dataclass(frozen=True)
class RuleSet:
    """One text of law on the form of documents, as far as it decides how a page looks."""

    citation: str
    begins: date
    # Where the page number stands and how it is set: "top-center" or "bottom-right". Never on page 1.
    page_number_place: str
    bases_italic: bool
    # Khổ giấy và định lề trang: NĐ 30, Phụ lục I, Phần I, Mục I, khoản 1, 3; the circular's values are the same.
    paper: tuple[float, float] = (210, 297)
    margin_top: Range = Range(20, 25, 20)
    margin_bottom: Range = Range(20, 25, 20)
    margin_left: Range = Range(30, 35, 30)
    margin_right: Range = Range(15, 20, 15)
    # Cỡ chữ từng thành phần: NĐ 30, Phụ lục I, Phần I, Mục II, III và Mục V.
    country: Range = Range(12, 13, 12)
    motto: Range = Range(13, 14, 13)
    issuer: Range = Range(12, 13, 12)
    number: Range = Range(13, 13, 13)
    place_date: Range = Range(13, 14, 13)
    title: Range = Range(13, 14, 14)
    subject: Range = Range(13, 14, 14)
    letter_subject: Range = Range(12, 13, 12)
    body: Range = Range(13, 14, 14)
    to: Range = Range(13, 14, 14)
    signature: Range = Range(13, 14, 14)
    recipients_label: Range = Range(12, 12, 12)
    recipients: Range = Range(11, 11, 11)
    contact: Range = Range(11, 12, 11)
    page_number: Range = Range(13, 14, 13)
    stamp: Range = Range(13, 14, 13)
    appendix_label: Range = Range(14, 14, 14)
    appendix_title: Range = Range(13, 14, 14)
    # Nội dung: lùi đầu dòng 1 hoặc 1,27 cm; cách đoạn từ 6 pt; dòng đơn đến 1,5 dòng (Mục II, khoản 6).
    indent: Range = Range(10, 12.7, 12.7)
    paragraph_space: Range = Range(6, 12, 6)
    line_height: Range = Range(1.0, 1.5, 1.15)
    # A line under a name or a subject, as a part of the text's length (Mục II, khoản 2, 5).
    short_rule: Range = Range(1 / 3, 1 / 2, 0.42)
    # Khung mức độ khẩn, mm (Mục III, khoản 2).
    urgency_frames: tuple = (("HỎA TỐC", 30, 8), ("THƯỢNG KHẨN", 40, 8), ("KHẨN", 20, 8))
    # The footnotes' size is not ruled; smaller than the text and no smaller than Nơi nhận.
    footnote: Range = Range(10, 12, 11)


CIRCULAR_2011 = RuleSet(
    citation="Thông tư 01/2011/TT-BNV",
    begins=date(2011, 1, 19),
    page_number_place="bottom-right",
    bases_italic=False,
)
DECREE_2020 = RuleSet(
    citation="Nghị định 30/2020/NĐ-CP",
    begins=date(2020, 3, 5),
    page_number_place="top-center",
    bases_italic=True,
)
RULE_SETS = (CIRCULAR_2011, DECREE_2020)


def in_force(day: date) -> RuleSet:
    """The rule set for a document of ``day``; the oldest one for all that came before it."""
    ruling = RULE_SETS[0]
    for rules in RULE_SETS:
        if rules.begins <= day:
            ruling = rules
    return ruling

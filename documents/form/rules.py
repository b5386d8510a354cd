"""What the law asks of a sheet, by date. Sizes in points, lengths in millimetres.

Nghị định 30/2020/NĐ-CP (in force from 05/3/2020), Phụ lục I; before it Thông tư 01/2011/TT-BNV (from 19/01/2011). Where
the law gives a range, ``Range`` holds it and the sheet uses a value inside it; the tests hold finished pages against
the range. The style sheet takes its numbers from here.
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

    code: str
    citation: str
    begins: date
    # Where the page number stands, as a margin box of the page; never on page 1 (NĐ 30: Phần I, Mục I, khoản 6).
    page_number_place: str
    # Căn cứ ban hành: kiểu chữ nghiêng (NĐ 30: Mục II, khoản 6); the circular prints them upright.
    bases_italic: bool
    # Khổ giấy, định lề: NĐ 30, Phụ lục I, Phần I, Mục I, khoản 1 and 3; TT 01/2011, Điều 5: the same.
    paper: tuple[float, float] = (210, 297)
    margin_top: Range = Range(20, 25, 20)
    margin_bottom: Range = Range(20, 25, 20)
    margin_left: Range = Range(30, 35, 30)
    margin_right: Range = Range(15, 20, 15)
    # Cỡ chữ từng thành phần: NĐ 30, Phụ lục I, Mục V (table of letters); TT 01/2011, Phụ lục IV: the same.
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
    # The law does not rule the size in tables and footnotes: tables as the text where they can be, and no smaller than the
    # smallest letters of a sheet (10: Mục V, of a copy's signature); notes as Nơi nhận.
    table: Range = Range(10, 14, 13)
    footnote: Range = Range(10, 12, 11)
    # Nội dung: lùi đầu dòng 1 cm hoặc 1,27 cm; khoảng cách đoạn từ 6 pt; dòng đơn đến 1,5 dòng (Mục II, khoản 6).
    indent: Range = Range(10, 12.7, 12.7)
    paragraph_space: Range = Range(6, 18, 6)
    # Single spacing of Times New Roman is 1.15 of the size.
    line_height: Range = Range(1.15, 1.725, 1.2)
    # Trích yếu công văn: cách dòng số, ký hiệu 6 pt (Mục II, khoản 5).
    letter_subject_space: Range = Range(6, 6, 6)
    # A rule under a name or a subject, as a part of the text's length (Mục II, khoản 2 and 5).
    short_rule: Range = Range(1 / 3, 1 / 2, 0.4)
    # Khung mức độ khẩn, mm (Mục III, khoản 2).
    urgency_frames: tuple = (("HỎA TỐC", 30, 8), ("THƯỢNG KHẨN", 40, 8), ("KHẨN", 20, 8))

    @property
    def text_width(self) -> float:
        """Between the margins of an upright sheet."""
        return self.paper[0] - self.margin_left.used - self.margin_right.used

    @property
    def text_width_landscape(self) -> float:
        """Between the margins of a sheet on its side."""
        return self.paper[1] - self.margin_left.used - self.margin_right.used

    @property
    def text_height(self) -> float:
        """Between the margins of an upright sheet."""
        return self.paper[1] - self.margin_top.used - self.margin_bottom.used

    @property
    def head_left(self) -> float:
        """The block of the issuing body; the country's takes the rest, as in the model forms (Phụ lục III)."""
        return self.text_width - self.head_right

    @property
    def head_right(self) -> float:
        """The block of the country's name, which must stand on one line."""
        return 96


CIRCULAR_2011 = RuleSet(
    code="tt01-2011",
    citation="Thông tư 01/2011/TT-BNV",
    begins=date(2011, 1, 19),
    page_number_place="bottom-right",
    bases_italic=False,
)
DECREE_2020 = RuleSet(
    code="nd30-2020",
    citation="Nghị định 30/2020/NĐ-CP",
    begins=date(2020, 3, 5),
    page_number_place="top-center",
    bases_italic=True,
)
RULE_SETS = (CIRCULAR_2011, DECREE_2020)
BY_CODE = {rules.code: rules for rules in RULE_SETS}


def in_force(day: date) -> RuleSet:
    """The rule set for a document of ``day``; the oldest one for all that came before it."""
    begun = [rules for rules in RULE_SETS if rules.begins <= day]
    return begun[-1] if begun else RULE_SETS[0]

"""Papers to print in tests: one of every type, of any length, out of words that mean nothing in particular."""

import random
from dataclasses import replace
from datetime import date

from documents import typesetting
from documents.source.paper import Appendix, Paper, PartialDate, Signature
from documents.source.types import BUILT_IN

from .typesetting.measure import findings

TODAY = date(2026, 3, 3)
DAY = PartialDate(2025, 3, 9)
# One string and a split read better than two hundred quoted words.
SYLLABLES = (
    "thi đua khen thưởng phong trào tập thể cá nhân điển hình tiên tiến đơn vị cụm khối giao ước tổng kết sơ kết hội "
    "nghị biểu dương huyện xã phường thị trấn Lạng Sơn nghiêm túc trang trọng thiết thực tiết kiệm hướng dẫn quy định "
    "Ủy ban nhân dân Sở Nội vụ Hội đồng nhiệm vụ chỉ tiêu kế hoạch báo cáo đề nghị xem xét quyết định trưởng phó năm "
    "hoàn thành xuất sắc phát triển kinh tế xã hội quốc phòng an ninh ưỡn ngực nguyễn đường thượng Ỷ"
)
WORDS = SYLLABLES.split()
TABLE = "| STT | Đơn vị | Số lượng |\n|:-:|---|--:|\n| 1 | Huyện Bắc Sơn | 12 |\n| 2 | Huyện Chi Lăng | 7 |"


def dice(seed):
    """Chance that falls the same way every time."""
    return random.Random(seed)  # noqa: S311


def sentence(rng, count, end="."):
    """``count`` words, the first with a capital."""
    words = " ".join(rng.choice(WORDS) for _ in range(count))
    return f"{words[:1].upper()}{words[1:]}{end}"


def paper(code="CV", *, words=60, day=DAY, **changes):
    """A paper of a type, with about so many words in paragraphs of up to 60."""
    rng = dice(code)
    sizes = [60] * (words // 60) + ([words % 60] if words % 60 else [])
    form = BUILT_IN[code].form
    fields = {
        "type": code,
        "issuer": ("SỞ NỘI VỤ",),
        "superior": ("UBND TỈNH LẠNG SƠN",),
        "symbol": f"{code}-SNV" if form != "letter" else "SNV-TĐKT",
        "number": 7,
        "place": "" if form == "minutes" else "Lạng Sơn",
        "date": day,
        "subject": sentence(rng, 14, "").lower(),
        "signature": Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nông Văn Bịa"),
        "second_signature": Signature(("THƯ KÝ",), "Vi Thị Đặt") if form == "minutes" else None,
        "recipients": ("Như trên", "Thường trực Tỉnh ủy", "Các phòng, ban thuộc Sở và đơn vị sự nghiệp"),
        "archive": "VT, TĐKT (NVB)",
        "body": "\n\n".join(sentence(rng, size) for size in sizes),
    }
    if form == "decision":
        fields |= {"authority_line": "GIÁM ĐỐC SỞ NỘI VỤ", "bases": ("Căn cứ " + sentence(rng, 25, ""), "Xét đề nghị")}
    if form == "letter" or code in ("TTr", "BC"):
        fields["to"] = ("Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh")
    return Paper(**fields | changes)


def html_of(paper):
    """The sheet of a paper."""
    return typesetting.typeset(paper, BUILT_IN, today=TODAY)


def measured(paper, html=None):
    """What the ruler finds in a paper's PDF."""
    return findings(typesetting.to_pdf(html or html_of(paper)), paper, BUILT_IN[paper.type], TODAY)


def framed_paper(code):
    """A paper on one page with frames and an address."""
    return replace(
        paper(code),
        urgency="THƯỢNG KHẨN",
        circulation="LƯU HÀNH NỘI BỘ",
        contact="Số 1, đường Ví Dụ, thành phố Lạng Sơn. ĐT: 0205.000.000. Thư điện tử: a@vi-du.example",
    )


def titled_paper(code):
    """A paper on one page with titles, notes, bold and italic words, and a table."""
    rng = dice(code)
    blocks = [
        f"{sentence(rng, 30, '')}[^1].",
        "# I. KẾT QUẢ",
        "## 1. Về phong trào thi đua",
        f"a) {sentence(rng, 30, '')}, **chữ đậm** và *chữ nghiêng*[^b].",
        "### Điều 1. Phạm vi",
        TABLE,
        sentence(rng, 40),
        f"[^1]: {sentence(rng, 30)}",
        f"[^b]: {sentence(rng, 8)}",
    ]
    return paper(code, body="\n\n".join(blocks))


def long_table(rng, rows):
    """A table with so many rows of two lines."""
    body = "\n".join(f"| {row} | {sentence(rng, 9, '')} | {row * 7} |" for row in range(1, rows + 1))
    return f"| STT | Đơn vị | Số |\n|---|---|---|\n{body}"


def paper_with_appendices(code):
    """A paper with two appendices, one of two pages upright, the other on its side with a note."""
    rng = dice(code)
    sideways = f"{sentence(rng, 70, '')}[^z].\n\n{TABLE}\n\n[^z]: {sentence(rng, 9)}"
    upright = Appendix("Danh sách đơn vị", long_table(rng, 40))
    return replace(paper(code), appendices=(upright, Appendix("Biểu tổng hợp", sideways, "landscape")))

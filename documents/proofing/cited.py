"""Papers that are cited, out of the register or in words, and what was left open."""

import re

from ..source.blanks import HINT, blanks
from .laws import CONTENT
from .references import _WITH_NUMBER
from .rule import Hit, Level, at, rule

# How a blank is told.
_OPEN = "còn chỗ trống"
CITED = "Văn bản được viện dẫn, chỗ trống"
_ABOUT_ENDING = re.compile(
    r"(?:thay thế|bãi bỏ|hủy bỏ|hết hiệu lực|thu hồi|đính chính|sửa đổi|bổ sung|thay cho|hoãn)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_ABOUT_BEHIND = re.compile(
    r"^[^.;]{0,120}(?:hết hiệu lực|được thay thế|bị bãi bỏ|đã (?:bãi bỏ|thay thế|thu hồi))", re.IGNORECASE
)


@rule(
    CITED, "van-ban-het-hieu-luc", "Viện dẫn văn bản đã hết hiệu lực", CONTENT,
    bad="Căn cứ Nghị định số 91/2017/NĐ-CP … (văn bản năm 2026)", good="Căn cứ Nghị định số 152/2025/NĐ-CP … (văn bản năm 2026)",
)  # fmt: skip
def paper_that_ended(reading):
    """A paper named in words that does not hold on the day, unless it is the one that is ended here."""
    for found in reading.prose.find(_WITH_NUMBER):
        doubt = reading.known.doubts.get(found["reference"].lower())
        if doubt and not _ABOUT_ENDING.search(found.before(100)) and not _ABOUT_BEHIND.match(found.behind(140)):
            yield at(found, f"{found['type']} số {found['reference']} {doubt}")


@rule(
    CITED, "trich-dan-can-xem", "Trích dẫn từ sổ cần xem lại", CONTENT,
    bad="trích dẫn một văn bản đã bị thay thế, chưa có trong sổ, hoặc trùng số", good="trích dẫn văn bản còn hiệu lực",
)  # fmt: skip
def citation_in_doubt(reading):
    """As ``citations.rules`` finds it of citations out of the register."""
    for words in reading.known.told:
        if not words.startswith(("Cơ quan ban hành ", "Nơi nhận ")):
            yield Hit(words, field="body")


@rule(
    CITED, "cho-trong", "Còn chỗ trống chưa ghi", CONTENT, level=Level.ERROR,
    bad="Quyết định số …/QĐ-UBND", good="Quyết định số 12/QĐ-UBND",
)  # fmt: skip
def left_open(reading):
    """As ``documents.source.blanks`` finds it."""
    lines, hint = {line.number: line for line in reading.body}, f". {HINT.rstrip('.')}"
    for fault in blanks(reading.paper):
        # The place stands before it on the page.
        told = fault.message[fault.message.index(_OPEN) :]
        yield Hit(told + hint, lines.get(fault.line) if fault.field == "body" else None, field=fault.field)
        hint = ""

"""Points as the office writes them: a comma before the fraction, at most two digits behind it; a full stop between thousands."""

import re
from decimal import Decimal

from units.figures import as_typed, figure_text

_WRITTEN = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
MOST = Decimal("99999.99")


def read_points(typed) -> Decimal | None:
    """What was typed, or a cell of a spreadsheet; None where it is empty. Raises ``ValueError`` in the office's words."""
    text = as_typed(typed).replace(" ", "")
    if not text:
        return None
    if text.startswith(("-", "−", "–")):
        raise ValueError("Điểm không âm. Điểm trừ cũng ghi số dương, chương trình tự trừ vào tổng.")
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(
            "Hãy ghi số, dùng dấu phẩy cho phần lẻ, ví dụ 8,5; dấu chấm chỉ để tách hàng nghìn, ví dụ 1.000."
        )
    whole, fraction = found[1].replace(".", ""), found[2] or "0"
    if len(fraction) > 2:
        raise ValueError("Điểm chỉ ghi tới hai chữ số sau dấu phẩy, ví dụ 8,25.")
    value = Decimal(f"{whole}.{fraction}")
    if value > MOST:
        raise ValueError(f"Điểm không quá {figure_text(MOST)}.")
    return value

"""What of the store goes on paper without a number of the office: vouchers, cards, the balance of a year."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Sum
from django.template.loader import render_to_string

from documents.source.vietnamese import full_day, number_in_words, roman
from documents.typesetting import to_pdf
from documents.typesetting.reports import table_pdf

from .figures import balances, grouped
from .models import Movement, Serial

SOURCE = Path(__file__).parent / "data" / "forms.toml"


@dataclass(frozen=True)
class Line:
    """One kind on a voucher, however many awards it went to; ``turned``: it went by a receipt (paper that was printed on), or
    came by an issue.
    """

    kind: object
    quantity: int
    turned: str = ""
    serials: tuple = ()


def lines_of(movement) -> list[Line]:
    """What came or went by a voucher, a line for each kind. Three queries."""
    sums = movement.lines.order_by("kind__position", "kind__name").values_list("kind").annotate(Sum("quantity"))
    kinds = {line.kind_id: line.kind for line in movement.lines.select_related("kind")}
    numbers = {}
    field = "came" if movement.is_receipt else "went"
    serials = Serial.objects.filter(**{f"{field}__movement": movement}).order_by("number")
    for kind, number in serials.values_list("kind", "number"):
        numbers.setdefault(kind, []).append(number)
    other = "xuất kho" if movement.is_receipt else "nhập lại"
    return [
        Line(kinds[kind], abs(total), other if (total > 0) != movement.is_receipt else "", tuple(numbers.get(kind, ())))
        for kind, total in sums
    ]


@cache
def _forms():
    return tomllib.loads(SOURCE.read_text("utf-8"))["form"]


def form_of(movement) -> tuple[str, str]:
    """(number of its form, where that stands) by the day of the voucher; empty where none is laid down."""
    for row in _forms():
        if row.get("since", movement.day) <= movement.day <= row.get("until", movement.day):
            return row["receipt" if movement.is_receipt else "issue"], row["law"]
    return "", ""


def voucher_pdf(movement) -> bytes:
    """A receipt or an issue in the form that stores use, with room for prices and signatures."""
    number, law = form_of(movement)
    lines = lines_of(movement)
    total = sum(line.quantity for line in lines if not line.turned)
    shown = {
        "movement": movement, "lines": lines, "total": total, "total_words": number_in_words(total), "form": number, "law": law,
        "mends": f" phiếu {movement.mends}" if movement.mends else "", "note": f"; {movement.note}" if movement.note else "",
        "unit": movement.by.unit, "day": full_day(movement.day),
        "name": "PHIẾU NHẬP KHO" if movement.is_receipt else "PHIẾU XUẤT KHO",
    }  # fmt: skip
    return to_pdf(render_to_string("awards/stock/voucher_pdf.html", shown))


def card_pdf(kind, rows, unit, period) -> bytes:
    """The card of a kind, from the first of ``rows`` to the last. ``period``: lines that tell of when it is."""
    columns = [
        ("Ngày", 18), ("Số phiếu", 18), ("Diễn giải", 45), ("Theo giấy tờ", 40), ("Nhập", 14), ("Xuất", 14), ("Tồn", 14),
        ("Người ghi", 30),
    ]  # fmt: skip
    told = f"{kind.name} · mã {kind.code} · đơn vị tính: {kind.measure}"
    return table_pdf(
        title="THẺ KHO", subtitle_lines=[str(unit), told, *period], columns=columns,
        rows=([*card_row(row)] for row in rows), right=["Nhập", "Xuất", "Tồn"],
    )  # fmt: skip


def card_row(row: Movement) -> tuple:
    """A line of a card as it is printed."""
    words = " · ".join(filter(None, (row.get_sort_display(), row.partner)))
    came, went = max(row.quantity, 0) or "", max(-row.quantity, 0) or ""
    return f"{row.day:%d/%m/%Y}", str(row), words, row.paper, came, went, row.balance, row.by.full_name


def year_rows(year):
    """(kind, measure, opening, came, went, closing) of every kind; before those of a group its name alone."""
    for number, (group, rows) in enumerate(grouped(balances(year)), start=1):
        yield f"{roman(number)}. {group}", "", "", "", "", ""
        for row in rows:
            yield row.kind.name, row.kind.measure, row.opening, row.came, row.went, row.closing


def year_pdf(year, unit) -> bytes:
    """The balance of a year."""
    columns = [
        ("Hiện vật", 80),
        ("Đơn vị tính", 22),
        ("Tồn đầu năm", 22),
        ("Nhập", 22),
        ("Xuất", 22),
        ("Tồn cuối năm", 22),
    ]
    return table_pdf(
        title=f"NHẬP, XUẤT, TỒN KHO HIỆN VẬT KHEN THƯỞNG NĂM {year}", subtitle_lines=[str(unit)], columns=columns,
        rows=year_rows(year), right=["Tồn đầu năm", "Nhập", "Xuất", "Tồn cuối năm"],
    )  # fmt: skip


def store_pdf(kinds, unit, chosen) -> bytes:
    """The store as it stands: the kinds of the list."""
    columns = [
        ("Hiện vật", 70), ("Nhóm", 36), ("Đơn vị tính", 18), ("Tồn kho", 18), ("Đã giữ", 18), ("Chưa giữ", 18),
        ("Chờ cấp", 18), ("Tối thiểu", 18), ("Chỗ để", 30),
    ]  # fmt: skip
    rows = (
        (
            kind.name, kind.get_group_display(), kind.measure, kind.on_hand, kind.kept, kind.free, kind.short, kind.least,
            kind.place,
        )
        for kind in kinds
    )  # fmt: skip
    right = ["Tồn kho", "Đã giữ", "Chưa giữ", "Chờ cấp", "Tối thiểu"]
    title, told = "TỒN KHO HIỆN VẬT KHEN THƯỞNG", [str(unit), *chosen]
    return table_pdf(title=title, subtitle_lines=told, columns=columns, rows=rows, right=right)

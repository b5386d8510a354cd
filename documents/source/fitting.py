"""What of a paper would not fit its sheets, or could not be printed: told before anything is drawn, with its place.

The bounds keep a text from holding a machine for minutes; they lie far beyond what an office writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ..form import rules, signs, tables
from ..form.letters import POINTS_A_MM, line_count
from . import markdown
from .paper import Appendix, Fault
from .tables import painted, tables_of

# Letters without a space between: more are a slip. The bars of a table may stand between cells without one.
LONGEST_WORD = 200
# Cells of all tables of a paper, empty ones too: every unit of the province in a table of fifteen columns has 5,000.
MOST_CELLS = 6000
# Of those that are painted: the longest list of a decision that an office knows has 3,000 rows.
MOST_PAINTED = 60_000
MOST_NOTES = 500
# What stands beside notes and the head of a table on a page: this many lines of text, at least.
KEPT_LINES = 3
SINGLE_SPACING = 1.15

_LONG_WORD = re.compile(rf"[^\s|]{{{LONGEST_WORD + 1},}}")


def faults(paper, unsound) -> list[Fault]:
    """What does not fit; a fault's ``line`` counts within the text of its ``field``.

    The text of a field in ``unsound`` has faults of its own, and is not looked into.
    """
    texts = [(field, text) for field, text in _texts("", paper) if field not in unsound]
    found = [*chain.from_iterable(_sign_faults(field, text) for field, text in texts)]
    told = unsound | {fault.field for fault in found}
    sheets = _sheets(paper, rules.in_force(paper.date.for_rules(date.today())))
    parsed = [_Text(field, text, sides) for field, text, sides in sheets if field not in told]
    if too_many := _number_faults(parsed):
        return found + too_many
    for text in parsed:
        found += _note_faults(text.field, text.tokens, text.sides[0])
        found += _table_faults(text)
    return found


@dataclass(frozen=True)
class _Sheet:
    """Room for text on a sheet, in points, and the rules that it is set by."""

    width: float
    height: float
    rules: rules.RuleSet

    @property
    def kept(self) -> float:
        """The height of what stands beside notes or a head."""
        return KEPT_LINES * self.rules.body.used * self.rules.line_height.used


class _Text:
    """A text with its parts, and the sheets that its tables may stand on."""

    def __init__(self, field, text, sides):
        self.field, self.sides = field, sides
        self.tokens = markdown.parse(text)
        self.tables = tables_of(self.tokens, text)


def _sheets(paper, ruling):
    """(field, text, the sheets that its tables may stand on) for the body and each appendix."""
    wide, high = ruling.text_width, ruling.text_height
    upright = _Sheet(wide * POINTS_A_MM, high * POINTS_A_MM, ruling)
    low = ruling.paper[0] - ruling.margin_top.used - ruling.margin_bottom.used
    turned = _Sheet(ruling.text_width_landscape * POINTS_A_MM, low * POINTS_A_MM, ruling)
    yield "body", paper.body, [upright, turned]
    for number, row in enumerate(paper.appendices):
        sides = [turned] if row.orientation == "landscape" else [upright, turned]
        yield f"appendices.{number}.body", row.body, sides


def _texts(field, value) -> Iterator[tuple[str, str]]:
    """(field, text) for every text of a paper; a list is one text."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple) and field != "appendices":
        yield field, "\n".join(value)
    elif isinstance(value, tuple):
        for number, row in enumerate(value):
            yield from _texts(f"appendices.{number}", row)
    elif isinstance(value, Appendix):
        yield field, value.title
        yield f"{field}.body", value.body
    elif hasattr(value, "__dataclass_fields__"):
        for name, inner in vars(value).items():
            yield from _texts(f"{field}.{name}".lstrip("."), inner)


def _sign_faults(field, text):
    """Words that no line holds, and signs that would be printed as an empty box."""
    in_lines = field == "body" or field.endswith(".body")
    for number, line in enumerate(text.split("\n"), start=1):
        place = {"field": field, "line": number if in_lines else None}
        if word := _LONG_WORD.search(line):
            yield Fault(
                f"có {len(word[0])} chữ viết liền không dấu cách («{word[0][:20]}…»), một từ nhiều nhất "
                f"{LONGEST_WORD} chữ; hãy thêm dấu cách hoặc xóa bớt",
                **place,
            )
        if told := signs.unprintable(line):
            yield Fault(
                f"phông chữ của văn bản không có {told}, in ra sẽ thành ô trống; hãy xóa hoặc viết bằng chữ, dấu khác",
                **place,
            )


def _number_faults(texts):
    """Too many cells or notes for one paper."""
    cells = {False: 0, True: 0}
    for text in texts:
        long = painted(text.tables)
        for number, table in enumerate(text.tables):
            cells[number in long] += sum(map(len, table.grid.rows))
    notes = sum(token.type == "footnote_reference_open" for text in texts for token in text.tokens)
    told = []
    for count, most, where in (
        (cells[False], MOST_CELLS, "các bảng ngắn hoặc có chú thích"),
        (cells[True], MOST_PAINTED, "các bảng dài"),
    ):
        if count > most:
            told.append(
                Fault(
                    f"{where} có {_figure(count)} ô, một văn bản nhiều nhất {_figure(most)} ô; hãy bớt cột hoặc hàng, "
                    "hoặc gửi bảng lớn thành tệp Excel kèm theo",
                    field="body",
                )
            )
    if notes > MOST_NOTES:
        told.append(Fault(f"có {notes} chú thích, một văn bản nhiều nhất {MOST_NOTES}; hãy bớt", field="body"))
    return told


def _note_faults(field, tokens, sheet):
    """Notes that are taller than a page leaves room for."""
    size, most = sheet.rules.footnote.used, sheet.height - sheet.kept
    note = None
    for token in tokens:
        if token.type == "footnote_reference_open":
            note, lines = token, 0
        elif token.type == "footnote_reference_close":
            if lines * size * SINGLE_SPACING > most:
                label, fit = note.meta["label"], int(most / size / SINGLE_SPACING)
                yield Fault(
                    f"chú thích [^{label}] dài khoảng {lines} dòng, một trang chỉ đủ chỗ cho {fit} dòng chú thích; hãy rút "
                    "gọn, hoặc đưa vào nội dung hay phụ lục",
                    note.map[0] + 1,
                    field,
                )
            note = None
        elif note and token.type == "inline":
            lines += sum(line_count(line, size, sheet.width) for line in tables.words(token).split("\n"))


def _table_faults(text):
    """Joined cells that form no rectangle, tables whose figures fit no sheet side by side, heads that leave no room for a row."""
    field, sheets = text.field, text.sides
    begins = [token for token in text.tokens if token.type == "table_open"]
    for token, table in zip(begins, text.tables, strict=True):
        line, sheet = token.map[0] + 1, sheets[-1]
        crooked = table.grid.crooked() if table.is_joined else None
        if crooked is not None:
            told = "các ô gộp (<, ^) từ hàng này không thành hình chữ nhật; hãy gộp lại cho đủ các ô"
            yield Fault(told, table.grid.rows[crooked][0].map[0] + 1, field)
            continue
        for sheet in sheets:
            columns = table.columns(sheet.width, sheet.rules.table)
            if columns.fits:
                break
        if not columns.fits:
            count = len(table.grid.aligns)
            yield Fault(
                f"bảng {count} cột rộng hơn tờ giấy nằm ngang {columns.missing / POINTS_A_MM:.0f} mm, dù chữ đã nhỏ "
                f"còn {columns.size:g}; số, ngày, ký hiệu không được cắt đôi. Hãy bớt cột, hoặc chia thành hai bảng",
                line,
                field,
            )
        elif columns.head > sheet.height - sheet.kept:
            yield Fault(
                "đầu bảng cao hơn một trang, không còn chỗ cho hàng nào; hãy rút gọn chữ ở đầu bảng, đưa lời giải thích "
                "xuống hàng hoặc ra ngoài bảng",
                line,
                field,
            )


def _figure(number) -> str:
    return f"{number:,}".replace(",", ".")

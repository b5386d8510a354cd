"""What was read out of a Word file, as its page shows it: each field beside what it holds, and all that did not come along."""

from dataclasses import dataclass

from ..source.paper import Paper
from .reading.reading import Reading

LONGEST = 400
MOST = 12  # lines of a list that are shown


@dataclass(frozen=True)
class Shown:
    """One field: its name on the page, what the file has for it (a line each), a note."""

    label: str
    lines: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the file has it."""
        return bool(self.lines)


_LISTS = [("bases", "Căn cứ"), ("to", "Kính gửi"), ("recipients", "Nơi nhận")]
_OPTIONAL = [
    ("urgency", "Mức độ khẩn"),
    ("circulation", "Phạm vi lưu hành"),
    ("authority_line", "Thẩm quyền ban hành"),
    ("contact", "Địa chỉ ở chân trang"),
]


def shown(reading: Reading, types) -> list[Shown]:
    """The fields of a paper in their order; those that few papers have only where the file has them."""
    paper = reading.paper
    kind = types[paper.type].name if paper.type in types else ""
    form = types[paper.type].form if paper.type in types else ""
    asked = {"recipients", *{"decision": ["bases"], "letter": ["to"]}.get(form, [])}
    other = f"«{paper.type}» không phải loại soạn ở đây; hãy chọn loại bên dưới" if paper.type and not kind else ""
    number = Shown("Số", _text(paper.number), "dự thảo chưa có số; số cấp khi phát hành")
    rows = [
        *([Shown("Cơ quan chủ quản", paper.superior)] if paper.superior else []),
        Shown("Cơ quan ban hành", paper.issuer),
        *([number] if paper.number else []),
        Shown("Ký hiệu", _text(paper.symbol)),
        Shown("Địa danh", _text(paper.place)),
        Shown("Ngày tháng", _text(_day(paper.date))),
        Shown("Loại văn bản", _text(kind), other),
        Shown("Trích yếu", _text(paper.subject)),
        *(Shown(label, _text(getattr(paper, name))) for name, label in _OPTIONAL if getattr(paper, name)),
        *(Shown(label, _few(getattr(paper, name))) for name, label in _LISTS if getattr(paper, name) or name in asked),
        Shown("Lưu", _text(paper.archive)),
        Shown("Quyền hạn, chức vụ người ký", paper.signature.capacity),
        Shown("Họ tên người ký", _text(paper.signature.name)),
    ]
    if paper.second_signature:
        rows.append(Shown("Người ký thứ hai", (*paper.second_signature.capacity, paper.second_signature.name)))
    rows.append(Shown("Nội dung", _content(paper)))
    return rows + [Shown(f"Phụ lục {number}", _text(row.title)) for number, row in enumerate(paper.appendices, start=1)]


def summary(rows: list[Shown], reading: Reading) -> str:
    """What of a file was read and what was not, in one line."""
    there, gone = [row for row in rows if row.is_there], [row.label for row in rows if not row.is_there]
    told = [f"Đọc được {len(there)} phần."]
    told += [f"Không thấy: {', '.join(gone)}."] if gone else []
    count = len(reading.notes) + len(reading.told) + len(reading.left)
    return " ".join(
        [*told, f"Có {count} điều cần xem lại." if count else "Mọi chữ trong tệp đều đã có chỗ trong dự thảo."]
    )


def _text(value) -> tuple[str, ...]:
    return (str(value)[:LONGEST],) if value else ()


def _few(lines) -> tuple[str, ...]:
    more = len(lines) - MOST
    return (*lines[:MOST], f"… và {more} dòng nữa") if more > 0 else lines


def _day(known) -> str:
    if not known.year:
        return ""
    return (
        f"{known.day:02d}/{known.month:02d}/{known.year}"
        if known.day
        else f"tháng {known.month:02d}/{known.year}, chưa có ngày"
    )


def _content(paper: Paper) -> tuple[str, ...]:
    """How much there is: paragraphs, tables, notes."""
    blocks = [block for block in paper.body.split("\n\n") if block.strip()]
    tables = sum(block.startswith("|") for block in blocks)
    notes = sum(line.startswith("[^") for line in paper.body.split("\n"))
    titles = sum(block.startswith("#") for block in blocks)
    plain = len(blocks) - tables - titles - bool(notes)
    counts = ((titles, "đề mục"), (plain, "đoạn"), (tables, "bảng"), (notes, "chú thích"))
    return _text(", ".join(f"{count} {what}" for count, what in counts if count > 0))

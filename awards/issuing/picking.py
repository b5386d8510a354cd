"""Which awards of a decision are meant by an Excel file: by their numbers in it, or by names."""

from collections import defaultdict

from documents.excel.streaming import Book
from documents.steps.refusing import Refused, first_of
from units.text import fold, key_or_none

_NUMBERS = {"stt", "so thu tu"}
_NAMES = {
    "ho va ten",
    "ho ten",
    "ten",
    "ten tap the",
    "nguoi nhan",
    "nguoi duoc tang",
    "ho va ten ten tap the",
    "ho ten ten tap the",
}


def picked(file, rows) -> set[int]:
    """The keys of the awards ``rows`` that an Excel file names; all of them or none. Raises ``Refused``.

    The head of the first sheet tells which column has numbers, which has names; where both are there, both must agree.
    """
    stream = next((sheet for sheet in _read(file).sheets if not sheet.is_hidden), None)
    found, wrong, columns = set(), [], {}
    by_number = {row.position: row for row in rows}
    by_name = defaultdict(list)
    for row in rows:
        by_name[fold(row.name)].append(row)
    for number, cells in stream.rows() if stream else ():
        texts = {column: cell.seen().strip() for column, cell in cells.items()}
        if not columns:
            columns = _columns(texts)
            continue
        told = _row(texts, columns, by_number, by_name)
        if isinstance(told, str):
            wrong.append(f"dòng {number}: {told}")
        elif told:
            found.add(told.pk)
    if not columns:
        raise Refused(
            "Tệp không có dòng tiêu đề với cột «STT» hoặc cột tên. Hãy dùng tệp «Xuất Excel» của trang này.", "names"
        )
    if wrong:
        raise Refused(f"Tệp có dòng không nhận ra: {first_of(wrong, 'dòng')}. Chưa dòng nào được chọn.", "names")
    return found


def _read(file) -> Book:
    try:
        return Book(file)
    except Refused as refused:
        raise Refused(str(refused), "names") from refused


def _columns(texts) -> dict[str, int]:
    heads = {column: " ".join(fold(text).replace(",", " ").split()) for column, text in texts.items()}
    named = {"number": _NUMBERS, "name": _NAMES}
    return {name: column for name, words in named.items() for column, head in heads.items() if head in words}


def _row(texts, columns, by_number, by_name):
    """The award of a line; words where it is none; nothing for an empty line."""
    number, name = (texts.get(columns.get(what), "") for what in ("number", "name"))
    if not number and not name:
        return None
    if number:
        row = by_number.get(key_or_none(number))
        if row is None:
            return f"không có số thứ tự {number[:20]} còn hiệu lực"
        return row if not name or fold(name) == fold(row.name) else f"số {number} là {row.name}, không phải {name}"
    rows = by_name.get(fold(name), [])
    if len(rows) == 1:
        return rows[0]
    return f"có {len(rows)} người tên {name}, hãy ghi cột STT" if rows else f"không có {name} còn hiệu lực"

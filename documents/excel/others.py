"""Files that look like tables and are no workbook of today: what they are, and how they become one."""

from ..steps.refusing import Refused

_SAVE_AS = "Hãy mở tệp bằng Excel (bỏ mật khẩu nếu có), chọn Lưu thành «Excel Workbook (.xlsx)» rồi gửi tệp mới lưu."
# A package, and what ``inspect`` knows by its first bytes and tells better: programs, PDFs, pictures, archives.
_TOLD_ELSEWHERE = (
    b"PK\x03\x04",
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
)
_OTHERS = {
    "xls": "tệp Excel kiểu cũ (.xls)",
    "csv": "tệp chữ (.csv), không giữ được kiểu ngày và số 0 ở đầu mã",
    "txt": "tệp chữ (.txt)",
    "ods": "tệp bảng tính OpenDocument (.ods)",
    "xlsm": "tệp Excel có macro (.xlsm)",
    "xlsb": "tệp Excel nhị phân (.xlsb)",
}


def refuse_other(file, name: str):
    """Refuse a file that is no workbook of today by its name or its first bytes, saying how it becomes one."""
    suffix = name.lower().rpartition(".")[2]
    file.seek(0)
    begin = file.read(4)
    if suffix in _OTHERS:
        kind = _OTHERS[suffix]
    elif suffix != "xlsx":
        raise Refused(f"Tệp «{name}» không phải tệp Excel (.xlsx). {_SAVE_AS}", "file")
    elif begin == b"\xd0\xcf\x11\xe0":
        kind = "tệp Excel kiểu cũ (.xls) hoặc có đặt mật khẩu"
    elif begin and not begin.startswith(_TOLD_ELSEWHERE):
        kind = "bảng tính kiểu khác (CSV, trang web, Excel cũ) chỉ đổi đuôi tên tệp"
    else:
        return
    raise Refused(f"Tệp «{name}» là {kind}, chưa đọc được. {_SAVE_AS}", "file")

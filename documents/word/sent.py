"""What somebody sent in place of a .docx, told in their words: what it is, and how it becomes one."""

from ..checks.inspecting import TYPES
from ..checks.refusing import AGAIN, OTHER, UploadRefused, renamed

_SAVE = "Hãy mở bằng Word hoặc LibreOffice, chọn Lưu thành (Save As), kiểu Word Document (.docx), rồi gửi tệp .docx."
_PASSWORD = "có đặt mật khẩu. Hãy mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), lưu lại rồi gửi."  # noqa: S105
_OLD = f"là tệp Word kiểu cũ (.doc). {_SAVE}"
_RTF = f"là tệp RTF. {_SAVE}"
_ODT = f"là văn bản của LibreOffice (.odt). {_SAVE}"
_PDF = "là tệp PDF: chỉ đọc được tệp Word. Hãy xin tệp .docx của người soạn."
_PAGES = "là văn bản của Pages. Hãy mở bằng Pages, chọn Xuất sang (Export), Word (.docx), rồi gửi tệp .docx."
_WEB = f"là trang web. {_SAVE}"
_XML = f"là tệp Word dạng XML. {_SAVE}"
_CHOOSE = "Hãy chọn tệp .docx."
_NONE = f"không phải văn bản Word. {_CHOOSE}"
_AGAIN = "Hãy mở tệp bằng Word, lưu lại rồi gửi."
_BY_NAME = {
    "doc": _OLD,
    "dot": _OLD,
    "wps": f"là văn bản của WPS. {_SAVE}",
    "rtf": _RTF,
    "odt": _ODT,
    "pdf": _PDF,
    "pages": _PAGES,
    "docm": f"là tệp Word có macro (.docm). {_SAVE}",
    "dotx": f"là mẫu của Word (.dotx). {_SAVE}",
    "dotm": f"là mẫu của Word có macro (.dotm). {_SAVE}",
    "txt": f"là tệp chữ thuần. {_SAVE}",
    "htm": _WEB,
    "html": _WEB,
    "xml": _XML,
}


def refuse_others(name: str, data: bytes):
    """Raise ``UploadRefused`` with what to do for a file that another program, or an older Word, wrote."""
    extension = name.lower().rpartition(".")[2]
    told = _inside(data) or (_BY_NAME.get(extension, "" if extension == "docx" else _NONE) if data else "")
    if told:
        raise UploadRefused(f"Tệp «{name}» {told}", "file")


def of_word(told: str) -> str:
    """A refusal with the advice for Word files: that a PDF, or another name, would do elsewhere helps nobody here."""
    advice = {OTHER: _CHOOSE, AGAIN: _AGAIN} | {renamed(kind): _CHOOSE for kind in TYPES}
    for general, own in advice.items():
        told = told.replace(general, own)
    return told


def _inside(data) -> str:
    """What the first bytes tell, whatever the name says; nothing for what may be a .docx."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _PASSWORD if "EncryptedPackage".encode("utf-16-le") in data else _OLD
    if data.startswith(b"{\\rtf"):
        return _RTF
    if data.startswith(b"%PDF-"):
        return _PDF
    if b"<html" in data[:600].lower():
        return _WEB
    if b"wordDocument" in data[:600] or b"Word.Document" in data[:600]:
        return _XML
    return _in_package(data) if data.startswith(b"PK\x03\x04") else ""


def _in_package(data) -> str:
    """The same of a package: that of LibreOffice says what it is in its first part, that of Pages by its parts."""
    if b"opendocument" in data[:120]:
        return _ODT
    return _PAGES if b".iwa" in data and b"word/document.xml" not in data else ""

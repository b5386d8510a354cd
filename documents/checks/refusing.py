"""The refusal of a file, and the advice that many refusals give."""

from ..steps.refusing import Refused

MOST_UNPACKED = 200 * 1024 * 1024
BLANKS = b" \t\r\n\f\0"

AGAIN = "Hãy mở tệp, lưu lại hoặc in sang PDF, rồi gửi tệp mới."
SWELLS = f"phình quá lớn khi mở ra. {AGAIN}"
OTHER = "Hãy chọn đúng tệp, hoặc lưu nội dung thành PDF rồi gửi."


def renamed(kind: str) -> str:
    """The advice for a file whose name says another kind than ``kind``, which it is."""
    return f"Hãy đổi đuôi tên tệp thành .{kind} rồi gửi lại."


class UploadRefused(Refused):
    """A file that is not taken; says why, and what to do."""

    def __init__(self, message, field="files"):
        super().__init__(message, field)

"""The refusal of a file, and the advice that many refusals give."""

MOST_UNPACKED = 200 * 1024 * 1024
BLANKS = b" \t\r\n\f\0"

AGAIN = "Hãy mở tệp, lưu lại hoặc in sang PDF, rồi gửi tệp mới."
SWELLS = f"phình quá lớn khi mở ra. {AGAIN}"
OTHER = "Hãy chọn đúng tệp, hoặc lưu nội dung thành PDF rồi gửi."


class UploadRefused(Exception):
    """A file that is not taken; says why, and what to do."""

"""What the program says where a request is refused before any page of ours is asked: by Django, or by the server below it."""

import base64
import hashlib

# {status: (what it is, what to do)}. No other status has words of its own.
WORDS = {
    400: (
        "Yêu cầu không đọc được",
        "Nội dung vừa gửi bị hỏng trên đường đi hoặc không phải do trang của chương trình gửi, nên chưa được lưu. "
        "Bấm nút quay lại của trình duyệt: chữ đã gõ vẫn còn. Tải lại trang rồi gửi lại.",
    ),
    403: ("Không được phép", "Máy chủ không nhận yêu cầu này. Hãy quay về trang đầu và làm lại từ đó."),
    405: (
        "Địa chỉ này không mở trực tiếp được",
        "Đây là địa chỉ của một nút bấm hoặc một tệp, không phải của một trang. Hãy quay về trang đầu, tìm đến trang cần "
        "mở rồi bấm nút ở đó.",
    ),
    413: (
        "Nội dung gửi lên quá lớn",
        "Nội dung vừa gửi quá lớn nên chưa được lưu. Bấm nút quay lại của trình duyệt: chữ đã gõ vẫn còn. Hãy chia văn bản "
        "thành nhiều phần nhỏ hơn, hoặc chọn ít tệp hơn trong một lần, rồi gửi lại.",
    ),
    414: (
        "Địa chỉ quá dài",
        "Câu tìm hoặc bộ lọc có quá nhiều chữ nên máy chủ không đọc được. Bấm nút quay lại của trình duyệt, tìm bằng vài từ "
        "thôi, rồi thử lại.",
    ),
    417: (
        "Yêu cầu không đọc được",
        "Trình duyệt gửi theo cách mà máy chủ không nhận. Hãy cập nhật trình duyệt rồi thử lại.",
    ),
    431: (
        "Trình duyệt gửi kèm quá nhiều thông tin",
        "Hãy xóa dữ liệu mà trình duyệt đã lưu cho trang này (Cài đặt → Quyền riêng tư), đăng nhập lại rồi thử lại.",
    ),
    500: (
        "Chương trình gặp lỗi",
        "Việc vừa rồi chưa được lưu. Bấm nút quay lại của trình duyệt: chữ đã gõ vẫn còn; thử lại sau ít phút. "
        "Nếu vẫn lỗi, hãy báo người quản trị, kèm giờ xảy ra.",
    ),
    501: (
        "Yêu cầu không đọc được",
        "Trình duyệt gửi theo cách mà máy chủ không nhận. Hãy cập nhật trình duyệt rồi thử lại.",
    ),
}

# The server below Django knows no file of ours: its page is whole in itself, and its one style is named by its hash.
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;color:#182433;background:#f6f8fb;margin:0}"
    "main{max-width:34rem;margin:15vh auto;padding:0 1rem;text-align:center}"
    "a{display:inline-block;margin-top:1rem;padding:.5rem 1rem;border-radius:4px;background:#1c5a8a;color:#fff;"
    "text-decoration:none}"
)
POLICY = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Thi đua, khen thưởng</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p>{words}</p><a href="/">Về trang đầu</a></main></body>
</html>
"""


def page(status: int) -> bytes:
    """A whole page for ``status``, for whoever has no templates."""
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return _PAGE.format(title=title, words=words, style=_STYLE).encode()


def answer(status: int, reason: str) -> bytes:
    """The page with the head of an HTTP answer before it, after which the line is closed."""
    body = page(status)
    head = [
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Security-Policy: {POLICY}",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body

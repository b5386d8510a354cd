"""The demonstration's published password, and what keeps it out of real use."""

from django.conf import settings
from django.core.exceptions import ValidationError

DEMO_PASSWORD = "thi-dua-2020"  # noqa: S105  published on purpose: it opens demonstrations only
DEMO_USERNAMES = (
    "quantri",
    "chuyenvien",
    "lanhdao",
    "vanthu",
    "thukho",
    "truongcum",
    "phocum",
    "donvi",
    "donvikhac",
    "uyvien",
)


class NotTheDemoPassword:
    """A password validator that refuses the demonstration's password in real use."""

    def validate(self, password, user=None):
        """Raise ``ValidationError`` if ``password`` is the published one and this is not a demonstration."""
        if settings.REAL_USE and password.strip().lower() == DEMO_PASSWORD:
            raise ValidationError("Mật khẩu này đã công bố cho bản trình diễn. Hãy chọn mật khẩu khác.")

    def get_help_text(self):
        return "Không dùng mật khẩu của bản trình diễn."

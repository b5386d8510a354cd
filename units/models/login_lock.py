"""Wrong passwords of an account from an address, as django-axes keeps them: the back office sees them, and opens them."""

from axes.models import AccessAttempt


class LoginLock(AccessAttempt):
    """Wrong passwords that were not followed by a right one; from the fifth on the pair is locked (``units.logins``)."""

    class Meta:
        proxy = True
        verbose_name = "lần đăng nhập sai"
        verbose_name_plural = "đăng nhập sai, tạm khóa"
        ordering = ["-attempt_time"]

    def __str__(self):
        return f"{self.username} từ {self.ip_address}"

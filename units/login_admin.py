"""The back office of wrong passwords: who is locked where, and opening it."""

from axes.models import AccessFailureLog
from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages

from .models import LoginLock


@admin.register(LoginLock)
class LoginLockAdmin(admin.ModelAdmin):
    """Accounts with wrong passwords, by the address that these came from; «Mở khóa» lets the person try again at once."""

    list_display = ("account", "address", "failures", "last_at", "is_locked")
    list_display_links = None
    search_fields = ("username", "ip_address")
    actions = ("unlock",)

    @admin.display(description="Tên đăng nhập", ordering="username")
    def account(self, row):
        return row.username

    @admin.display(description="Từ địa chỉ", ordering="ip_address")
    def address(self, row):
        return row.ip_address

    @admin.display(description="Số lần sai", ordering="failures_since_start")
    def failures(self, row):
        return row.failures_since_start

    @admin.display(description="Lần cuối lúc", ordering="attempt_time")
    def last_at(self, row):
        return row.attempt_time

    @admin.display(description="Đang khóa", boolean=True)
    def is_locked(self, row):
        return row.failures_since_start >= settings.AXES_FAILURE_LIMIT

    @admin.action(description="Mở khóa các dòng đã chọn", permissions=["view"])
    def unlock(self, request, queryset):
        """Forget the wrong passwords of what was chosen; the log of the back office tells who did so."""
        rows = list(queryset)
        self.log_deletions(request, queryset)
        for row in rows:
            reset(ip=row.ip_address, username=row.username)
            AccessFailureLog.objects.filter(username=row.username, ip_address=row.ip_address).delete()
        self.message_user(
            request, f"Đã mở khóa {len(rows)} dòng. Người dùng đăng nhập lại được ngay.", messages.SUCCESS
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

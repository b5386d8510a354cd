"""The back office of accounts, and of what was done there."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.utils.safestring import mark_safe

from .admin_parts import FoldedSearch, LabelledUnits, ReadOnly, named, said
from .models import User


class NewUserForm(AdminUserCreationForm):
    """A new account with the name of its owner."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "full_name", "unit", "role"]


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to a new one; how it is hashed is of no use to an office."""

    template_name = "admin/password_state.html"


class UserForm(UserChangeForm):
    """An account that exists."""

    password = ReadOnlyPasswordHashField(label="Mật khẩu", widget=PasswordState)


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody's account; Django's warning there is in English and outside its catalogue."""

    usable_password_help_text = mark_safe(
        "Tắt thì tài khoản không đăng nhập được cho đến khi được đặt mật khẩu."
        '<ul id="id_unusable_warning" class="messagelist">'
        '<li class="warning">Nếu tắt, mật khẩu hiện nay của tài khoản này sẽ mất.</li></ul>'
    )


@admin.register(User)
class UserAdmin(FoldedSearch, LabelledUnits, DjangoUserAdmin):
    """Accounts. One that is no longer needed is switched off; what its owner did keeps the name."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = [named(User, "full_name"), "username", "unit", "role", said(User, "is_active"), "last_login"]
    list_filter = ["role", "is_active", "invented"]
    list_select_related = ["unit"]
    search_fields = ["full_name", "username", "unit__name"]
    search_help_text = "Tìm theo họ tên, tên đăng nhập hoặc đơn vị; không cần gõ dấu."
    ordering = ["sort_text", "username"]
    autocomplete_fields = ["unit"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", said(User, "invented")]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Người dùng", {"fields": ["full_name", "email", "unit", "role"]}),
        ("Trạng thái", {"fields": ["is_active", readonly_fields[-1], "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        ("Người dùng", {"fields": ["username", "full_name", "unit", "role"]}),
        ("Mật khẩu", {"fields": ["usable_password", "password1", "password2"]}),
    ]


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, admin.ModelAdmin):
    """What was added, changed and deleted in the back office, by whom and when."""

    list_display = ["action_time", "user", "action", "content_type", "object_repr", "details"]
    list_filter = ["action_flag"]
    list_select_related = ["user", "content_type"]
    date_hierarchy = "action_time"
    fields = readonly_fields = ["action_time", "user", "action", "content_type", "object_repr", "details"]

    @admin.display(description="Thao tác", ordering="action_flag")
    def action(self, entry):
        return entry.get_action_flag_display()

    @admin.display(description="Nội dung")
    def details(self, entry):
        return entry.get_change_message()

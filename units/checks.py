"""A system check that refuses real use while a demonstration's account still opens with the published password."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from .passwords import DEMO_PASSWORD, DEMO_USERNAMES


@register(Tags.security)
def no_demo_passwords(app_configs, **kwargs):
    """Error ``units.E001`` for each demonstration account that real use would leave open.

    Costs one query, and one password hash for each account of such a name: nothing in an office that never loaded the
    demonstration. A database that is not there yet holds no accounts.
    """
    from .models import User

    if not settings.REAL_USE:
        return []
    try:
        accounts = list(User.objects.filter(username__in=DEMO_USERNAMES, is_active=True))
    except DatabaseError:
        return []
    return [
        Error(
            f"Tài khoản trình diễn «{user.username}» còn dùng mật khẩu đã công bố.",
            hint=f"Đổi mật khẩu bằng lệnh: python manage.py changepassword {user.username}",
            obj=user.username,
            id="units.E001",
        )
        for user in accounts
        if user.check_password(DEMO_PASSWORD)
    ]

"""A system check that refuses to run without a key."""

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured


@register(Tags.security)
def has_secret_key(app_configs, **kwargs):
    """Error ``config.E001`` where SECRET_KEY is empty: without it neither a login nor a form can be signed."""
    from django.conf import settings

    try:
        settings.SECRET_KEY  # noqa: B018  (reading it is the check)
        return []
    except ImproperlyConfigured:
        return [
            Error(
                "Chưa đặt SECRET_KEY.",
                hint="Chép .env.example thành .env rồi điền SECRET_KEY; để xem thử, hãy chạy bin/demo.",
                id="config.E001",
            )
        ]

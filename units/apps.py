"""Who: agencies with their years of life, officials who sign, accounts."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Units, officials and accounts. The lowest app: it imports none of the others."""

    name = "units"
    verbose_name = "Đơn vị và tài khoản"

    def ready(self):
        """Register the system check that keeps the demonstration's password out of real use, and how units are found."""
        from . import checks, heirs  # noqa: F401

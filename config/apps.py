"""The back office's identity."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """Django's admin, with this project's site in place of the default one."""

    default_site = "config.admin.OfficeAdminSite"

    def ready(self):
        """Register the checks of the settings."""
        super().ready()
        from . import checks  # noqa: F401

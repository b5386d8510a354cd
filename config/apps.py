"""The back office's identity."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """Django's admin, with this project's site in place of the default one."""

    default_site = "config.admin.OfficeAdminSite"

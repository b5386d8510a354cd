"""The back office's identity."""

import gc

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """Django's admin, with this project's site in place of the default one."""

    default_site = "config.admin.OfficeAdminSite"

    def ready(self):
        """Register the checks of the settings; look for garbage from here on, but not in the program itself."""
        super().ready()
        from . import checks  # noqa: F401

        gc.freeze()
        gc.enable()

"""The back office at /admin/: Django's own, in the project's colours and in Vietnamese."""

from django.contrib import admin


class OfficeAdminSite(admin.AdminSite):
    """The admin for lookup tables and corrections; the office's daily work is at the desk (``/``)."""

    site_header = "Quản trị hệ thống thi đua, khen thưởng"
    site_title = "Quản trị"
    index_title = "Danh mục và tài khoản"
    enable_nav_sidebar = True

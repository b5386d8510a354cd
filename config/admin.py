"""The back office at /admin/: Django's own, in the project's colours and in Vietnamese."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

# Groups are not used: an account has one role.
HIDDEN = {"auth.group"}


class LabelledChoices(AutocompleteJsonView):
    """What is offered while one types: rows by their ``label`` where names alone do not tell them apart."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": getattr(obj, "label", str(obj))}


class OfficeAdminSite(admin.AdminSite):
    """The admin for lookup tables and corrections; the office's daily work is at the desk (``/``)."""

    site_header = "Quản trị hệ thống thi đua, khen thưởng"
    site_title = "Quản trị"
    index_title = "Danh mục và tài khoản"
    empty_value_display = "–"
    enable_nav_sidebar = True

    def get_app_list(self, request, app_label=None):
        """The parts of the back office in the order in which an administrator needs them; the log last."""
        order = ["units", "documents", "clusters", "campaigns", "awards", "conferences", "admin"]
        return sorted(super().get_app_list(request, app_label), key=lambda app: order.index(app["app_label"]))

    def autocomplete_view(self, request):
        return LabelledChoices.as_view(admin_site=self)(request)

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register models as usual, but for those that other apps bring and this office has no use for.

        The rows of a list are counted once: how many there are without its filter is asked by taking the filter away.
        """
        options.setdefault("show_full_result_count", False)
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        wanted = [model for model in models if model._meta.label_lower not in HIDDEN]
        super().register(wanted, admin_class, **options)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Send a stranger to the desk's login; raise ``PermissionDenied`` for an account that is no administrator's."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("Trang quản trị chỉ dành cho tài khoản có vai trò Quản trị.")
        return redirect(f"{reverse('login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

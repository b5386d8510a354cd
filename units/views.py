"""Logging in, the own account, and who is who: units as of any day, each with its past and future."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator

from . import finding
from .columns import Column, InFile, OnPage
from .filters import UnitFilter
from .forms import LoginForm, NewPasswordForm
from .lists import OfficeList
from .models import Role, Succession, Unit, User
from .unit_parts import parts_for


@method_decorator(login_not_required, name="dispatch")
class LoginView(auth_views.LoginView):
    """The only page that a stranger sees."""

    form_class = LoginForm
    template_name = "units/login.html"
    redirect_authenticated_user = True


def account(request):
    """The own account, and a new password for it. Other sessions of the account end when it changes."""
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc.")
        return redirect("account")
    return render(request, "units/account.html", {"form": form, "area": "account"})


def find(request):
    """What was found of everything that this person may open; for the box that asks while one types, its rows alone."""
    words = request.GET.get("q", "")[:200].replace("\0", "").strip()
    quick = bool(request.headers.get("HX-Request"))
    sections = finding.find(request.user, words, finding.QUICK if quick else finding.MANY)
    context = {"words": words, "find_words": words, "sections": sections, "area": "find"}
    return render(request, "units/_found.html" if quick else "units/find.html", context)


class UnitList(OfficeList):
    """Units as of a day."""

    what = "đơn vị"
    queryset = Unit.objects.select_related("sector", "superior")
    filterset_class = UnitFilter
    template_name = "units/units.html"
    sorts = {"ten": ["sort_text"], "loai": ["kind", "sort_text"], "tu": ["founded", "sort_text"]}
    export_name = "don-vi"
    export_title = "Danh sách đơn vị"
    columns = [
        InFile("Mã", "code"),
        Column("Tên đơn vị", "name", main=True, sort="ten"),
        Column("Loại đơn vị", "get_kind_display", sort="loai", label="Loại"),
        Column("Lĩnh vực", "sector"),
        Column("Cơ quan chủ quản", "superior", look="muted"),
        OnPage("Thời gian hoạt động", "years", sort="tu", look="nowrap muted"),
        InFile("Từ ngày", "founded"),
        InFile("Đến ngày", "ended"),
    ]
    extra_context = {"area": "units"}


def unit(request, code):
    """One unit: how to reach it, its years, who signs for it, its cluster, campaigns and papers, what became of it."""
    successions = Succession.objects.select_related("change", "predecessor", "successor")
    found = get_object_or_404(
        Unit.objects.select_related("sector", "superior").prefetch_related(
            Prefetch("origins", successions), Prefetch("successions", successions), "terms__official"
        ),
        code=code,
    )
    people = User.objects.filter(unit=found, is_active=True).exclude(role=Role.ADMINISTRATOR).order_by("full_name")
    context = {"unit": found, "people": people, "parts": parts_for(found, request.user), "area": "units"}
    return render(request, "units/unit.html", context)

"""Councils: each makeup with its members on a day, entered by its decision, members changed by date."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from units.columns import Column, OnPage
from units.models import Role, User
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee

from ..log import About
from . import makeup
from .forms import CouncilForm, MemberForm
from .models import Council, Member

FRAME = {"area": "council_meetings", "tab": "councils"}


def _marks(row):
    marks = [
        row.get_role_display(),
        *(["Thường trực"] if row.is_standing else []),
        *(["Thư ký"] if row.is_secretary else []),
    ]
    return ", ".join(marks)


def _span(row):
    return f"{row.since:%d/%m/%Y} – {f'{row.until:%d/%m/%Y}' if row.until else 'nay'}"


MEMBERS = [
    Column("Họ và tên", "name", main=True, to=lambda row: row.address, note="post"),
    Column("Trong Hội đồng", _marks, label="Là"),
    OnPage("Bỏ phiếu", lambda row: f"tài khoản {row.user.username}" if row.user_id else "phiếu giấy", label="Bỏ phiếu"),
    OnPage("Từ – đến", _span, label="Thời gian", look="nowrap"),
]


def councils(request):
    """The makeup of today, or the last; else how to begin."""
    rows = Council.objects.visible_to(request.user)
    if not (may_oversee(request.user) or rows.exists()):
        raise PermissionDenied("Trang này của ủy viên Hội đồng và Sở Nội vụ.")
    found = rows.in_force(timezone.localdate()).first() or rows.first()
    if found:
        return _page(request, found)
    return render(request, "awards/council/no_council.html", FRAME | {"may_manage": may_manage(request.user)})


def _find(request, pk) -> Council:
    return get_object_or_404(Council.objects.visible_to(request.user).select_related("unit", "paper"), pk=pk)


def council(request, pk):
    """One makeup: its members on a day (``?ngay=``), how it came to be, its changes."""
    return _page(request, _find(request, pk))


def _page(request, found):
    asked = request.GET.get("ngay", "")
    today = timezone.localdate()
    day = _day(asked) or (today if found.in_force(today) else found.until or found.since)
    members = list(makeup.members_on(found, day))
    may = may_manage(request.user)
    for row in members:
        row.address = reverse("council_member", args=[row.pk]) if may else ""
    context = FRAME | {
        "council": found,
        "day": day,
        "bad_day": bool(asked) and _day(asked) is None,
        "members": members,
        "columns": MEMBERS,
        "standing": sum(row.is_standing for row in members),
        "has_chair": any(row.role == Member.Role.CHAIR for row in members),
        "others": Council.objects.visible_to(request.user).exclude(pk=found.pk),
        "may_manage": may,
        "former": found.members.exclude(pk__in=[row.pk for row in members]).order_by("until"),
    }
    if may_oversee(request.user):
        context["changes"] = history_of(About.COUNCIL, found.pk)[:60]
    return render(request, "awards/council/council.html", context)


def _day(words):
    """``25/02/2026`` or ``2026-02-25`` as a day; None for what is none."""
    parts = words.split("/")
    try:
        return parse_date("-".join(reversed(parts)) if len(parts) == 3 else words)
    except ValueError:
        return None


@managers_only
def new_council(request):
    """Enter a makeup by its decision."""
    last = Council.objects.first()
    # Before the first makeup: the unit to which the accounts of members belong.
    account = User.objects.filter(role=Role.COUNCIL_MEMBER).exclude(unit=None).select_related("unit").first()
    unit = last.unit if last else account and account.unit
    start = Council(unit=unit, name=last.name if last else unit.name if unit else "")
    return _edit(request, start, "Ghi Hội đồng theo quyết định")


@managers_only
def edit_council(request, pk):
    """Change the facts of a makeup."""
    return _edit(request, _find(request, pk), "Sửa Hội đồng")


def _edit(request, found, title):
    is_new, back = found.pk is None, found if found.pk else "councils"
    form = CouncilForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        takes = form.cleaned_data.get("takes_members", False)
        typed = {"by": request.user, "seen_version": form.seen, "takes_members": takes}
        if accepted(form, lambda: makeup.save_council(form.instance, **typed)):
            messages.success(request, "Đã lưu Hội đồng.")
            return redirect(form.instance)
        form.instance.pk = None if is_new else form.instance.pk
    return form_page(request, form, title, back=back, **FRAME)


@managers_only
def new_member(request, pk):
    """Add a member."""
    found = _find(request, pk)
    today = timezone.localdate()
    since = today if found.in_force(today) and found.members.exists() else found.since
    return _edit_member(request, Member(council=found, since=since), "Thêm thành viên")


@managers_only
def edit_member(request, pk):
    """Change a member, or enter its last day."""
    rows = Member.objects.filter(council__in=Council.objects.visible_to(request.user).order_by().values("pk"))
    return _edit_member(request, get_object_or_404(rows.select_related("council__unit"), pk=pk), "Sửa thành viên")


def _edit_member(request, member, title):
    is_new, found = member.pk is None, member.council
    form = MemberForm(request.POST or None, instance=member, user=request.user)
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: makeup.save_member(form.instance, by=request.user, seen_version=form.seen)):
            messages.success(request, f"Đã lưu {form.instance.name}.")
            return redirect("new_member" if "more" in request.POST else "award_council", found.pk)
        form.instance.pk = None if is_new else form.instance.pk
    return form_page(
        request, form, title, template="awards/council/member_form.html", up=found, back=found, member=None if is_new else member,
        **FRAME,
    )  # fmt: skip


@require_POST
@managers_only
def remove_member(request, pk):
    """Take out one who was entered by mistake."""
    rows = Member.objects.filter(council__in=Council.objects.visible_to(request.user).order_by().values("pk"))
    member = get_object_or_404(rows.select_related("council"), pk=pk)
    found = member.council
    attempted(request, lambda: makeup.remove_member(member, by=request.user))
    return redirect(found)

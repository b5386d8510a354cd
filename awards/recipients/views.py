"""Persons, collectives, households: the list, one of them, written and changed, and what is personal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from documents.steps.accepting import accepted, attempted
from documents.steps.pages import step_page, step_view
from units.columns import Column, InFile, OnPage
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_manage

from ..catalogue.models import Whom
from . import actions, identities, keeping
from .fields import UnitNames
from .filters import RecipientFilter
from .forms import FORMS, FindIdentityForm, postings_of, typed_postings
from .models import BodyClass, Recipient, nearest
from .page import facts_of

FRAME = {"area": "recipients"}
SLUGS = {"ca-nhan": Whom.PERSON, "tap-the": Whom.COLLECTIVE, "ho-gia-dinh": Whom.HOUSEHOLD}


def _what_it_is(row) -> str:
    marks = [row.get_kind_display(), row.post, "được tặng cờ" if row.may_receive_flags else ""]
    marks.append("đơn vị thêm, Sở Nội vụ chưa xem" if row.added_by_id else "")
    return " · ".join(mark for mark in marks if mark)


class ByNamePaginator(CappedPaginator):
    """Pages of those who were looked for by ``words``, nearest first."""

    words = ""

    @cached_property
    def keys(self):
        """As ``CappedPaginator.keys``."""
        return nearest(self.object_list, self.words, self.cap + 1) if self.words else super().keys


class RecipientList(OfficeList):
    """Whom this person may see, by given name; second records stand behind the first."""

    template_name = "awards/recipients/recipients.html"
    filterset_class = RecipientFilter
    paginator_class = ByNamePaginator
    sorts = {"ten": ["sort_text"], "don-vi": ["unit__sort_text"], "sinh": ["began_on"]}
    export_name = "ca-nhan-tap-the"
    export_title = "Danh sách cá nhân, tập thể, hộ gia đình"
    what = "cá nhân, tập thể"
    # No identity number, no notes, of a person no place of living: whoever passes a file on passes on no more than is needed.
    columns = [
        Column("Họ tên, tên tập thể, hộ", "name", main=True, note=_what_it_is, sort="ten"),
        InFile("Là", "get_kind_display"),
        InFile("Chức vụ", "post"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        OnPage("Ngày sinh, thành lập", "birth_text", sort="sinh", label="Sinh, thành lập", look="nowrap"),
        InFile("Ngày sinh, thành lập", lambda row: row.began_on or row.began_year),
        InFile("Giới tính", "get_gender_display"),
        Column("Dân tộc", "get_ethnicity_display", label="Dân tộc"),
        OnPage("Lớp chức vụ, loại", "class_text", label="Lớp, loại"),
        InFile("Lớp chức vụ", "get_position_class_display"),
        InFile("Mã cán bộ", "staff_code"),
        InFile("Doanh nghiệp", lambda row: "x" if row.body_class == BodyClass.ENTERPRISE else ""),
        InFile("Được tặng cờ", lambda row: "x" if row.may_receive_flags else ""),
        InFile("Chủ hộ", "head"),
        InFile("Số người", "members"),
        InFile("Địa chỉ của hộ", lambda row: row.address if row.kind == Whom.HOUSEHOLD else ""),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Recipient.objects.visible_to(self.request.user).main().select_related("unit")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys, which have passed scope and filter; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = Recipient.objects.select_related("unit")
        if "sap" not in self.request.GET and self.filterset.form.is_valid():
            paginator.words = self.filterset.form.cleaned_data.get("q") or ""
        return paginator

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        return super().get_context_data(**FRAME, manages=may_manage(self.request.user), **kwargs)


def find(request, pk) -> Recipient:
    """One that this person may see; else 404. A second record is seen by who sees the first."""
    rows = Recipient.objects.visible_to(request.user).select_related("unit", "merged_into")
    return get_object_or_404(rows, pk=pk)


def managed(request, pk) -> Recipient:
    """One that this person may change; 404 for whom it is not to see, 403 for who may only read."""
    found = find(request, pk)
    if not may_manage(request.user):
        raise PermissionDenied("Danh sách do Sở Nội vụ ghi và sửa. Thấy sai, hãy báo Sở Nội vụ.")
    return found


def facts(request, pk):
    """What is kept of one, its second records, its history."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None, **more):
    context = FRAME | facts_of(found, request.user, refused) | more
    return render(request, "awards/recipients/recipient.html", context, status=422 if refused else 200)


step = step_view(actions.STEPS, managed, _page)
erase = step_page(keeping.erase, managed, frame=lambda request, row: FRAME)


# --- Writing


@managers_only
def new_recipient(request):
    """Enter one; ``?loai=`` says of which kind."""
    kind = SLUGS.get(request.GET.get("loai", ""), Whom.PERSON)
    return _edit(request, Recipient(kind=kind), {"unit": None})


def edit_recipient(request, pk):
    """Change one."""
    found = managed(request, pk)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    return _edit(request, found, {})


def _edit(request, found, initial):
    """Show the form, or store what was typed; where it cannot be stored, everything typed comes back."""
    data, names = request.POST or None, UnitNames()
    form = FORMS[found.kind](data, instance=found, initial=initial, names=names)
    lines = postings_of(found, names, data) if found.kind == Whom.PERSON else None
    is_new = found.pk is None
    if data and _all_valid(form, lines) and stored(request, form, lines):
        messages.success(request, "Đã thêm vào danh sách." if is_new else "Đã lưu.")
        return redirect(form.instance)
    context = FRAME | {"form": form, "lines": lines, "names": names, "is_new": is_new, "kind": found.kind}
    return render(request, "awards/recipients/recipient_form.html", context, status=422 if form.errors else 200)


def _all_valid(form, lines) -> bool:
    return all([form.is_valid(), lines is None or lines.is_valid()])


def stored(request, form, lines) -> bool:
    """Whether it was stored; what kept it from being so stands in the form, doubles with their reasons."""
    row, typed = form.instance, form.cleaned_data
    said = {"by": request.user, "apart": form.apart, "postings": typed_postings(lines, row) if lines else ()}

    def act():
        try:
            if row.pk is None:
                actions.begin(row, number=typed.get("number", ""), **said)
            else:
                actions.edit(row, typed=row, moved_on=typed.get("moved_on"), seen_version=form.seen, **said)
        except actions.DoublesFound as found:
            form.matches = found.matches
            raise

    return accepted(form, act)


# --- The identity number


@never_cache
@require_POST
def look_at_identity(request, pk):
    """The number of one, shown once; who looked stays."""
    found = managed(request, pk)
    number = attempted(request, lambda: identities.look(found, by=request.user))
    return _page(request, found, number=number) if number else redirect(found)


@never_cache
@managers_only
def find_identity(request):
    """Whose number it is. It is posted, so that it stands in no address and no log of a server."""
    form, found = FindIdentityForm(request.POST or None), None
    asked = False
    if request.method == "POST" and form.is_valid():
        asked = accepted(form, lambda: _look_for(request, form))
        found = getattr(form, "found", None)
    context = FRAME | {"form": form, "asked": asked, "found": found, "looks": identities.looks_without_a_row()}
    return render(request, "awards/recipients/find_identity.html", context, status=422 if form.errors else 200)


def _look_for(request, form):
    form.found = identities.find(form.cleaned_data["number"], by=request.user)

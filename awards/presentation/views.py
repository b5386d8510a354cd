"""Occasions: the list, one with its awards in the order of calling, planned, changed, held; photographs and papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_page, step_view
from documents.uploads.views import adding_page, dropping_view, gallery
from units.columns import Column, InFile, chosen_keys, state
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_see_store, may_write, writers_only
from units.templatetags.parts import to

from ..log import About
from . import actions
from .actions import HOLDING, OCCASIONS, State, Taken, faults_of
from .filters import OccasionFilter
from .forms import HoldForm, OccasionForm
from .models import OF_OCCASION, Occasion, Presented
from .papers import draft, rows_of, to_draft
from .rules import near_days, period_on
from .told import SUBJECTS


def frame(request, part, **shown) -> dict:
    """Where a page of this room is."""
    return {"area": "items", "tab": "presentation", "part": part, "sees_store": may_see_store(request.user)} | shown


class OccasionList(OfficeList):
    """Occasions that one may see, the latest first."""

    what = "lần trao"
    filterset_class = OccasionFilter
    template_name = "awards/presentation/occasions.html"
    export_name = "trao-thuong"
    export_title = "Các lần trao thưởng"
    sorts = {"ngay": ["day"], "don-vi": ["unit__sort_text"]}
    columns = [
        Column("Lần trao", "name", main=True, note="get_kind_display"),
        InFile("Dịp", "get_kind_display"),
        Column("Ngày", "day", sort="ngay", look="nowrap", label="Ngày"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        Column("Địa điểm", "place", label="Tại"),
        InFile("Người trao", "presenter"),
        InFile("Chức vụ người trao", "presenter_post"),
        InFile("Theo văn bản", "authority"),
        InFile("Số người dự", "guests"),
        Column("Khen thưởng", "number", look="points", label="Khen thưởng"),
        Column("Vắng, chưa nhận", "absent", look="points", label="Vắng"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        is_absent = Q(awards__taken=Taken.LATER, awards__later_on=None)
        rows = Occasion.objects.visible_to(self.request.user).select_related("unit")
        rows = rows.annotate(number=Count("awards"), absent=Count("awards", filter=is_absent))
        self.queryset = rows.order_by("-day", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds whether one may plan, and for which days."""
        may = may_write(self.request.user)
        near = near_days(timezone.localdate())[:3] if may else ()
        return super().get_context_data(**frame(self.request, "occasions", may_plan=may, near=near), **kwargs)


def find(request, pk) -> Occasion:
    """An occasion that this person may see; else 404."""
    return get_object_or_404(Occasion.objects.visible_to(request.user).select_related("unit", "by__unit"), pk=pk)


def occasion(request, pk):
    """One occasion: its awards in the order of calling, what is still to do, papers, photographs."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user, rows = request.user, rows_of(found)
    holds = HOLDING.may(found, user)
    is_planned = found.state == State.PLANNED
    faults = faults_of(found) if holds and is_planned else []
    shown = {
        "occasion": found,
        "rule": period_on(found.day),
        "rows": rows,
        "absent": sum(row.is_absent for row in rows),
        "announced": [row.decision for row in found.announced.select_related("decision")],
        "faults": faults,
        "steps": offers(OCCASIONS, found, user, refused),
        "may_edit": holds and is_planned,
        "may_hold": holds and is_planned and not faults,
        "may_add_files": actions.add_files.may(found, user),
        "holds": holds,
        "to_draft": to_draft(found) if holds else (),
        "subjects": [one for tell in SUBJECTS for one in tell(found, user)],
        "papers": OF_OCCASION.of(found.pk).open_to(user),
        "changes": history_of(About.OCCASION, found.pk)[:50] if holds or may_see_store(user) else (),
    } | gallery(found)  # fmt: skip
    status = 422 if refused else 200
    return render(request, "awards/presentation/occasion.html", frame(request, "occasions", **shown), status=status)


occasion_step = step_view(OCCASIONS, find, _page)


# --- Planned and changed


@writers_only
def new_occasion(request):
    """Plan one; ``?dip=`` and ``?ngay=`` say for which day of the year."""
    near = {f"{row.day:%Y-%m-%d}": row for row in near_days(timezone.localdate())}
    chosen = near.get(request.GET.get("ngay", ""))
    initial = {"kind": chosen.kind, "name": chosen.name, "day": chosen.day} if chosen else {"day": timezone.localdate()}
    form = OccasionForm(request.POST or None, instance=Occasion(), initial=initial, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.plan(form.instance, by=request.user))
    ):
        messages.success(request, "Đã lập. Nay chọn khen thưởng để trao.")
        return redirect("choose_awards", form.instance.pk)
    form.instance.pk = None
    back = reverse("occasions")
    return form_page(
        request, form, "Lập lần trao thưởng", up=to("Trao thưởng", back), back=back, **frame(request, "occasions")
    )


def edit_occasion(request, pk):
    """Other facts."""
    found = _for(request, pk, actions.edit)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = OccasionForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        typed, seen = form.instance, form.seen
        if accepted(form, lambda: actions.edit(typed, by=request.user, seen_version=seen, typed=typed)):
            messages.success(request, "Đã lưu.")
            return redirect("occasion", pk)
    back = reverse("occasion", args=[pk])
    return form_page(
        request, form, "Sửa lần trao thưởng", up=to("Lần trao", back), back=back, **frame(request, "occasions")
    )


def _for(request, pk, step) -> Occasion:
    """An occasion for a page that takes ``step``; raises ``PermissionDenied`` for who never may."""
    found = find(request, pk)
    if told := step.stranger(found, request.user):
        raise PermissionDenied(told)
    return found


# --- Its awards


@require_POST
def change_awards(request, pk):
    """Take out what was ticked, or say which of it is given after death."""
    found = _for(request, pk, actions.leave_out)
    keys = chosen_keys(request.POST, "dong")
    step, told = (
        (actions.mark, "Đã ghi truy tặng.") if "mark" in request.POST else (actions.leave_out, "Đã bỏ khỏi lần trao.")
    )
    if attempted(request, lambda: step(found, by=request.user, keys=keys)):
        messages.success(request, told)
    return redirect("occasion", pk)


def hold_occasion(request, pk):
    """Who took each award."""
    found = _for(request, pk, actions.hold)
    if told := actions.hold.untimely(found, request.user) or " ".join(faults_of(found)):
        messages.error(request, told)
        return redirect(found)
    rows = rows_of(found)
    form = HoldForm(request.POST or None, occasion=found, rows=rows)
    if request.method == "POST" and form.is_valid():
        seen, taken = form.cleaned_data["version"], form.taken()
        if accepted(form, lambda: actions.hold(found, by=request.user, seen_version=seen, taken=taken)):
            messages.success(request, "Đã ghi kết quả trao. Nay soạn được biên bản.")
            return redirect(found)
    shown = frame(request, "occasions", up=to(found.name, found.get_absolute_url()), back=found.get_absolute_url())
    template = "awards/presentation/hold.html"
    return form_page(request, form, "Ghi kết quả trao", template=template, occasion=found, **shown)


def find_line(request, pk) -> Presented:
    """A line of an occasion that this person may see; else 404."""
    rows = Presented.objects.filter(occasion__in=Occasion.objects.visible_to(request.user).order_by().values("pk"))
    return get_object_or_404(rows.select_related("occasion__unit", "award"), pk=pk)


present_later = step_page(
    actions.receive_later, find_line, frame=lambda request, row: frame(request, "occasions", title=str(row.award))
)


# --- Photographs and papers

add_files = adding_page(actions.add_files, find, frame=lambda request, found: frame(request, "occasions"))
drop_file = dropping_view(actions.drop_file, find)


@require_POST
def write_paper(request, pk, name):
    """A draft of the programme, the script or the minutes."""
    found = _for(request, pk, actions.hold)
    if name not in dict(to_draft(found)):
        raise Http404
    return redirect(attempted(request, lambda: draft(found, name, by=request.user)) or found)


urlpatterns = [
    path("khen-thuong/hien-vat/trao/", OccasionList.as_view(), name="occasions"),
    path("khen-thuong/hien-vat/trao/lap/", new_occasion, name="new_occasion"),
    path("khen-thuong/hien-vat/trao/<int:pk>/", occasion, name="occasion"),
    path("khen-thuong/hien-vat/trao/<int:pk>/sua/", edit_occasion, name="edit_occasion"),
    path("khen-thuong/hien-vat/trao/<int:pk>/buoc/", occasion_step, name="occasion_step"),
    path("khen-thuong/hien-vat/trao/<int:pk>/dong/", change_awards, name="change_occasion_awards"),
    path("khen-thuong/hien-vat/trao/<int:pk>/ket-qua/", hold_occasion, name="hold_occasion"),
    path("khen-thuong/hien-vat/trao/dong/<int:pk>/nhan-sau/", present_later, name="present_later"),
    path("khen-thuong/hien-vat/trao/<int:pk>/tep/", add_files, name="add_occasion_files"),
    path("khen-thuong/hien-vat/trao/<int:pk>/tep/xoa/", drop_file, name="drop_occasion_file"),
    path("khen-thuong/hien-vat/trao/<int:pk>/soan/<slug:name>/", write_paper, name="write_occasion_paper"),
]

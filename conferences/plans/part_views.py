"""Parts of a plan: its levels, what conferences must contain, how many delegates each unit sends, also from Excel."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.steps.accepting import accepted, attempted
from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.pages import form_page
from units.templatetags.parts import to

from . import actions, quotas
from .filters import QuotaFilter
from .forms import LevelForm, QuotaFileForm, QuotaForm, ReasonForm, RequiredFormSet
from .models import Level
from .rules import level_of
from .views import closed_to, find, find_kept, frame


def _shown(plan, **more) -> dict:
    back = plan.get_absolute_url()
    return frame(plan, "plans") | {"up": to(plan.name, back), "back": back} | more


# --- Levels


def new_level(request, pk):
    """One level more."""
    found = find_kept(request, pk)
    return _level(request, found, Level(plan=found), "Thêm cấp tổ chức")


def edit_level(request, pk, key):
    """Other units or days for one."""
    found = find_kept(request, pk)
    return _level(request, found, get_object_or_404(found.levels, pk=key), "Sửa cấp tổ chức")


def _level(request, found, level, title):
    if answer := closed_to(request, found, actions.edit_levels):
        return answer
    form = LevelForm(request.POST or None, instance=level, plan=found)
    if request.method == "POST" and form.is_valid():
        seen, reason = form.cleaned_data["version"] or 0, form.cleaned_data.get("reason", "")
        rows = form.rows()
        if accepted(
            form, lambda: actions.edit_levels(found, by=request.user, seen_version=seen, rows=rows, reason=reason)
        ):
            messages.success(request, "Đã lưu cấp tổ chức.")
            return redirect(found)
    return form_page(request, form, title, **_shown(found))


def drop_level(request, pk, key):
    """Take one out, with a reason once the plan was issued."""
    found = find_kept(request, pk)
    level = get_object_or_404(found.levels, pk=key)
    if answer := closed_to(request, found, actions.edit_levels):
        return answer
    form = ReasonForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        rows = [row for row in found.levels.all() if row.pk != key]
        typed = {"seen_version": form.cleaned_data["version"], "reason": form.cleaned_data.get("reason", "")}
        if accepted(form, lambda: actions.edit_levels(found, by=request.user, rows=rows, **typed)):
            messages.success(request, "Đã bỏ cấp tổ chức.")
            return redirect(found)
    return form_page(request, form, f"Bỏ cấp «{level}»", save="Bỏ cấp này", icon="trash", **_shown(found))


# --- Contents


def edit_required(request, pk):
    """What conferences must contain, line by line."""
    found = find_kept(request, pk)
    if answer := closed_to(request, found, actions.edit_required):
        return answer
    required = list(found.required.all())
    names = {"key": "pk", "content": "words", "kind": "kind", "minutes": "minutes", "told_in": "told_in_id"}
    rows = [{name: getattr(row, path) for name, path in names.items()} for row in required]
    parts = [row for row in required if row.kind == row.Kind.PROGRAMME]
    form = ReasonForm(request.POST or None, plan=found)
    lines = RequiredFormSet(request.POST or None, initial=rows, form_kwargs={"parts": parts})
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        typed = {"rows": lines.required(), "reason": form.cleaned_data.get("reason", "")}
        seen = form.cleaned_data["version"]
        if accepted(form, lambda: actions.edit_required(found, by=request.user, seen_version=seen, **typed)):
            messages.success(request, "Đã lưu.")
            return redirect(found)
    template, shown = "conferences/plans/required.html", _shown(found, lines=lines)
    answer = form_page(request, form, "Nội dung, chương trình bắt buộc", template=template, **shown)
    answer.status_code = 422 if request.method == "POST" else 200
    return answer


# --- Quotas


class QuotaList(OfficeList):
    """The units that hold a conference by the plan, and how many delegates each sends up."""

    what = "đơn vị"
    filterset_class = QuotaFilter
    template_name = "conferences/plans/quotas.html"
    export_name = "so-dai-bieu"
    sorts = {"ten": ["sort_text"]}

    def setup(self, request, *args, **kwargs):
        """The plan, as far as this person may see it."""
        super().setup(request, *args, **kwargs)
        self.plan = find(request, kwargs["pk"])
        self.levels = list(self.plan.levels.all())
        self.keeps = actions.set_quotas.may(self.plan, request.user)

    @property
    def export_title(self):
        """What stands above the rows of the file."""
        return f"Số đại biểu của các đơn vị: {self.plan}"

    @property
    def columns(self):
        """What is told of a unit; its own number is changed from here."""
        return [
            Column("Đơn vị", "name", sort="ten", note=lambda row: getattr(level_of(self.levels, row), "name", "")),
            InFile(quotas.CODE, "code"),
            InFile("Cấp", lambda row: getattr(level_of(self.levels, row), "name", "")),
            Column("Theo cấp", self._of_level, look="points", label="Theo cấp"),
            Column("Số riêng", "own", file=quotas.NUMBER, look="points", label="Số riêng"),
            Column("Được cử", self._number, look="points", label="Được cử"),
            *([OnPage("", lambda row: row.pk)] if self.keeps else []),
        ]

    def _of_level(self, row):
        return quotas.number_of(self.levels, row, None)

    def _number(self, row):
        return quotas.number_of(self.levels, row, row.own)

    def get_queryset(self):
        """Of this plan alone."""
        self.queryset = quotas.with_numbers(self.plan, quotas.units_of(self.plan)).order_by("sort_text", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the plan, and the form of a file."""
        form = QuotaFileForm() if self.keeps else None
        shown = frame(self.plan, "quotas") | {"keeps": self.keeps, "file_form": form}
        return super().get_context_data(**shown, **kwargs)


def edit_quota(request, pk, key):
    """The number of one unit."""
    found = find_kept(request, pk)
    unit = get_object_or_404(quotas.with_numbers(found, quotas.units_of(found)), pk=key)
    if answer := closed_to(request, found, actions.set_quotas):
        return answer
    form = QuotaForm(request.POST or None, plan=found, initial={"number": unit.own})
    back = reverse("plan_quotas", args=[pk])
    if request.method == "POST" and form.is_valid():
        numbers, seen = {unit: form.cleaned_data["number"]}, form.cleaned_data["version"]
        if accepted(form, lambda: actions.set_quotas(found, by=request.user, seen_version=seen, numbers=numbers)):
            messages.success(request, f"Đã ghi số đại biểu của {unit}.")
            return redirect(back)
    shown = _shown(found) | {"up": to("Số đại biểu", back), "back": back}
    return form_page(request, form, f"Số đại biểu của {unit}", **shown)


@require_POST
def read_quotas(request, pk):
    """Numbers of a filled-in file: all that it says, or nothing where something in it is wrong."""
    found = find_kept(request, pk)
    form, read = QuotaFileForm(request.POST, request.FILES), []
    if form.is_valid() and accepted(form, lambda: read.append(quotas.read(form.cleaned_data["file"], found))):
        numbers, faults = read[0].numbers, read[0].faults
        if not faults:
            if attempted(request, lambda: actions.set_quotas(found, by=request.user, numbers=numbers)):
                messages.success(request, f"Đã đọc số đại biểu của {len(numbers)} đơn vị.")
            return redirect("plan_quotas", pk)
    shown = _shown(found) | {"file_form": form, "faults": read[0].faults if read else []}
    shown["up"] = to("Số đại biểu", reverse("plan_quotas", args=[pk]))
    return render(request, "conferences/plans/quota_file.html", shown, status=422)


urlpatterns = [
    path("hoi-nghi/ke-hoach/<int:pk>/cap/", new_level, name="new_level"),
    path("hoi-nghi/ke-hoach/<int:pk>/cap/<int:key>/", edit_level, name="edit_level"),
    path("hoi-nghi/ke-hoach/<int:pk>/cap/<int:key>/bo/", drop_level, name="drop_level"),
    path("hoi-nghi/ke-hoach/<int:pk>/noi-dung/", edit_required, name="edit_required"),
    path("hoi-nghi/ke-hoach/<int:pk>/so-dai-bieu/", QuotaList.as_view(), name="plan_quotas"),
    path("hoi-nghi/ke-hoach/<int:pk>/so-dai-bieu/<int:key>/", edit_quota, name="edit_quota"),
    path("hoi-nghi/ke-hoach/<int:pk>/so-dai-bieu/tep/", read_quotas, name="read_quotas"),
]

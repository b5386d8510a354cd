"""Plans: the list, the page of one, begun, changed, issued, closed; the next one from the last."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, state
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_write
from units.templatetags.parts import to

from ..log import About
from . import actions, papers
from .filters import PlanFilter
from .forms import PlanForm
from .models import OF_PLAN, Plan
from .rules import level_of


class PlanList(OfficeList):
    """Plans that one may see, the latest first."""

    what = "kế hoạch"
    filterset_class = PlanFilter
    template_name = "conferences/plans/plans.html"
    export_name = "ke-hoach-hoi-nghi"
    export_title = "Kế hoạch hội nghị, đại hội"
    columns = [
        Column("Kế hoạch", "name", main=True),
        Column("Đại hội của tỉnh lần thứ", "number", look="points", label="Lần thứ"),
        Column("Toàn quốc lần thứ", "national", look="points", label="Toàn quốc lần thứ"),
        Column("Văn bản", "document.name", label="Văn bản"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Plan.objects.visible_to(self.request.user).select_related("document__type")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(
            area="conferences", tab="plans", may_manage=may_manage(self.request.user), **kwargs
        )


def find(request, pk) -> Plan:
    """A plan that this person may see; else 404."""
    rows = Plan.objects.visible_to(request.user).select_related("document__type", "previous", "by__unit")
    return get_object_or_404(rows, pk=pk)


def find_kept(request, pk, step=actions.edit) -> Plan:
    """A plan for a page that takes ``step``; raises ``PermissionDenied`` for who never may."""
    found = find(request, pk)
    if told := step.stranger(found, request.user):
        raise PermissionDenied(told)
    return found


def closed_to(request, found, step):
    """The way back, with the reason told, where nobody takes ``step`` now; else None."""
    if told := step.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    return None


def frame(plan, tab="plan") -> dict:
    """What every page of a plan says of where it is."""
    return {"plan": plan, "area": "conferences", "tab": tab}


def plan(request, pk):
    """One plan: its levels, what conferences must contain, who is sent up, its paper."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user = request.user
    keeps, is_draft = actions.KEEPER.may(found, user), found.state == Plan.State.DRAFT
    required = list(found.required.select_related("told_in"))
    levels = list(found.levels.all())
    shown = frame(found) | {
        "levels": [(row, papers.kinds_of(row), papers.meeting_of(row)) for row in levels],
        "contents": [row for row in required if row.kind == row.Kind.CONTENT],
        "programme": [row for row in required if row.kind == row.Kind.PROGRAMME],
        "minutes": sum(row.minutes or 0 for row in required),
        "shares": list(found.shares.all()),
        "qualifying": actions.qualifying_of(found),
        "quotas": found.quotas.count(),
        "faults": actions.faults_of(found, levels) if keeps and is_draft else [],
        "outside": actions.outside(found) if keeps else 0,
        "keeps": keeps,
        "may_edit": keeps and found.state in actions.KEPT,
        "may_draft": keeps and is_draft,
        "may_begin_next": keeps and not is_draft and not found.next.exists(),
        "following": found.next.filter(pk__in=Plan.objects.visible_to(user).values("pk")).first(),
        "steps": offers(actions.STEPS, found, user, refused),
        "asked": _asked(found, levels, user),
        "papers": OF_PLAN.of(found.pk).open_to(user),
        "changes": history_of(About.PLAN, found.pk)[:50] if keeps else (),
    }
    return render(request, "conferences/plans/plan.html", shown, status=422 if refused else 200)


def _asked(found, levels, user) -> bool:
    """Whether it asks a conference of a unit that this person writes for; the room of conferences says which."""
    if found.state != Plan.State.ISSUED or not may_write(user):
        return False
    return level_of(levels, user.unit) is not None or (may_manage(user) and any(row.is_congress for row in levels))


plan_step = step_view(actions.STEPS, find, _page)


@managers_only
def new_plan(request):
    """Begin a plan with nothing before it."""
    form = PlanForm(request.POST or None, instance=Plan())
    if request.method == "POST" and form.is_valid():
        row, shares = form.instance, form.typed_shares()
        if accepted(form, lambda: actions.begin(row, by=request.user, shares=shares)):
            messages.success(request, "Đã lập. Nay ghi các cấp tổ chức và nội dung, chương trình.")
            return redirect(row)
        row.pk = None
    return _form(request, form, "Lập kế hoạch", reverse("plans"), to("Kế hoạch", "plans"))


def edit_plan(request, pk):
    """Other facts."""
    found = find_kept(request, pk)
    if answer := closed_to(request, found, actions.edit):
        return answer
    form = PlanForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        typed = {"typed": form.instance, "shares": form.typed_shares(), "reason": form.cleaned_data.get("reason", "")}
        if accepted(form, lambda: actions.edit(found, by=request.user, seen_version=form.seen, **typed)):
            messages.success(request, "Đã lưu.")
            return redirect("plan", pk)
    back = reverse("plan", args=[pk])
    return _form(request, form, "Sửa kế hoạch", back, to("Kế hoạch", back))


def _form(request, form, title, back, up):
    shown = {"up": up, "back": back, "area": "conferences", "tab": "plans"}
    return form_page(request, form, title, template="conferences/plans/plan_form.html", **shown)


@require_POST
def begin_next_plan(request, pk):
    """The plan of the next cycle, from this one."""
    found = find_kept(request, pk)
    new = attempted(request, lambda: actions.begin_next(found, by=request.user))
    if new:
        messages.success(request, "Đã lập kỳ sau: mọi ngày lùi năm năm. Hãy xem lại từng cấp trước khi ban hành.")
    return redirect(new or found)


@require_POST
def draft_plan(request, pk):
    """Have the paper of the plan drafted."""
    found = find_kept(request, pk)
    return redirect(attempted(request, lambda: papers.draft(found, by=request.user)) or found)


urlpatterns = [
    path("hoi-nghi/ke-hoach/", PlanList.as_view(), name="plans"),
    path("hoi-nghi/ke-hoach/lap/", new_plan, name="new_plan"),
    path("hoi-nghi/ke-hoach/<int:pk>/", plan, name="plan"),
    path("hoi-nghi/ke-hoach/<int:pk>/sua/", edit_plan, name="edit_plan"),
    path("hoi-nghi/ke-hoach/<int:pk>/buoc/", plan_step, name="plan_step"),
    path("hoi-nghi/ke-hoach/<int:pk>/ky-sau/", begin_next_plan, name="begin_next_plan"),
    path("hoi-nghi/ke-hoach/<int:pk>/soan/", draft_plan, name="draft_plan"),
]

"""The province's view of a plan: every unit with its conference as a list, as a map, as figures; the papers that follow."""

from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted
from units.columns import Column, InFile
from units.lists import OfficeList
from units.models import Unit
from units.permissions import may_manage, overseers_only

from ..changes.models import Change
from ..plans.models import Plan
from ..plans.views import find
from . import papers
from .filters import ProgressFilter
from .page import frame
from .results import figures_of
from .rules import asked_units, called, congress_of, event_of, late_words, standing_of
from .tiles import map_of

_KINDS = {kind.value: f"Đề nghị {kind.label.lower()} chờ quyết định" for kind in Change.Kind}


def _event(row, words):
    event = event_of(row)
    return words(event) if event else ""


def _page(row) -> str:
    event = event_of(row)
    return event.get_absolute_url() if event else row.get_absolute_url()


def _standing(row):
    return standing_of(_event(row, lambda event: event.state))


def _changes(row) -> str:
    """What was changed and why, in words."""
    told = [
        f"Rút gọn: {row.reduced_for}" if row.reduced_for is not None else "",
        f"Hoãn: {row.postponed_for}" if row.postponed_for is not None else "",
        _event(row, lambda event: event.stopped_for and f"Dừng: {event.stopped_for}"),
        _KINDS.get(row.flagged, ""),
    ]
    return "; ".join(filter(None, told))


def _late(row):
    return format_html('<span class="standing-note">{}</span>', late_words(row)) if row.is_late else ""


@method_decorator(overseers_only, name="dispatch")
class Progress(OfficeList):
    """Every unit that a plan asks, with its conference; a question for the page, however many there are."""

    what = "đơn vị"
    model = Unit
    filterset_class = ProgressFilter
    template_name = "conferences/overview/progress.html"
    paginate_by = 50
    export_name = "tinh-hinh-hoi-nghi"
    sorts = {"don-vi": ["sort_text"], "ngay": ["event__day"], "han": ["closes_on", "sort_text"]}

    @property
    def columns(self):
        """The names of windows are known with the plan."""
        names = {level.pk: level for level in self.told["levels"]}

        def level(row):
            return names[row.level_key].name if row.level_key in names else ""

        def window(row):
            return names[row.level_key].span if row.level_key in names else ""

        return [
            Column("Đơn vị", called, main=True, to=_page, sort="don-vi"),
            InFile("Loại đơn vị", "get_kind_display"),
            Column("Cấp", level, note=window, label="Cấp"),
            InFile("Thời gian theo kế hoạch", window),
            Column("Hình thức", lambda row: _event(row, lambda event: event.get_form_display()), label="Hình thức"),
            Column("Ngày", lambda row: _event(row, lambda event: event.day), sort="ngay", look="nowrap", label="Ngày"),
            InFile("Đến ngày", lambda row: _event(row, lambda event: event.until)),
            InFile("Địa điểm", lambda row: _event(row, lambda event: event.place)),
            Column("Tình hình", lambda row: _standing(row).label, shown=_standing, note=_late, label="Tình hình"),
            InFile("Quá hạn", late_words),
            Column("Thay đổi, lý do", _changes, label="Thay đổi"),
            InFile("Tổ chức ngày", lambda row: _event(row, lambda event: event.held_on)),
            InFile("Báo cáo ngày", lambda row: _event(row, lambda event: event.reported_on)),
        ]

    def setup(self, request, *args, **kwargs):
        """The plan, once a request."""
        super().setup(request, *args, **kwargs)
        self.told = None

    def dispatch(self, request, *args, **kwargs):
        """Find the plan."""
        self.told = frame(request, kwargs["pk"], "progress")
        self.export_title = f"Tình hình tổ chức: {self.told['plan']}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """As ``OfficeList``; the filter knows the windows."""
        rows = asked_units(self.told["plan"], self.told["levels"]).order_by("closes_on", "sort_text", "pk")
        self.filterset = ProgressFilter(
            self.request.GET or None, queryset=rows, request=self.request, levels=self.told["levels"]
        )
        rows, name = self.filterset.qs, self.request.GET.get("sap", "")
        if order := self.sorts.get(name.lstrip("-")):
            sign = "-" if name.startswith("-") else ""
            rows = rows.order_by(*(f"{sign}{field}" for field in order), "pk")
        return rows

    def get_context_data(self, **kwargs):
        """Adds the plan."""
        return super().get_context_data(**self.told, **kwargs)


@overseers_only
def plan_map(request, pk):
    """The communes of the province as tiles, each in the colour and under the letter of where it stands."""
    told = frame(request, pk, "map")
    shown = map_of(told["plan"], told["levels"])
    return render(
        request, "conferences/overview/map.html", told | {"map": shown, "address": reverse("plan_progress", args=[pk])}
    )


@overseers_only
def plan_figures(request, pk):
    """Figures by window and by form, the congress, and the papers that tell them."""
    told = frame(request, pk, "figures")
    plan, user = told["plan"], request.user
    shown = {
        "figures": figures_of(plan, told["levels"]),
        "congress": congress_of(plan, user),
        "papers": papers.SUMMARY.of(plan.pk).open_to(user),
        "reminders": papers.REMINDER.of(plan.pk).open_to(user),
        "may_write": may_manage(user) and plan.state != Plan.State.DRAFT,
    }
    return render(request, "conferences/overview/figures.html", told | shown)


@require_POST
@overseers_only
def write_summary(request, pk):
    """A draft of the summary report."""
    plan = find(request, pk)
    drafted = attempted(request, lambda: papers.draft_summary(plan, by=request.user))
    return redirect(drafted or reverse("plan_figures", args=[pk]))


@require_POST
@overseers_only
def remind_conferences(request, pk):
    """A draft of the letter to the units that are late."""
    plan = find(request, pk)
    drafted = attempted(request, lambda: papers.draft_reminder(plan, by=request.user))
    return redirect(drafted or reverse("plan_figures", args=[pk]))


@overseers_only
def this_plan(request):
    """The latest plan that was issued."""
    found = Plan.objects.visible_to(request.user).exclude(state=Plan.State.DRAFT).first()
    return redirect("plan_progress", found.pk) if found else redirect("plans")


urlpatterns = [
    path("hoi-nghi/theo-doi/", this_plan, name="this_plan_progress"),
    path("hoi-nghi/ke-hoach/<int:pk>/tinh-hinh/", Progress.as_view(), name="plan_progress"),
    path("hoi-nghi/ke-hoach/<int:pk>/ban-do/", plan_map, name="plan_map"),
    path("hoi-nghi/ke-hoach/<int:pk>/so-lieu/", plan_figures, name="plan_figures"),
    path("hoi-nghi/ke-hoach/<int:pk>/bao-cao/", write_summary, name="write_conference_summary"),
    path("hoi-nghi/ke-hoach/<int:pk>/don-doc/", remind_conferences, name="remind_conferences"),
]

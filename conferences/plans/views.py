"""Plans: the list, the page of one."""

from django.shortcuts import get_object_or_404, render
from django.urls import path

from units.columns import Column, state
from units.lists import OfficeList

from .filters import PlanFilter
from .models import Plan


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
        return super().get_context_data(area="conferences", tab="plans", **kwargs)


def find(request, pk) -> Plan:
    """A plan that this person may see; else 404."""
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("document__type", "previous"), pk=pk)


def plan(request, pk):
    """One plan: its levels, what conferences must contain, who is sent up."""
    found = find(request, pk)
    return render(request, "conferences/plans/plan.html", {"plan": found, "area": "conferences", "tab": "plans"})


urlpatterns = [
    path("hoi-nghi/ke-hoach/", PlanList.as_view(), name="plans"),
    path("hoi-nghi/ke-hoach/<int:pk>/", plan, name="plan"),
]

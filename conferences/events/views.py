"""Conferences: the list, the page of one."""

from django.shortcuts import render
from django.urls import path

from units.columns import Column, InFile, state
from units.lists import OfficeList

from .filters import EventFilter
from .models import Event
from .page import find, frame


class EventList(OfficeList):
    """Conferences that one may see, the latest first."""

    what = "hội nghị"
    filterset_class = EventFilter
    template_name = "conferences/events/events.html"
    export_name = "hoi-nghi"
    export_title = "Hội nghị, đại hội"
    sorts = {"ngay": ["day"], "don-vi": ["unit__sort_text"]}
    columns = [
        Column("Hội nghị", "name", main=True, note="get_form_display"),
        InFile("Hình thức", "get_form_display"),
        InFile("Loại", "get_kind_display"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        Column("Ngày", "span", sort="ngay", look="nowrap", label="Ngày"),
        Column("Địa điểm", "place", label="Tại"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Event.objects.visible_to(self.request.user).select_related("unit").order_by("-day", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(area="conferences", tab="conferences", **kwargs)


def conference(request, pk):
    """One conference."""
    found = find(request, pk)
    return render(request, "conferences/events/event.html", frame(request, found))


urlpatterns = [
    path("hoi-nghi/", EventList.as_view(), name="conferences"),
    path("hoi-nghi/<int:pk>/", conference, name="conference"),
]

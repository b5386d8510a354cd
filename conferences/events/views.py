"""Conferences: the list, the page of one, its steps, its photographs."""

from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from clusters.models import Activity
from documents.models import history_of
from documents.steps.pages import offers, step_page, step_view
from documents.uploads.views import adding_page, dropping_view, gallery
from units.columns import Column, InFile, OnPage, state
from units.lists import OfficeList
from units.permissions import may_oversee, may_write

from ..log import About
from . import actions, held, rules
from .actions import EVENTS
from .edit_views import begin_offers
from .filters import EventFilter
from .models import Event
from .page import MORE, find, frame, stopped


class EventList(OfficeList):
    """Conferences that one may see, the latest first."""

    what = "hội nghị"
    filterset_class = EventFilter
    template_name = "conferences/events/events.html"
    export_name = "hoi-nghi"
    export_title = "Hội nghị, đại hội"
    sorts = {"ngay": ["day"], "don-vi": ["unit__sort_text"]}
    columns = [
        Column("Hội nghị", "name", main=True),
        InFile("Hình thức", "get_form_display"),
        InFile("Loại", "get_kind_display"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        OnPage("Ngày", "span", sort="ngay", look="nowrap", label="Ngày"),
        InFile("Ngày", "day"),
        InFile("Đến ngày", "until"),
        InFile("Địa điểm", "place"),
        InFile("Người chủ trì", "chair"),
        InFile("Chức vụ người chủ trì", "chair_post"),
        InFile("Số người của đơn vị", "size"),
        InFile("Họp", "get_is_full_display"),
        InFile("Tổ chức ngày", "held_on"),
        InFile("Báo cáo ngày", "reported_on"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Event.objects.visible_to(self.request.user).select_related("unit").order_by("-day", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is, and what may be begun."""
        user = self.request.user
        shown = {"area": "conferences", "tab": "conferences", "may_begin": may_write(user), "asked": begin_offers(user)}
        return super().get_context_data(**shown, **kwargs)


def conference(request, pk):
    """One conference: facts, programme, people beside what was planned, what came of it."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user = request.user
    kept, headcounts = actions.KEEPING.may(found, user), list(found.headcounts.all())
    is_open = found.state in (Event.State.PLANNED, Event.State.ASKED)
    shown = frame(request, found) | stopped(request, found)
    shown |= {
        "timetable": rules.timetable(found, found.parts.select_related("required")),
        "headcounts": headcounts,
        "planned": sum(row.number for row in headcounts),
        "came": sum(row.came or 0 for row in headcounts),
        "cost": rules.cost_of(headcounts),
        "spent": rules.cost_of(headcounts, "came"),
        "organisers": found.organisers.all(),
        "faults": rules.faults_of(found) if is_open and (kept or may_oversee(user)) else [],
        "doubts": rules.doubts_about(found) if kept or may_oversee(user) else [],
        "activity": _activity(found, user),
        "steps": offers(EVENTS, found, user, refused),
        "may_change": actions.edit.may(found, user),
        "may_hold": held.hold.may(found, user) and found.day <= timezone.localdate(),
        "may_add_files": held.add_files.may(found, user),
        "changes": history_of(About.EVENT, found.pk)[:50] if kept or may_oversee(user) else (),
        "more": [one for tell in MORE for one in tell(found, user)],
    }
    shown |= gallery(found)
    return render(request, "conferences/events/event.html", shown, status=422 if refused else 200)


def _activity(found, user):
    """What its cluster logged, where this person may open that."""
    if found.activity_id is None:
        return None
    return Activity.objects.visible_to(user).select_related("cluster").filter(pk=found.activity_id).first()


conference_step = step_view(EVENTS, find, _page)
choose_form = step_page(actions.choose, find, frame=frame)
report = step_page(held.report, find, frame=frame)


# --- Photographs

add_files = adding_page(held.add_files, find, frame=frame)
drop_file = dropping_view(held.drop_file, find)

urlpatterns = [
    path("hoi-nghi/", EventList.as_view(), name="conferences"),
    path("hoi-nghi/<int:pk>/", conference, name="conference"),
    path("hoi-nghi/<int:pk>/buoc/", conference_step, name="conference_step"),
    path("hoi-nghi/<int:pk>/hinh-thuc/", choose_form, name="choose_conference_form"),
    path("hoi-nghi/<int:pk>/bao-cao/", report, name="report_conference"),
    path("hoi-nghi/<int:pk>/tep/", add_files, name="add_conference_files"),
    path("hoi-nghi/<int:pk>/tep/xoa/", drop_file, name="drop_conference_file"),
]

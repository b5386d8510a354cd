"""Activities: the lists of a cluster and of the year, one with its photographs, logged, reported, decided, made into papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, OnPage, state
from units.lists import OfficeList
from units.permissions import may_manage, overseers_only

from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as activities
from .actions import STEPS, faults_of
from .forms import ActivityFilter, ActivityForm, DivisionActivityFilter
from .models import OF_ACTIVITY, Activity, Attendance, Paper
from .papers import Period, draft_for, reports_of

Came = Attendance.Came


def _came(activity, came):
    """How many of the members came, were excused or were absent; reads prefetched rows."""
    return sum(row.came == came for row in activity.attendances.all())


def _came_of_all(activity):
    asked = len(activity.attendances.all())
    return f"{_came(activity, Came.PRESENT)}/{asked}" if asked else ""


def _kind_and_place(activity):
    kind = activity.get_kind_display()
    return ("" if activity.title == kind else kind) + (f" · {activity.place}" if activity.place else "")


class _ActivityList(OfficeList):
    """Activities that this person may read, the latest first; of the cluster or year that ``scope()`` of a subclass names."""

    what = "hoạt động"
    frame = "clusters/divisions/base.html"
    template_name = "clusters/activities/activities.html"
    sorts = {"ngay": ["held_on"], "loai": ["kind"], "cum": ["cluster__position"]}
    export_name = "hoat-dong-cum"
    columns = [
        InFile("Khối, cụm", "cluster"),
        Column("Ngày", "held_on", sort="ngay", look="nowrap"),
        OnPage("Khối, cụm", "cluster", sort="cum"),
        OnPage("Hoạt động", "title", main=True, note=_kind_and_place, sort="loai"),
        InFile("Hoạt động", "get_kind_display"),
        InFile("Tên gọi", "title"),
        InFile("Địa điểm", "place"),
        InFile("Chủ trì", "chair"),
        Column("Có mặt", lambda row: _came(row, Came.PRESENT), shown=_came_of_all, label="Có mặt", look="nowrap"),
        InFile("Vắng có lý do", lambda row: _came(row, Came.EXCUSED)),
        InFile("Vắng", lambda row: _came(row, Came.ABSENT)),
        InFile("Nội dung, kết luận", "decided"),
        Column("Trạng thái", state),
        InFile("Đơn vị ghi", "unit"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = self.scope().visible_to(self.request.user)
        self.queryset = rows.select_related("cluster__division", "unit").prefetch_related("attendances")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where it stands."""
        return super().get_context_data(area="clusters", tab="activities", **kwargs)


class ClusterActivities(_ActivityList):
    """What one cluster did, with its reports."""

    filterset_class = ActivityFilter

    def scope(self):
        """Of a cluster that this person may look into."""
        self.cluster = cluster_or_404(self.request, self.kwargs["pk"])
        self.export_title = f"Hoạt động của {self.cluster} năm {self.cluster.division.year}"
        return self.cluster.activities.all()

    def page_columns(self):
        """All are of this cluster."""
        return [column for column in super().page_columns() if column.sort != "cum"]

    def get_context_data(self, **kwargs):
        """Adds what who leads may do."""
        return super().get_context_data(
            cluster=self.cluster,
            division=self.cluster.division,
            leads=self.cluster.is_led_by(self.request.user),
            reports=reports_of(self.cluster, self.request.user),
            periods=Period.choices,
            **kwargs,
        )


@method_decorator(overseers_only, name="dispatch")
class DivisionActivities(_ActivityList):
    """What all clusters of a year did, for the department."""

    filterset_class = DivisionActivityFilter

    def scope(self):
        """Of the year."""
        self.division = division_or_404(self.request, self.kwargs["year"])
        self.export_title = f"Hoạt động của các cụm, khối thi đua năm {self.division.year}"
        return Activity.objects.filter(cluster__division=self.division)

    def get_context_data(self, **kwargs):
        """Adds the year."""
        return super().get_context_data(division=self.division, may_manage=may_manage(self.request.user), **kwargs)


def _find(request, pk) -> Activity:
    """An activity that this person may read; else 404."""
    rows = Activity.objects.visible_to(request.user).select_related(
        "cluster__division", "cluster__parent", "unit", "author"
    )
    return get_object_or_404(rows, pk=pk)


def leaders_only(request, cluster):
    """Raise ``PermissionDenied`` for whoever may read the cluster but writes nothing in it."""
    if not cluster.is_led_by(request.user):
        raise PermissionDenied(f"Hoạt động của {cluster} do đơn vị trưởng, phó trưởng ghi; đơn vị khác chỉ đọc.")


def activity(request, pk):
    """One activity: what it was, who came, its photographs and papers, what became of it."""
    return _page(request, _find(request, pk))


def _page(request, found, refused=None):
    """The page of an activity; ``refused`` is the form of a step that could not be taken, with its errors."""
    leads = found.cluster.is_led_by(request.user)
    attendances = list(found.attendances.select_related("membership__unit"))
    files = list(found.files.select_related("upload"))
    changes = list(history_of(About.ACTIVITY, found.pk))
    context = {
        "activity": found,
        "cluster": found.cluster,
        "division": found.cluster.division,
        "attendances": attendances,
        "counts": [(came.label, sum(row.came == came for row in attendances)) for came in Came],
        "elections": found.elections.select_related("membership__unit"),
        "pictures": [row for row in files if row.is_picture],
        "papers_kept": [row for row in files if not row.is_picture],
        "papers": OF_ACTIVITY.of(found.pk).open_to(request.user).order_by("pk"),
        "faults": faults_of(found) if activities.report.may(found, request.user) else [],
        "may_edit": activities.edit.may(found, request.user),
        "steps": offers(STEPS, found, request.user, refused),
        "may_decide": activities.acknowledge.may(found, request.user),
        "may_invite": leads and found.is_gathering and found.held_on >= timezone.localdate(),
        "may_minute": leads and found.is_gathering and found.held_on <= timezone.localdate(),
        "returned": next((row for row in changes if row.what == "return"), None) if found.state == "returned" else None,
        "changes": changes,
        "area": "clusters",
        "tab": "activities",
    }
    return render(request, "clusters/activities/activity.html", context, status=422 if refused else 200)


step = step_view(STEPS, _find, _page)


def new_activity(request, pk):
    """Log an activity of a cluster; ``?loai=`` says of which kind."""
    cluster = cluster_or_404(request, pk)
    leaders_only(request, cluster)
    kind = request.GET.get("loai", "")
    begun = Activity(cluster=cluster)
    form = ActivityForm(
        request.POST or None,
        request.FILES or None,
        instance=begun,
        initial={"held_on": timezone.localdate(), "kind": kind if kind in Activity.Kind.values else ""},
    )
    return _edit(request, form, cluster)


def edit_activity(request, pk):
    """Change what was logged."""
    found = _find(request, pk)
    leaders_only(request, found.cluster)
    if request.method == "GET" and (told := activities.edit.untimely(found, request.user)):
        messages.info(request, told)
        return redirect(found)
    form = ActivityForm(request.POST or None, request.FILES or None, instance=found)
    return _edit(request, form, found.cluster)


def _edit(request, form, cluster):
    """Show the form, or store what was typed; where it cannot be stored, everything typed comes back."""
    if request.method == "POST" and form.is_valid() and _stored(request, form):
        _tell_saved(request, form.instance)
        return redirect(form.instance)
    context = {"form": form, "cluster": cluster, "division": cluster.division, "area": "clusters", "tab": "activities"}
    return render(request, "clusters/activities/form.html", context, status=422 if form.errors else 200)


def _tell_saved(request, activity):
    """Say that it was stored; if it was to be reported, report it too."""
    if "report" not in request.POST:
        messages.success(request, "Đã lưu. Khi đã ghi đủ, hãy bấm «Báo cáo Sở Nội vụ».")
        return
    try:
        activities.report(activity, by=request.user)
        messages.success(request, "Đã lưu và báo cáo Sở Nội vụ.")
    except Refused:
        messages.warning(request, "Đã lưu, nhưng chưa báo cáo được. Xem chỗ còn thiếu ngay dưới, sửa rồi báo cáo.")


def _stored(request, form) -> bool:
    """Whether the activity was stored; what kept it from being so stands in the form."""
    parts, seen = form.parts(), form.seen
    stored = accepted(form, lambda: activities.save(form.instance, parts, by=request.user, seen_version=seen))
    if seen is None and not stored:
        # A transaction that failed leaves a key that nothing has.
        form.instance.pk = None
    return stored


# --- Papers

PAPERS = {"giay-moi": Paper.INVITATION, "bien-ban": Paper.MINUTES}


@require_POST
def write_paper(request, pk, name):
    """Have the invitation or the minutes drafted."""
    found = _find(request, pk)
    if name not in PAPERS:
        raise Http404
    leaders_only(request, found.cluster)
    return redirect(attempted(request, lambda: draft_for(found, PAPERS[name], by=request.user)) or found)

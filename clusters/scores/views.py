"""Scores: the list of a year, those of a cluster, one sheet in whichever column it is somebody's turn, files in and out."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import attempted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused, Stale
from units.columns import InFile, OnPage
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.permissions import managers_only, may_manage
from units.text import key_or_none

from ..criteria.actions import leaves_of, outline_of
from ..criteria.forms import WorkbookForm
from ..divisions.models import Cluster
from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as scoring
from . import excel as score_excel
from . import export as score_export
from . import on_paper as score_on_paper
from .forms import SheetForm
from .models import ScoreSheet
from .rules import OWN, SETTLE, STAGES, VERIFY, department_for, sums_of, total_of, turn_of

STALE = "Điểm bạn vừa ghi vẫn còn ở đây. Bấm Lưu lần nữa thì thay điểm của người kia; muốn xem điểm đó, mở lại trang."
FILES_LOST = "Tệp minh chứng vừa chọn chưa được lưu; hãy chọn lại."


class SheetFilter(DressedFilterSet):
    """Sheets by unit, cluster and step."""

    q = WordsFilter("Tìm đơn vị", "membership__unit", Unit.objects.all())
    cum = django_filters.ModelChoiceFilter(
        label="Cụm, khối", field_name="membership__cluster", queryset=Cluster.objects.none(), empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=ScoreSheet.State, empty_label="Tất cả")

    class Meta:
        model = ScoreSheet
        fields = ["q", "cum", "state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = self.queryset.order_by().values("membership__cluster")
        self.filters["cum"].queryset = Cluster.objects.filter(pk__in=shown).order_by("position", "pk")


class ScoreList(OfficeList):
    """The sheets of a year that a person may read."""

    what = "bảng điểm"
    filterset_class = SheetFilter
    template_name = "clusters/scores/scores.html"
    export_name = "bang-diem"
    sorts = {
        "cum": ["membership__cluster__position", "membership__unit__sort_text"],
        "ten": ["membership__unit__sort_text"],
        "diem": ["settled_total", "verified_total", "own_total"],
        "hang": ["rank"],
    }
    columns = [InFile("Cụm, khối", "membership.cluster"), *score_export.SUMMARY]
    columns.insert(2, OnPage("Cụm, khối", "membership.cluster", sort="cum", label="Cụm, khối"))

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.division = division_or_404(request, kwargs["year"])
        self.export_title = f"Bảng điểm các cụm, khối thi đua năm {self.division.year}"
        self.queryset = (
            ScoreSheet.objects.visible_to(request.user).filter(membership__division=self.division).with_names()
        )

    def get_context_data(self, **kwargs):
        """Adds what the heads of the page need."""
        may = {"may_manage": may_manage(self.request.user), "area": "clusters", "tab": "scores"}
        return super().get_context_data(division=self.division, **may, **kwargs)


@require_POST
@managers_only
def open_scoring(request, year):
    """Give every staying member its sheet."""
    division = division_or_404(request, year)
    opened = attempted(request, lambda: scoring.open_scoring(division, by=request.user))
    if opened is None:
        return redirect("scores", year)
    made, left_out = opened
    if left_out:
        named = "; ".join(f"{cluster} ({why})" for cluster, why in left_out.items())
        messages.warning(request, f"Chưa mở được cho: {named}. Hãy chọn loại cụm, duyệt bộ tiêu chí, rồi mở lại.")
    if made:
        messages.success(request, f"Đã mở {made} bảng điểm.")
    elif not left_out:
        messages.info(request, "Mọi đơn vị đã có bảng điểm.")
    return redirect("scores", year)


def cluster_scores(request, pk):
    """The members of a cluster with their totals and places; with ``?xuat=xlsx`` as a workbook that can be filled in."""
    cluster = cluster_or_404(request, pk)
    sheets = list(ScoreSheet.objects.filter(membership__cluster=cluster).with_names())
    if request.GET.get("xuat") == "xlsx":
        return score_export.write_scores(cluster, sheets, by=request.user)
    without = cluster.memberships.staying().filter(sheet=None).select_related("unit") if sheets else []
    context = {
        "cluster": cluster,
        "division": cluster.division,
        "sheets": sorted(sheets, key=lambda sheet: (sheet.rank is None, sheet.rank)) if sheets else [],
        "without": without,
        "may_manage": may_manage(request.user),
        "may_fill": cluster.role_of(request.user) or may_manage(request.user),
        "area": "clusters",
        "tab": "scores",
    }
    return render(request, "clusters/scores/cluster_scores.html", context)


# --- One sheet


def _sheet_or_404(request, pk) -> ScoreSheet:
    sheets = ScoreSheet.objects.visible_to(request.user).with_names().select_related("set__category")
    return get_object_or_404(sheets, pk=pk)


def sheet(request, pk):
    """One sheet: three columns beside each other; the one whose turn it is can be filled in by whoever it is."""
    found = _sheet_or_404(request, pk)
    if request.method != "POST":
        return _page(request, found)
    turn = turn_of(request.user, found, leaves_of(found.set))
    if turn is None:
        raise PermissionDenied(f"{found} đang ở bước «{found.get_state_display()}», không phải lượt của bạn.")
    form = SheetForm(turn, scoring.scores_of(found), request.POST, request.FILES)
    if form.is_valid() and _saved(request, found, form):
        return redirect(found)
    return _page(request, found, form=form)


def _seen(request) -> int | None:
    """The version that was on screen; None where none was posted, 0 for what is no version."""
    posted = request.POST.get("version")
    return (key_or_none(posted) or 0) if posted else None


def _saved(request, found, form) -> bool:
    """Whether the points were stored; ending the step, where asked for, comes after and is told by itself."""
    try:
        with transaction.atomic():
            stored = scoring.save(found, form.given(), by=request.user, seen_version=_seen(request))
            if form.paper and form.paper.cleaned_data["files"]:
                score_on_paper.attach(stored, by=request.user, seen_version=stored.version, **form.paper.cleaned_data)
    except Stale as stale:
        form.fault = f"{stale} {STALE}"
        form.version = stale.version
        return False
    except Refused as refused:
        form.add_refusal(refused)
        return False
    if "end" not in request.POST:
        messages.success(request, "Đã lưu điểm.")
        return True
    ended = attempted(request, lambda: scoring.end_step(stored, by=request.user, seen_version=stored.version))
    if ended:
        messages.success(request, f"Đã lưu. Bảng điểm nay ở bước «{ended.get_state_display()}».")
    return True


def _page(request, found, refused=None, *, form=None):
    """The page of a sheet; ``refused`` is the form of a step that was not taken, ``form`` the points that were not stored."""
    user, outline, scores = request.user, outline_of(found.set), scoring.scores_of(found)
    turn = turn_of(user, found, [row for row in outline if row.is_leaf])
    typed = form
    form = typed or (SheetForm(turn, scores) if turn else None)
    context = {
        "sheet": found,
        "cluster": found.membership.cluster,
        "division": found.membership.cluster.division,
        "lines": _lines(found, outline, scores, form),
        "totals": [_total(outline, scores, stage) for stage in STAGES],
        "turn": turn,
        "form": form,
        "own": turn is not None and turn.stage is OWN,
        "refused": typed,
        "files_lost": FILES_LOST if typed and any(request.FILES.values()) else "",
        "version": getattr(form, "version", found.version),
        "papers": found.papers.select_related("upload__by"),
        "steps": offers(scoring.STEPS, found, user, refused),
        "sees_cluster": Cluster.objects.visible_to(user).filter(pk=found.membership.cluster_id).exists(),
        "changes": history_of(About.SCORES, found.pk)[:100],
        "area": "clusters",
        "tab": "scores",
    }
    return render(request, "clusters/scores/sheet.html", context, status=422 if typed or refused else 200)


step = step_view(scoring.STEPS, _sheet_or_404, _page)


def _lines(found, outline, scores, form):
    """Each criterion with its three columns; a group with the sums of its parts."""
    sums = {stage: sums_of(outline, scores, stage) for stage in STAGES}
    for row in outline:
        score = scores.get(row.pk)
        row.score, row.form = score, form.rows.get(row.pk) if form else None
        row.verifies = row.form is not None and row.form.stage is VERIFY
        row.settles = row.form is not None and row.form.stage is SETTLE
        row.sums = [sums[stage].get(row.pk) for stage in STAGES]
        row.department = department_for(row, found)
        row.verified_differs = _differs(score, VERIFY)
        row.settled_differs = _differs(score, SETTLE)
    return outline


def _total(outline, scores, stage):
    """What a column comes to so far."""
    leaves = [row for row in outline if row.is_leaf]
    return total_of(leaves, {key: getattr(row, stage.points) for key, row in scores.items()})


def _differs(score, stage) -> bool:
    """Whether a column says something else than the one before."""
    points = getattr(score, stage.points) if score else None
    return points is not None and points != scoring.basis_of(score, stage)


# --- Files in


def import_scores(request, pk):
    """A filled-in workbook: read and shown as what will change and what is wrong; stored when that is confirmed."""
    cluster = cluster_or_404(request, pk)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context = {"cluster": cluster, "division": cluster.division, "form": form, "area": "clusters", "tab": "scores"}
    if "seal" in request.POST:
        return _confirmed(request, cluster, context)
    if request.method == "POST" and form.is_valid():
        try:
            preview = score_excel.read_scores(form.cleaned_data["file"], cluster, by=request.user)
            context["preview"] = preview
            if preview.changes and not preview.faults:
                context["seal"] = score_excel.sealed(preview, cluster, request.user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
    return render(request, "clusters/scores/import.html", context, status=422 if form.errors else 200)


def _confirmed(request, cluster, context):
    """Store what was previewed, or say why not."""
    try:
        count = score_excel.store(request.POST["seal"], cluster, by=request.user)
    except Refused as refused:
        context |= {"form": WorkbookForm(), "refusal": f"Chưa lưu gì. {refused}"}
        return render(request, "clusters/scores/import.html", context, status=422)
    messages.success(request, f"Đã lưu điểm của {count} bảng từ tệp Excel.")
    return redirect("cluster_scores", cluster.pk)

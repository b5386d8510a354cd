"""Scores: the list of a year, those of a cluster, one sheet in whichever column it is somebody's turn, files in and out."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.refusing import Refused, Stale
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.permissions import managers_only, may_manage
from units.text import key_or_none

from ..criteria.actions import outline_of
from ..criteria.forms import WorkbookForm
from ..divisions.models import Cluster
from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as scoring
from . import excel as score_excel
from . import export as score_export
from . import on_paper as score_on_paper
from .actions import OWN, SETTLE, STAGES, VERIFY
from .forms import ReasonForm, SheetForm
from .models import ScoreSheet

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

    filterset_class = SheetFilter
    template_name = "clusters/scores/scores.html"
    export_name = "bang-diem"
    sorts = {
        "cum": ["membership__cluster__position", "membership__unit__sort_text"],
        "ten": ["membership__unit__sort_text"],
        "diem": ["settled_total", "verified_total", "own_total"],
        "hang": ["rank"],
    }
    columns = [("Cụm, khối", lambda sheet: sheet.membership.cluster.name), *score_export.SUMMARY]

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
    try:
        made, left_out = scoring.open_scoring(division, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("scores", year)
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
    outline = outline_of(found.set)
    scores = scoring.scores_of(found)
    turn = scoring.turn_of(request.user, found, [row for row in outline if row.is_leaf])
    if request.method == "POST" and turn is None:
        raise PermissionDenied(f"{found} đang ở bước «{found.get_state_display()}», không phải lượt của bạn.")
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(turn, scores, *typed) if turn else None
    if typed and form.is_valid() and _saved(request, found, form):
        return redirect(found)
    status = 422 if typed else 200
    return render(
        request,
        "clusters/scores/sheet.html",
        _sheet_context(request, found, outline, scores, turn, form),
        status=status,
    )


def _seen(request) -> int | None:
    """The version that was on screen; None where none was posted, 0 for what is no version."""
    posted = request.POST.get("version")
    return (key_or_none(posted) or 0) if posted else None


def _saved(request, found, form) -> bool:
    """Whether the points were stored; ending the step, where asked for, comes after and is told by itself."""
    try:
        with transaction.atomic():
            stored = scoring.save(found, form.given(), by=request.user, seen=_seen(request))
            if form.paper and form.paper.cleaned_data["files"]:
                score_on_paper.attach(stored, by=request.user, seen=stored.version, **form.paper.cleaned_data)
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
    try:
        ended = scoring.end_step(stored, by=request.user, seen=stored.version)
        messages.success(request, f"Đã lưu. Bảng điểm nay ở bước «{ended.get_state_display()}».")
    except Refused as refused:
        messages.error(request, str(refused))
    return True


def _sheet_context(request, found, outline, scores, turn, form):
    user, state = request.user, found.state
    lost = bool(form and any(request.FILES.values()))
    return {
        "sheet": found,
        "cluster": found.membership.cluster,
        "division": found.membership.cluster.division,
        "lines": _lines(found, outline, scores, form),
        "totals": [_total(outline, scores, stage) for stage in STAGES],
        "turn": turn,
        "form": form,
        "own": turn is not None and turn.stage is OWN,
        "refused": request.method == "POST",
        "files_lost": FILES_LOST if lost else "",
        "version": getattr(form, "version", found.version),
        "reason_form": ReasonForm(),
        "may_give_back": scoring.may_give_back(user, found),
        "papers": found.papers.select_related("upload__by"),
        "may_take_over": may_manage(user) and state == ScoreSheet.State.SENT,
        "may_manage": may_manage(user),
        "sees_cluster": Cluster.objects.visible_to(user).filter(pk=found.membership.cluster_id).exists(),
        "changes": history_of(About.SCORES, found.pk)[:100],
        "area": "clusters",
        "tab": "scores",
    }


def _lines(found, outline, scores, form):
    """Each criterion with its three columns; a group with the sums of its parts."""
    sums = {stage: scoring.sums_of(outline, scores, stage) for stage in STAGES}
    for row in outline:
        score = scores.get(row.pk)
        row.score, row.form = score, form.rows.get(row.pk) if form else None
        row.verifies = row.form is not None and row.form.stage is VERIFY
        row.settles = row.form is not None and row.form.stage is SETTLE
        row.sums = [sums[stage].get(row.pk) for stage in STAGES]
        row.department = scoring.department_for(row, found)
        row.verified_differs = _differs(score, VERIFY)
        row.settled_differs = _differs(score, SETTLE)
    return outline


def _total(outline, scores, stage):
    """What a column comes to so far."""
    leaves = [row for row in outline if row.is_leaf]
    return scoring.total_of(leaves, {key: getattr(row, stage.points) for key, row in scores.items()})


def _differs(score, stage) -> bool:
    """Whether a column says something else than the one before."""
    points = getattr(score, stage.points) if score else None
    return points is not None and points != scoring.basis_of(score, stage)


_STEPS = {
    "tra-lai": (scoring.give_back, "Đã trả lại một bước."),
    "nhan-chot": (scoring.take_over, "Đã chuyển bảng điểm sang bước chốt."),
    "khong-xep-hang": (scoring.disqualify, "Đã ghi không xếp hạng."),
    "xep-hang-lai": (scoring.qualify, "Đơn vị được xếp hạng lại."),
}


@require_POST
def step(request, pk, act):
    """A step that needs a reason: giving back, taking over, leaving out of the ranking and back in."""
    found = _sheet_or_404(request, pk)
    if act not in _STEPS:
        raise Http404
    do, told = _STEPS[act]
    form = ReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(" ".join(form.errors["reason"]))
        do(found, by=request.user, seen=_seen(request), **form.cleaned_data)
        messages.success(request, told)
    except Stale as stale:
        messages.error(request, f"{stale} Hãy xem lại bảng điểm rồi làm lại nếu vẫn cần.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(found)


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
    return render(request, "clusters/scores/score_import.html", context, status=422 if form.errors else 200)


def _confirmed(request, cluster, context):
    """Store what was previewed, or say why not."""
    try:
        count = score_excel.store(request.POST["seal"], cluster, by=request.user)
    except Refused as refused:
        context |= {"form": WorkbookForm(), "refusal": f"Chưa lưu gì. {refused}"}
        return render(request, "clusters/scores/score_import.html", context, status=422)
    messages.success(request, f"Đã lưu điểm của {count} bảng từ tệp Excel.")
    return redirect("cluster_scores", cluster.pk)

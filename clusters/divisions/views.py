"""The division of a year: as it stands, arranged while it is a draft, announced, changed within the year."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import Change, history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.refusing import Refused
from units.excel_out import excel, heading_for
from units.models import Unit
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee
from units.templatetags.parts import link, to
from units.text import key_or_none

from ..log import About
from . import actions as dividing
from . import papers
from .forms import ClusterForm, DivisionForm, NoticeForm, first_of
from .models import Cluster, Division, Membership
from .rights import cluster_or_404, division_or_404

LIST_COLUMNS = [
    ("Khối", lambda row: str(row.cluster.parent or "")),
    ("Cụm, khối", lambda row: row.cluster.name),
    ("Đơn vị", lambda row: row.unit.name),
    ("Mã đơn vị", lambda row: row.unit.code),
    ("Là", lambda row: row.get_role_display()),
    ("Tham gia từ", lambda row: row.joined_on),
    ("Thôi tham gia từ", lambda row: row.left_on),
]


def home(request):
    """Where one's clusters are: the own one of the latest year; for the department this year's division."""
    divisions = Division.objects.visible_to(request.user)
    if not may_oversee(request.user):
        mine = Cluster.objects.visible_to(request.user).filter(memberships__unit=request.user.unit_id)
        latest = mine.order_by("-division__year").first()
        if latest:
            return redirect(latest)
    year = timezone.localdate().year
    current = divisions.filter(year=year).first() or divisions.first()
    if current:
        return redirect(current)
    return render(
        request,
        "clusters/divisions/none.html",
        {"year": year, "may_manage": may_manage(request.user), "area": "clusters"},
    )


def groups_of(division, *, staying=False):
    """The clusters as a page shows them: [(bloc or None, [cluster, …])], each with ``members`` in order.

    ``size`` of a cluster counts those that did not leave. Three queries.
    """
    members = Membership.objects.with_units()
    rows = division.clusters.select_related("parent", "category").prefetch_related(
        Prefetch("memberships", members.staying() if staying else members, to_attr="members")
    )
    clusters = list(rows)
    parts = {}
    for cluster in clusters:
        cluster.size = sum(row.left_on is None for row in cluster.members)
        parts.setdefault(cluster.parent_id, []).append(cluster)
    groups = []
    for cluster in parts.get(None, ()):
        if cluster.pk in parts:
            groups.append((cluster, parts[cluster.pk]))
        elif groups and groups[-1][0] is None:
            groups[-1][1].append(cluster)
        else:
            groups.append((None, [cluster]))
    return groups


def division(request, year):
    """The division of a year as its notice tells it; with ``?xuat=xlsx`` as a list."""
    found = division_or_404(request, year)
    if request.GET.get("xuat") == "xlsx":
        rows = Membership.objects.filter(division=found).with_units().select_related("cluster__parent")
        rows = rows.order_by("cluster__position", "unit__sort_text")
        heading = heading_for(request.user, f"Phân cụm, khối thi đua năm {year}")
        return excel(f"phan-cum-{year}", LIST_COLUMNS, rows, heading)
    context = {
        "division": found,
        "groups": groups_of(found),
        "years": Division.objects.visible_to(request.user).values_list("year", flat=True),
        "mine": set(Cluster.objects.visible_to(request.user).filter(division=found).values_list("pk", flat=True)),
        "may_manage": may_manage(request.user),
        "needs_notice": papers.needs_notice(found),
        "area": "clusters",
        "tab": "division",
    }
    if may_oversee(request.user):
        context |= {"unplaced": found.unplaced().count(), "faults": dividing.faults_of(found) if found.is_draft else []}
    return render(request, "clusters/divisions/division.html", context)


@managers_only
def begin(request):
    """A new division; made like the one of an earlier year unless one wants it empty."""
    latest = Division.objects.first()
    year = (latest.year + 1) if latest else timezone.localdate().year
    form = DivisionForm(
        request.POST or None, initial=first_of(year) | {"kinds": latest.kinds if latest else dividing.USUAL_KINDS}
    )
    if request.method == "POST" and form.is_valid():
        like = Division.objects.filter(year=key_or_none(request.POST.get("like")) or 0).first()
        form.instance.kinds = form.cleaned_data["kinds"]
        if accepted(form, lambda: dividing.begin(form.instance, by=request.user, like=like)):
            year = form.instance.year
            messages.success(request, f"Đã lập bảng phân cụm năm {year}. Hãy xếp các đơn vị rồi soạn thông báo.")
            return redirect("arrange", year)
    told = {"up": to("Cụm, khối thi đua", "clusters"), "back": "clusters", "area": "clusters"}
    told |= {"earlier": Division.objects.values_list("year", flat=True), "template": "clusters/divisions/begin.html"}
    return form_page(request, form, "Lập bảng phân cụm", **told)


@managers_only
def facts(request, year):
    """Dates, kinds of units and notes of a division."""
    found = division_or_404(request, year)
    form = DivisionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.instance.kinds = form.cleaned_data["kinds"]
        if accepted(form, lambda: dividing.change_facts(form.instance, by=request.user, seen_version=form.seen)):
            messages.success(request, "Đã lưu.")
            return redirect(found)
    return form_page(request, form, "Thông tin chung", up=link(found), back=found, area="clusters")


# --- Arranging a draft


@managers_only
def arrange(request, year):
    """The board on which units are moved: by dragging, or by choosing them and the cluster."""
    found = division_or_404(request, year)
    if not found.is_draft:
        messages.info(request, "Bảng này đã thông báo. Thay đổi trong năm ghi ở trang của từng cụm, khối.")
        return redirect(found)
    template = (
        "clusters/divisions/_board.html" if request.headers.get("HX-Request") else "clusters/divisions/arrange.html"
    )
    return render(request, template, _board(found))


def _board(division, refusal=""):
    """What the board shows."""
    return {
        "division": division,
        "groups": groups_of(division),
        "unplaced": division.unplaced(),
        "faults": dividing.faults_of(division),
        "doubts": dividing.doubts_on(division),
        "refusal": refusal,
        "area": "clusters",
        "tab": "arrange",
    }


@require_POST
@managers_only
def place(request, year):
    """Move units into a cluster, or out of theirs; answers with the board as it stands now."""
    found = division_or_404(request, year)
    pairs = [value.partition(":")[::2] for value in request.POST.getlist("unit")]
    seen = {key_or_none(unit): key_or_none(cluster) for unit, cluster in pairs if key_or_none(unit)}
    target = request.POST.get("cluster", "")
    cluster = get_object_or_404(found.clusters, pk=key_or_none(target) or 0) if target else None
    refusal = ""
    try:
        moved = dividing.place(found, Unit.objects.filter(pk__in=seen), cluster, by=request.user, seen=seen)
    except Refused as refused:
        refusal, moved = str(refused), 0
    if request.headers.get("HX-Request"):
        return render(request, "clusters/divisions/_board.html", _board(found, refusal))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, f"Đã chuyển {moved} đơn vị.")
    return redirect("arrange", year)


@managers_only
def edit_cluster(request, year, pk=None):
    """A new cluster of a draft, or one of its clusters with who leads it."""
    found = division_or_404(request, year)
    cluster = get_object_or_404(found.clusters, pk=pk) if pk else None
    form = ClusterForm(request.POST or None, instance=cluster, division=found)
    if request.method == "POST" and form.is_valid() and _stored(request, form):
        messages.success(request, f"Đã lưu {form.instance}.")
        return redirect("arrange", year) if found.is_draft else redirect(form.instance)
    board = reverse("arrange", args=[year])
    told = {
        "division": found,
        "cluster": cluster,
        "area": "clusters",
        "template": "clusters/divisions/edit_cluster.html",
    }
    told |= {
        "up": to(found, board if found.is_draft else found),
        "back": board if found.is_draft or not cluster else cluster,
    }
    return form_page(request, form, cluster or "Thêm khối, cụm", **told)


def _stored(request, form) -> bool:
    """Whether the cluster was stored with its leaders; what kept it from being so stands in the form."""
    seen = form.seen

    @transaction.atomic
    def store():
        dividing.save_cluster(form.instance, by=request.user, seen_version=seen)
        changed = [(row, role) for row, role in form.roles().items() if row.role != role]
        # Whoever leads no more goes first: a cluster has one leader at a time.
        for row, role in sorted(changed, key=lambda pair: pair[1] == Membership.Role.LEADER):
            dividing.name(row, role, by=request.user)

    return accepted(form, store)


@require_POST
@managers_only
def remove_cluster(request, year, pk):
    """Take an empty cluster out of a draft."""
    cluster = get_object_or_404(division_or_404(request, year).clusters, pk=pk)
    seen = key_or_none(request.POST.get("version", "")) or 0
    if attempted(request, lambda: dividing.remove_cluster(cluster, by=request.user, seen_version=seen)):
        messages.success(request, f"Đã xóa {cluster}.")
    return redirect("arrange", year)


# --- The notice


@managers_only
def announce(request, year):
    """Have the notice drafted, or name the one that was made outside the program."""
    found = division_or_404(request, year)
    if not papers.needs_notice(found):
        messages.info(request, f"Năm {found.year} đã có {found.notice.name}.")
        return redirect(found)
    form = NoticeForm(request.POST or None, user=request.user)
    if request.method == "POST" and "draft" in request.POST:
        draft = attempted(request, lambda: papers.draft_notice(found, by=request.user))
        return redirect(draft) if draft else redirect("announce", year)
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        if accepted(form, lambda: _announced(found, paper, request.user)):
            messages.success(request, f"Bảng phân cụm năm {found.year} có hiệu lực theo {paper.name}.")
            return redirect(found)
    context = {
        "division": found,
        "form": form,
        "faults": dividing.faults_of(found) if found.is_draft else [],
        "doubts": dividing.doubts_on(found),
        "drafts": papers.notices_of(found),
        "area": "clusters",
        "tab": "announce",
    }
    return render(request, "clusters/divisions/announce.html", context, status=422 if form.errors else 200)


def _announced(division, paper, by):
    if division.is_draft:
        dividing.put_in_force(division, by=by, notice=paper, day=paper.dated)
    else:
        dividing.change_notice(division, by=by, notice=paper)


def history(request, year):
    """Who changed what in a division, for the department."""
    found = division_or_404(request, year)
    rows = history_of(About.DIVISION, found.pk) if may_oversee(request.user) else Change.objects.none()
    context = {"division": found, "changes": rows[:500], "area": "clusters", "tab": "history"}
    return render(request, "clusters/divisions/history.html", context)


def cluster(request, pk):
    """One cluster: who is in it, who leads it since when, and what it has to do."""
    found = cluster_or_404(request, pk)
    members = list(found.memberships.with_units().prefetch_related("leaderships__paper__type"))
    parts = found.parts.annotate(size=Count("memberships", Q(memberships__left_on=None)))
    terms = sorted((term for row in members for term in row.leaderships.all()), key=lambda term: term.since)
    for row in members:
        for term in row.leaderships.all():
            term.unit = row.unit
    context = {
        "cluster": found,
        "division": found.division,
        "members": members,
        "terms": terms,
        "parts": parts,
        "size": sum(part.size for part in parts) or sum(row.left_on is None for row in members),
        "may_manage": may_manage(request.user),
        "area": "clusters",
        "tab": "cluster",
    }
    return render(request, "clusters/divisions/cluster.html", context)

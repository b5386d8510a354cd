"""Pacts: the lists, one pact with the steps of its life, its words, what each party promises, its sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.printing.showing import asked_way, made_pdf
from documents.steps.accepting import accepted
from documents.steps.pages import all_accepted, form_of, offers, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, OnPage, state, ticks
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee
from units.text import key_or_none

from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as pacts
from . import papers as pact_papers
from .filters import PactFilter
from .forms import USUAL_AIMS, USUAL_MEASURES, AimFormSet, OwnFiguresForm, PactForm, TargetFormSet
from .models import Pact, PactFile, Reached
from .parties import register as register_step
from .printing import is_long, print_by_worker
from .rules import SIGNED_STATES, STEPS, own_parties
from .signing import out_of_step

State = Pact.State


def find(request, pk) -> Pact:
    """A pact that this person may see, with its division and cluster."""
    rows = Pact.objects.visible_to(request.user)
    rows = rows.select_related("division__notice__type", "cluster__division", "cluster__parent")
    return get_object_or_404(rows, pk=pk)


def frame(request, pact) -> dict:
    """What every page of a pact says of where it is: tabs of the cluster, or of the year."""
    place = {"pact": pact, "division": pact.division, "cluster": pact.cluster}
    return place | {"may_manage": may_manage(request.user), "area": "clusters", "tab": "pacts"}


# --- Lists


def _is_waiting(pact):
    return pact.state in (State.SIGNED, State.SUBMITTED)


_CHOICE = ticks("giao-uoc", "chosen", "Chọn mọi giao ước chờ trình, chờ xác nhận trên trang này", offered=_is_waiting)


class PactList(OfficeList):
    """The pacts of a year that this person may see: that of the leaders first, then by cluster."""

    what = "giao ước"
    filterset_class = PactFilter
    template_name = "clusters/pacts/pacts.html"
    paginate_by = 50
    sorts = {"cum": ["cluster__position"], "ky": ["signed_on"]}
    columns = [
        InFile("Giao ước", "title"),
        InFile("Giữa", "of"),
        OnPage("Giao ước", "of", main=True, note="title", sort="cum"),
        Column("Trạng thái", state),
        OnPage("Đã ký", lambda row: f"{row.signed}/{row.asked}", label="Đã ký", look="nowrap"),
        InFile("Đã ký", "signed"),
        InFile("Số bên ký", "asked"),
        Column("Ký đủ", "signed_on", file="Ngày ký đủ", sort="ky", label="Ký đủ", look="nowrap"),
        OnPage("Hội đồng", lambda row: "", look="muted"),
        InFile("Tờ trình", lambda row: row.submission.name if row.submitted_on else ""),
        InFile("Ngày trình", "submitted_on"),
        InFile("Văn bản xác nhận", "confirmation.name"),
        InFile("Ngày xác nhận", "confirmed_on"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.division = division_or_404(self.request, self.kwargs["year"])
        self.export_name = f"giao-uoc-{self.division.year}"
        self.export_title = f"Giao ước thi đua năm {self.division.year}"
        rows = Pact.objects.visible_to(self.request.user).filter(division=self.division).with_counts()
        rows = rows.select_related("cluster", "submission__type", "confirmation__type")
        self.queryset = rows.order_by("cluster__position", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds which clusters have none yet, and whether the leaders' is still to be drafted."""
        user, division = self.request.user, self.division
        context = super().get_context_data(may_manage=may_manage(user), division=division, **kwargs)
        if may_oversee(user):
            missing = division.clusters.filter(parts=None, pacts=None)
            context["missing"] = list(missing.values_list("name", flat=True))
        context["choosable"] = may_manage(user) and any(_is_waiting(row) for row in context["page_obj"])
        if context["choosable"]:
            context["columns"].insert(0, _CHOICE)
        if may_manage(user) and not division.is_draft:
            context["may_begin"] = not Pact.objects.filter(division=division, cluster=None).exists()
        return context | {"area": "clusters", "tab": "pacts"}


@require_POST
@managers_only
def begin_leaders(request, year):
    """Draft the pact of the leaders of all clusters."""
    division = division_or_404(request, year)
    return _begun(request, division, None, redirect("pacts", year))


def of_cluster(request, pk):
    """The pact of a cluster; without one, the button that drafts it."""
    cluster = cluster_or_404(request, pk)
    if request.method == "POST":
        if not cluster.is_led_by(request.user):
            raise PermissionDenied(f"Chỉ trưởng, phó trưởng của {cluster} soạn được giao ước của cụm, khối này.")
        return _begun(request, cluster.division, cluster, redirect("cluster_pact", pk))
    found = Pact.objects.visible_to(request.user).filter(cluster=cluster).first()
    if found:
        return redirect(found)
    context = {"cluster": cluster, "division": cluster.division, "area": "clusters", "tab": "pacts"}
    return render(request, "clusters/pacts/none.html", context | {"may_begin": cluster.is_led_by(request.user)})


def _begun(request, division, cluster, otherwise):
    try:
        pact = pacts.begin(pact_papers.blank(division, cluster), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return otherwise
    messages.success(request, "Đã soạn giao ước với lời mẫu. Hãy ghi các chỉ tiêu rồi đưa ra ký.")
    return redirect("edit_pact", pact.pk)


# --- One pact


def pact(request, pk):
    """One pact: its words, its parties, what can be done next."""
    return _page(request, find(request, pk))


def _page(request, pact, refused=None):
    """The page; ``refused`` is the form of a step that could not be taken, with its errors."""
    user = request.user
    parties, files = parties_of(pact), list(pact.files.select_related("upload__by"))
    for row in parties:
        row.may_register = register_step.may(row, user)
        row.paper = next((file for file in files if file.party_id == row.pk and file.shows_signature), None)
    own = {row.pk for row in own_parties(pact, user)}
    steps = offers(STEPS, pact, user, refused)
    joined, gone = out_of_step(pact) if any(step.what == "renew" for step, _ in steps) else ((), ())
    context = frame(request, pact) | {
        "parties": parties,
        "signed": sum(row.signed_on is not None for row in parties),
        "asked": sum(not row.excuse for row in parties),
        "own": own,
        "to_register": [row for row in parties if row.pk in own and row.may_register],
        "targets": pact.targets.all(),
        "files": [row for row in files if row.about == PactFile.About.PACT],
        "steps": steps,
        "joined": joined,
        "gone": gone,
        "may_write": pacts.write.may(pact, user),
        "may_oversee": may_oversee(user),
        "shows_results": pact.state in SIGNED_STATES,
        "pending": pact.submission if pact_papers.is_being_submitted(pact) else None,
        "changes": history_of(About.PACT, pact.pk)[:100],
        "is_long": is_long(pact),
    }
    return render(request, "clusters/pacts/pact.html", context, status=422 if refused else 200)


step = step_view(STEPS, find, _page)


def parties_of(pact) -> list:
    """The parties with what they promise of their own. Three queries."""
    own = {}
    for row in Reached.objects.filter(party__pact=pact).exclude(planned=None).select_related("target"):
        own.setdefault(row.party_id, []).append(row)
    prefetch_related_objects(pact.all_parties, "aims")
    for row in pact.all_parties:
        row.own_figures = own.get(row.pk, [])
    return pact.all_parties


def edit(request, pk):
    """The words and the targets of a pact, on one page."""
    found = find(request, pk)
    if told := pacts.write.stranger(found, request.user):
        raise PermissionDenied(told)
    kept = [
        {"key": row.pk, "content": row.content, "measure": row.measure, "planned": row.planned}
        for row in found.targets.all()
    ]
    form = PactForm(request.POST or None, instance=found)
    lines = TargetFormSet(request.POST or None, initial=kept, prefix="chi-tieu")
    # Both are judged, so that everything wrong is told at once.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        typed = form.typed() | {"targets": lines.targets()}
        if accepted(form, lambda: pacts.write(found, by=request.user, **typed)):
            messages.success(request, "Đã lưu giao ước.")
            return redirect(found)
    context = frame(request, found) | {"form": form, "lines": lines, "measures": USUAL_MEASURES}
    wrong = form.errors or any(lines.errors)
    return render(request, "clusters/pacts/edit.html", context, status=422 if request.POST and wrong else 200)


def register(request, pk, party):
    """What one party aims at, and the figures of its own."""
    found = find(request, pk)
    row = party_or_404(found, party)
    if not register_step.may(row, request.user):
        raise PermissionDenied(
            "Danh hiệu, chỉ tiêu riêng do chính đơn vị, hoặc trưởng, phó trưởng cụm, khối ghi, trước khi đơn vị ký giao ước."
        )
    kept = [{"title": aim.title, "quantity": aim.quantity} for aim in row.aims.all()]
    aims = AimFormSet(request.POST or None, initial=kept, prefix="danh-hieu")
    form = OwnFiguresForm(request.POST or None, party=row, targets=list(found.targets.all()))
    if request.method == "POST" and all([aims.is_valid(), form.is_valid()]):
        typed = form.typed() | {"aims": aims.aims()}
        if accepted(form, lambda: register_step(row, by=request.user, **typed)):
            messages.success(request, f"Đã lưu đăng ký của {row}.")
            return redirect(found)
    context = frame(request, found) | {"party": row, "lines": aims, "form": form, "usual": USUAL_AIMS}
    wrong = form.errors or any(aims.errors)
    return render(request, "clusters/pacts/register.html", context, status=422 if request.POST and wrong else 200)


def party_or_404(pact, pk):
    """A party of ``pact``."""
    for row in pact.all_parties:
        if row.pk == pk:
            return row
    raise Http404


def sheet(request, pk):
    """The pact as PDF; a long one, which is asked for by a button, by a worker."""
    found = find(request, pk)
    if is_long(found):
        return redirect(print_by_worker(found, by=request.user) if request.method == "POST" else found)
    name = f"giao-uoc-{found.division.year}-{found.pk}"
    return made_pdf(request, lambda: pact_papers.pdf(found), name, found, how=asked_way(request))


def _chosen(request, division):
    """The pacts of ``division`` that were ticked."""
    keys = [key for key in request.POST.getlist("giao-uoc") if key_or_none(key)]
    return Pact.objects.filter(division=division, pk__in=keys).select_related("division", "cluster").order_by("pk")


@require_POST
@managers_only
def draft_submission(request, year):
    """Draft one submission to the council for the pacts that were chosen."""
    chosen = _chosen(request, division_or_404(request, year))
    try:
        document = pact_papers.draft_submission(chosen, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(chosen[0]) if len(chosen) == 1 else redirect("pacts", year)
    messages.success(request, "Đã soạn tờ trình. Giao ước chuyển sang «Đã trình Hội đồng» khi tờ trình được phát hành.")
    return redirect(document)


@require_POST
@managers_only
def confirm_chosen(request, year):
    """What the council said of several pacts in one paper."""
    division = division_or_404(request, year)
    chosen = list(_chosen(request, division).filter(state=State.SUBMITTED))
    if not chosen:
        messages.error(request, "Hãy chọn ít nhất một giao ước đã trình Hội đồng.")
        return redirect("pacts", year)
    form = form_of(pacts.confirm, chosen[0], request.user, request.POST if "act" in request.POST else None)
    if form.is_valid() and all_accepted(request, form, pacts.confirm, chosen):
        messages.success(request, f"Đã ghi xác nhận của Hội đồng cho {len(chosen)} giao ước.")
        return redirect("pacts", year)
    context = {"division": division, "chosen": chosen, "form": form, "area": "clusters"}
    return render(request, "clusters/pacts/confirm.html", context, status=422 if form.errors else 200)

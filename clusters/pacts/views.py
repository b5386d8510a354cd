"""Pacts: the lists, one pact with the steps of its life, its words, what each party promises, its sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from documents.typesetting.pdf import PackagesMissing
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee
from units.text import key_or_none

from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import (
    actions as pacts,
)
from . import (
    on_paper as pact_on_paper,
)
from . import (
    papers as pact_papers,
)
from . import (
    parties as pact_parties,
)
from . import (
    steps as pact_steps,
)
from .filters import PactFilter
from .forms import USUAL_AIMS, USUAL_MEASURES, AimFormSet, OwnFiguresForm, PactForm, TargetFormSet
from .models import Pact, PactFile, Reached
from .step_forms import form_of
from .steps import STEPS, Act

State = Pact.State


def find(request, pk) -> Pact:
    """A pact that this person may see, with its division and cluster."""
    rows = Pact.objects.visible_to(request.user)
    rows = rows.select_related("division__notice__type", "cluster__division", "cluster__parent", "submission__type")
    return get_object_or_404(rows.select_related("confirmation__type"), pk=pk)


def frame(request, pact) -> dict:
    """What every page of a pact says of where it is: tabs of the cluster, or of the year."""
    place = {"pact": pact, "division": pact.division, "cluster": pact.cluster}
    return place | {"may_manage": may_manage(request.user), "area": "clusters", "tab": "pacts"}


# --- Lists


class PactList(OfficeList):
    """The pacts of a year that this person may see: that of the leaders first, then by cluster."""

    filterset_class = PactFilter
    template_name = "clusters/pacts/pacts.html"
    paginate_by = 50
    sorts = {"cum": ["cluster__position"], "ky": ["signed_on"]}
    columns = [
        ("Giao ước", lambda row: row.title),
        ("Giữa", lambda row: row.of),
        ("Trạng thái", lambda row: row.get_state_display()),
        ("Đã ký", lambda row: row.signed),
        ("Số bên ký", lambda row: row.asked),
        ("Ngày ký đủ", lambda row: row.signed_on),
        ("Tờ trình", lambda row: row.submission.name if row.submitted_on else ""),
        ("Ngày trình", lambda row: row.submitted_on),
        ("Văn bản xác nhận", lambda row: row.confirmation.name if row.confirmation else ""),
        ("Ngày xác nhận", lambda row: row.confirmed_on),
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
        waits = (State.SIGNED, State.SUBMITTED)
        context["choosable"] = may_manage(user) and any(row.state in waits for row in context["page_obj"])
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
    return render(request, "clusters/pacts/pact_none.html", context | {"may_begin": cluster.is_led_by(request.user)})


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
    parties = parties_of(pact)
    steps = [act for act in STEPS if act in _TAKE and pact_steps.may(act, pact, user)]
    joined, gone = pacts.out_of_step(pact, parties) if Act.RENEW in steps else ((), ())
    if not joined and not gone:
        steps = [act for act in steps if act != Act.RENEW]
    files = list(pact.files.select_related("upload__by"))
    if not any(not row.void for row in files if row.about == PactFile.About.PACT):
        steps = [act for act in steps if act != Act.UNSCAN]
    if refused and refused.step not in steps:
        for errors in refused.errors.values():
            messages.error(request, " ".join(errors))
    for row in parties:
        row.may_register = pact_parties.may_register(row, user)
        row.paper = next((file for file in files if file.party_id == row.pk and file.shows_signature), None)
    own = {row.pk for row in pact_steps.own_parties(pact, user)}
    context = frame(request, pact) | {
        "parties": parties,
        "signed": sum(row.signed_on is not None for row in parties),
        "asked": sum(not row.excuse for row in parties),
        "own": own,
        "to_register": [row for row in parties if row.pk in own and row.may_register],
        "targets": pact.targets.all(),
        "files": [row for row in files if row.about == PactFile.About.PACT],
        "steps": [(act, refused if refused and refused.step == act else form_of(act, pact, user)) for act in steps],
        "joined": joined,
        "gone": gone,
        "may_write": pact_steps.may(Act.WRITE, pact, user),
        "may_oversee": may_oversee(user),
        "shows_results": pact.state in pact_steps.SIGNED_STATES,
        "pending": pact.submission if pact_papers.is_being_submitted(pact) else None,
        "changes": history_of(About.PACT, pact.pk)[:100],
    }
    return render(request, "clusters/pacts/pact.html", context, status=422 if refused else 200)


def parties_of(pact) -> list:
    """The parties with what they promise of their own. Three queries."""
    own = {}
    for row in Reached.objects.filter(party__pact=pact).exclude(planned=None).select_related("target"):
        own.setdefault(row.party_id, []).append(row)
    found = list(pact.parties.select_related("membership__unit").prefetch_related("aims"))
    for row in found:
        row.pact, row.own_figures = pact, own.get(row.pk, [])
    return found


# Each is asked with what its form says, by name, and the version that the person looked at.
_TAKE = {
    Act.OPEN: pacts.open_for_signing,
    Act.RENEW: pacts.renew,
    Act.TAKE_BACK: pacts.take_back,
    Act.SIGN: pact_parties.sign,
    Act.UNSIGN: pact_parties.unsign,
    Act.RECORD: pact_on_paper.record,
    Act.UNRECORD: pact_on_paper.unrecord,
    Act.SCAN: pacts.attach,
    Act.UNSCAN: pacts.detach,
    Act.SUBMIT: pacts.submit,
    Act.UNSUBMIT: pacts.unsubmit,
    Act.CONFIRM: pacts.confirm,
    Act.UNCONFIRM: pacts.unconfirm,
    Act.RETURN: pacts.give_back,
}


@require_POST
def step(request, pk):
    """Take a step; what kept it from being taken stands in its form."""
    found = find(request, pk)
    act = request.POST.get("act")
    if act not in _TAKE:
        raise Http404
    act = Act(act)
    if told := pact_steps.refusal(act, found, request.user):
        raise PermissionDenied(told)
    form = form_of(act, found, request.user, request.POST, request.FILES)
    if form.is_valid() and accepted(form, lambda: _TAKE[act](found, by=request.user, **form.facts())):
        messages.success(request, f"Đã ghi: {act.label[:1].lower()}{act.label[1:]}.")
        return redirect(found)
    return _page(request, find(request, pk), form)


def edit(request, pk):
    """The words and the targets of a pact, on one page."""
    found = find(request, pk)
    if told := pact_steps.refusal(Act.WRITE, found, request.user):
        raise PermissionDenied(told)
    kept = [
        {"key": row.pk, "content": row.content, "measure": row.measure, "planned": row.planned}
        for row in found.targets.all()
    ]
    form = PactForm(request.POST or None, instance=found)
    lines = TargetFormSet(request.POST or None, initial=kept, prefix="chi-tieu")
    # Both are judged, so that everything wrong is told at once.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]) and _saved(request, form, lines):
        messages.success(request, "Đã lưu giao ước.")
        return redirect(found)
    context = frame(request, found) | {"form": form, "lines": lines, "measures": USUAL_MEASURES}
    wrong = form.errors or any(lines.errors)
    return render(request, "clusters/pacts/pact_edit.html", context, status=422 if request.POST and wrong else 200)


def _saved(request, form, lines) -> bool:
    """Whether the words were stored."""
    seen = form.cleaned_data["version"]
    return accepted(form, lambda: pacts.save(form.instance, lines.targets(), by=request.user, seen_version=seen))


def register(request, pk, party):
    """What one party aims at, and the figures of its own."""
    found = find(request, pk)
    row = party_or_404(found, party)
    if not pact_parties.may_register(row, request.user):
        raise PermissionDenied(
            "Danh hiệu, chỉ tiêu riêng do chính đơn vị, hoặc trưởng, phó trưởng cụm, khối ghi, trước khi đơn vị ký giao ước."
        )
    kept = [{"title": aim.title, "quantity": aim.quantity} for aim in row.aims.all()]
    aims = AimFormSet(request.POST or None, initial=kept, prefix="danh-hieu")
    form = OwnFiguresForm(request.POST or None, party=row, targets=list(found.targets.all()))
    if request.method == "POST" and all([aims.is_valid(), form.is_valid()]) and _registered(request, row, aims, form):
        messages.success(request, f"Đã lưu đăng ký của {row}.")
        return redirect(found)
    context = frame(request, found) | {"party": row, "lines": aims, "form": form, "usual": USUAL_AIMS}
    wrong = form.errors or any(aims.errors)
    return render(request, "clusters/pacts/pact_register.html", context, status=422 if request.POST and wrong else 200)


def _registered(request, party, aims, form) -> bool:
    """Whether it was stored."""
    told = {"aims": aims.aims(), "figures": form.figures(), "seen_version": form.cleaned_data["version"]}
    return accepted(form, lambda: pact_parties.register(party, by=request.user, **told))


def party_or_404(pact, pk):
    """A party of ``pact``."""
    row = get_object_or_404(pact.parties.select_related("membership__unit"), pk=pk)
    row.pact = pact
    return row


def sheet(request, pk):
    """The pact as PDF."""
    found = find(request, pk)
    try:
        content = pact_papers.pdf(found)
    except PackagesMissing as missing:
        messages.error(request, str(missing))
        return redirect(found)
    inline = "inline" if request.GET.get("xem") else "attachment"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{inline}; filename="giao-uoc-{found.division.year}-{found.pk}.pdf"'
    return response


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
    form = form_of(Act.CONFIRM, chosen[0], request.user, request.POST if "act" in request.POST else None)
    if form.is_valid() and _all_confirmed(request, form, chosen):
        messages.success(request, f"Đã ghi xác nhận của Hội đồng cho {len(chosen)} giao ước.")
        return redirect("pacts", year)
    context = {"division": division, "chosen": chosen, "form": form, "area": "clusters"}
    return render(request, "clusters/pacts/pact_confirm.html", context, status=422 if form.errors else 200)


def _all_confirmed(request, form, chosen) -> bool:
    """Whether all were confirmed, each in the version that the page showed; where one cannot be, none is."""
    seen = set(request.POST.getlist("ban"))
    try:
        with transaction.atomic():
            for row in chosen:
                version = row.version if f"{row.pk}-{row.version}" in seen else 0
                pacts.confirm(row, by=request.user, **form.facts() | {"seen_version": version})
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, f"{row}: {refused}")
    return not form.errors

"""Ballots of clusters: prepared, voted and counted by a cluster, listed for the year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee, may_write

from ..divisions.models import Cluster
from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as ballots
from . import papers as ballot_papers
from .forms import BallotFilter, BallotForm, CancelForm, CountForm, VoteForm
from .models import Ballot, BallotPaper


def results_of(ballot) -> str:
    """Who was chosen, for a list."""
    if not ballot.is_counted:
        return ""
    chosen = [f"{row} ({row.agreed}/{ballot.entitled})" for row in ballot.candidates.all() if row.chosen]
    return "; ".join(chosen) or "Không có đơn vị nào"


class BallotList(OfficeList):
    """The ballots of a year, of those clusters that one sees."""

    filterset_class = BallotFilter
    template_name = "clusters/ballots/ballots.html"
    export_name = "bo-phieu"
    sorts = {"cum": ["cluster__position"], "ngay": ["held_on"], "danh-hieu": ["award"], "muc": ["state"]}
    columns = [
        ("Cụm, khối", lambda row: row.cluster.name),
        ("Danh hiệu, hình thức", lambda row: row.award),
        ("Vòng", lambda row: row.round),
        ("Ngày", lambda row: row.held_on),
        ("Cách bỏ phiếu", lambda row: row.get_method_display()),
        ("Trạng thái", lambda row: row.get_state_display()),
        ("Có quyền", lambda row: row.entitled),
        ("Thu về", lambda row: row.cast),
        ("Hợp lệ", lambda row: row.valid),
        ("Tỷ lệ tối thiểu (%)", lambda row: row.percent),
        ("Được giới thiệu", lambda row: "; ".join(str(candidate) for candidate in row.candidates.all())),
        ("Được đề nghị", results_of),
        ("Lý do hủy", lambda row: row.cancelled_for),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.division = division_or_404(self.request, self.kwargs["year"])
        self.export_title = f"Bỏ phiếu của các cụm, khối thi đua năm {self.division.year}"
        rows = Ballot.objects.visible_to(self.request.user).filter(cluster__division=self.division)
        self.queryset = rows.with_results().order_by("cluster__position", "-held_on", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the year."""
        for row in kwargs.get("object_list") or self.object_list:
            row.results = results_of(row)
        more = {"division": self.division, "may_manage": may_manage(self.request.user)}
        return super().get_context_data(area="clusters", tab="ballots", **more, **kwargs)


def of_cluster(request, pk):
    """The ballots of one cluster, and who may prepare one."""
    cluster = cluster_or_404(request, pk)
    rows = list(Ballot.objects.visible_to(request.user).filter(cluster=cluster).with_results())
    for row in rows:
        row.results = results_of(row)
    context = {"rows": rows, "is_led": cluster.is_led_by(request.user), "mine": _keys_of_mine(request.user)}
    return render(request, "clusters/ballots/ballots_of_cluster.html", _frame(cluster) | context)


def _keys_of_mine(user):
    return set(ballots.waiting_for(user).values_list("pk", flat=True))


def _frame(cluster):
    return {"cluster": cluster, "division": cluster.division, "area": "clusters", "tab": "ballots"}


# --- Who may


def _found(request, pk) -> Ballot:
    """A ballot that this person may see."""
    rows = Ballot.objects.visible_to(request.user).select_related(
        "cluster__division__notice", "cluster__parent", "activity", "previous", "counted_by"
    )
    return get_object_or_404(rows, pk=pk)


def _led(request, pk) -> Ballot:
    """A ballot that this person runs; who only sees it is told whose work that is."""
    ballot = _found(request, pk)
    _refuse_others(request, ballot.cluster)
    return ballot


def _refuse_others(request, cluster):
    if not cluster.is_led_by(request.user):
        raise PermissionDenied(
            f"Việc này do trưởng hoặc phó trưởng của {cluster} năm {cluster.division.year} làm. "
            "Cần thay đổi, hãy liên hệ đơn vị đó."
        )


def _done(request, ballot, words, act, *args, **named):
    """Do ``act`` and say so, or say why not; the ballot's page follows."""
    try:
        result = act(*args, **named, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(ballot)
    messages.success(request, words)
    return redirect(result or ballot)


# --- Prepared


def new(request, pk):
    """Prepare a ballot of a cluster."""
    cluster = cluster_or_404(request, pk)
    _refuse_others(request, cluster)
    year = cluster.division
    day = year.nearest(timezone.localdate())
    return _prepare(request, Ballot(cluster=cluster, held_on=day))


def edit(request, pk):
    """Change a ballot that was not opened yet."""
    ballot = _led(request, pk)
    if not ballot.is_draft:
        messages.error(request, "Cuộc bỏ phiếu đã mở nên không sửa được nữa.")
        return redirect(ballot)
    return _prepare(request, ballot)


def _prepare(request, ballot):
    form = BallotForm(request.POST or None, instance=ballot)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, "Đã lưu. Kiểm tra lại rồi bấm «Mở bỏ phiếu».")
        return redirect(form.instance)
    return _show(request, "clusters/ballots/ballot_edit.html", ballot, form)


def _saved(request, form) -> bool:
    """Whether the ballot was stored; what kept it from being so stands in the form."""
    lists = {"candidates": form.candidates, "voters": form.voters}
    return accepted(
        form, lambda: ballots.save(form.instance, by=request.user, seen_version=form.cleaned_data["version"], **lists)
    )


def _show(request, template, ballot, form, **context):
    context |= _frame(ballot.cluster) | {"ballot": ballot, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def remove(request, pk):
    """Take a draft away."""
    ballot = _led(request, pk)
    try:
        ballots.remove(ballot, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(ballot)
    messages.success(request, "Đã xóa bản chuẩn bị.")
    return redirect("cluster_ballots", ballot.cluster_id)


@require_POST
def open_ballot(request, pk):
    """Let votes be given."""
    ballot = _led(request, pk)
    return _done(request, ballot, "Đã mở bỏ phiếu.", ballots.open_ballot, ballot)


def ballot(request, pk):
    """A ballot: what is asked, who has voted, and after the count its result."""
    found = _found(request, pk)
    voters = list(found.voters.select_related("membership__unit"))
    voter = next((row for row in voters if row.membership.unit_id == request.user.unit_id), None)
    may_vote = voter and found.is_open and found.is_secret and may_write(request.user)
    is_led = found.cluster.is_led_by(request.user)
    context = _frame(found.cluster) | {
        "ballot": found,
        # The council sees what clusters voted, not the clusters.
        "may_open_cluster": Cluster.objects.visible_to(request.user).filter(pk=found.cluster_id).exists(),
        "candidates": found.candidates.select_related("membership__unit"),
        "voters": voters,
        "voter": voter,
        "may_vote": may_vote and not voter.voted_at,
        "voted": sum(row.voted_at is not None for row in voters),
        "is_led": is_led,
        "papers": ballot_papers.papers_of(found, request.user),
        "papers_to_draft": ballot_papers.missing_from(found) if is_led and found.is_counted else (),
        "later": found.next_rounds().visible_to(request.user).first(),
        "may_annul": found.is_counted and may_manage(request.user),
    }
    if found.is_draft:
        context["threshold"] = ballots.threshold_of(found)
    if found.has_figures:
        context["result"] = ballots.outcome_of(found)
    if is_led or may_oversee(request.user):
        context["changes"] = history_of(About.BALLOT, found.pk)
    return render(request, "clusters/ballots/ballot.html", context)


# --- Voted, counted


@never_cache
@sensitive_post_parameters()
def vote(request, pk):
    """Vote for the own unit: the paper, then a look at it, then the box. What was chosen never stands in an address."""
    found = _found(request, pk)
    try:
        voter = ballots.entitled(found, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    form = VoteForm(request.POST if request.method == "POST" else None, ballot=found)
    step = request.POST.get("step")
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["candidates"]
        if step == "cast":
            return _done(request, found, f"Đã bỏ phiếu của {voter}. Phiếu được giữ kín.", ballots.vote, found, chosen)
        if step != "back":
            return _show(request, "clusters/ballots/ballot_confirm.html", found, form, chosen=chosen, voter=voter)
    return _show(request, "clusters/ballots/ballot_vote.html", found, form, voter=voter)


def count(request, pk):
    """End the ballot: type what the board found on paper, or have the box counted."""
    ballot = _led(request, pk)
    if not ballot.is_open:
        messages.error(request, "Chỉ kiểm phiếu khi đang bỏ phiếu.")
        return redirect(ballot)
    if ballot.is_secret and request.method == "POST":
        return _done(request, ballot, "Đã kiểm phiếu.", ballots.count, ballot)
    form = CountForm(request.POST or None, ballot=ballot, initial={"issued": ballot.entitled})
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: ballots.count(ballot, by=request.user, figures=form.figures()))
    ):
        messages.success(request, "Đã ghi kết quả kiểm phiếu.")
        return redirect(ballot)
    context = {"silent": ballot.voters.filter(voted_at=None).select_related("membership__unit")}
    if ballot.is_secret:
        context["too_few"] = ballot.entitled - len(context["silent"]) < ballots.SECRET_FROM and ballots.SECRET_FROM
    return _show(request, "clusters/ballots/ballot_count.html", ballot, form, **context)


def cancel(request, pk):
    """End an open ballot without a result."""
    ballot = _led(request, pk)
    form = CancelForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: ballots.cancel(ballot, by=request.user, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, "Đã hủy cuộc bỏ phiếu.")
        return redirect(ballot)
    return _show(request, "clusters/ballots/ballot_cancel.html", ballot, form, heading="Hủy cuộc bỏ phiếu")


@managers_only
def annul(request, pk):
    """Declare the result of a count void."""
    ballot = _found(request, pk)
    if not ballot.is_counted:
        messages.error(request, "Chỉ hủy kết quả của cuộc bỏ phiếu đã kiểm phiếu.")
        return redirect(ballot)
    form = CancelForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: ballots.annul(ballot, by=request.user, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, "Đã hủy kết quả. Cụm, khối có thể chuẩn bị và bỏ phiếu lại.")
        return redirect(ballot)
    return _show(request, "clusters/ballots/ballot_cancel.html", ballot, form, heading="Hủy kết quả kiểm phiếu")


@require_POST
def next_round(request, pk):
    """Prepare a further round about what the count left open."""
    ballot = _led(request, pk)
    words = "Đã chuẩn bị vòng tiếp theo. Kiểm tra lại rồi bấm «Mở bỏ phiếu»."
    return _done(request, ballot, words, ballots.next_round, ballot)


@require_POST
def draft_paper(request, pk, kind):
    """Have the minutes or the submission drafted."""
    ballot = _led(request, pk)
    if kind not in BallotPaper.Kind.values:
        raise Http404
    return _done(request, ballot, "Đã soạn dự thảo.", ballot_papers.draft, ballot, kind)

"""Ballots of clusters: prepared, voted and counted by a cluster, listed for the year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.pages import step_page, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, muted, state
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee
from units.templatetags.desk import state as show_state

from ..divisions.models import Cluster
from ..divisions.rights import cluster_or_404, division_or_404
from ..log import About
from . import actions as ballots
from . import papers as ballot_papers
from .count import count as count_step
from .count import outcome_of
from .forms import BallotFilter, BallotForm, VoteForm
from .models import OF_BALLOT, Ballot
from .rules import SECRET_FROM, STEPS, leading, threshold_of, voter_of


def results_of(ballot) -> str:
    """Who was chosen, for a list."""
    if not ballot.is_counted:
        return ""
    chosen = [f"{row} ({row.agreed}/{ballot.entitled})" for row in ballot.candidates.all() if row.chosen]
    return "; ".join(chosen) or "Không có đơn vị nào"


def _award(ballot):
    """What is voted for, and in which round after the first."""
    round_ = format_html(' <span class="badge bg-purple-lt">vòng {}</span>', ballot.round) if ballot.round > 1 else ""
    return format_html("{}{}", ballot.award, round_)


def _method(ballot):
    return "Phiếu kín" if ballot.is_secret else "Phiếu giấy"


def _result(ballot):
    return format_html("{}{}", results_of(ballot), ballot.cancelled_for and muted(ballot.cancelled_for))


def _state_and_turn(ballot):
    """How it stands, and whether it waits for the reader's vote (``is_mine``)."""
    waits = getattr(ballot, "is_mine", False)
    shown = '{} <span class="badge bg-red-lt">chờ phiếu của đơn vị</span>' if waits else "{}"
    return format_html(shown, show_state(ballot))


# The columns of a ballot of one cluster.
OF_ONE = [
    Column("Danh hiệu, hình thức", "award", shown=_award, main=True, sort="danh-hieu"),
    InFile("Vòng", "round"),
    Column("Ngày", "held_on", sort="ngay", label="Ngày", look="nowrap"),
    Column(
        "Cách bỏ phiếu",
        "get_method_display",
        shown=lambda row: (row.is_secret and "Phiếu kín") or "Phiếu giấy",
        label="Cách",
    ),
    Column("Trạng thái", state, shown=_state_and_turn, sort="muc"),
    InFile("Có quyền", "entitled"),
    InFile("Thu về", "cast"),
    InFile("Hợp lệ", "valid"),
    InFile("Tỷ lệ tối thiểu (%)", "percent"),
    InFile("Được giới thiệu", lambda row: "; ".join(str(candidate) for candidate in row.candidates.all())),
    Column("Kết quả", results_of, file="Được đề nghị", shown=_result, label="Kết quả"),
    InFile("Lý do hủy", "cancelled_for"),
]


class BallotList(OfficeList):
    """The ballots of a year, of those clusters that one sees."""

    what = "cuộc bỏ phiếu"
    filterset_class = BallotFilter
    template_name = "clusters/ballots/ballots.html"
    export_name = "bo-phieu"
    sorts = {"cum": ["cluster__position"], "ngay": ["held_on"], "danh-hieu": ["award"], "muc": ["state"]}
    columns = [
        Column("Cụm, khối", "cluster", sort="cum", label="Cụm"),
        *OF_ONE,
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
        more = {"division": self.division, "may_manage": may_manage(self.request.user)}
        return super().get_context_data(area="clusters", tab="ballots", **more, **kwargs)


def of_cluster(request, pk):
    """The ballots of one cluster, and who may prepare one."""
    cluster = cluster_or_404(request, pk)
    rows = list(Ballot.objects.visible_to(request.user).filter(cluster=cluster).with_results())
    mine = set(ballots.waiting_for(request.user).values_list("pk", flat=True))
    for row in rows:
        row.is_mine = row.pk in mine
    context = {"rows": rows, "columns": OF_ONE, "is_led": cluster.is_led_by(request.user)}
    return render(request, "clusters/ballots/of_cluster.html", _frame(cluster) | context)


# --- One ballot


def _found(request, pk) -> Ballot:
    """A ballot that this person may see."""
    rows = Ballot.objects.visible_to(request.user).select_related(
        "cluster__division__notice", "cluster__parent", "activity", "previous", "counted_by"
    )
    return get_object_or_404(rows, pk=pk)


def ballot(request, pk):
    """A ballot: what is asked, who has voted, and after the count its result."""
    return _page(request, _found(request, pk))


def _page(request, found, refused=None):
    """The page; ``refused`` is the form of a step that could not be taken, with its errors."""
    user = request.user
    is_led = found.cluster.is_led_by(user)
    context = _frame(found.cluster) | {
        "ballot": found,
        "refused": refused,
        # The council sees what clusters voted, not the clusters.
        "may_open_cluster": Cluster.objects.visible_to(user).filter(pk=found.cluster_id).exists(),
        "may": [what for what, step in STEPS.items() if step.may(found, user)],
        "candidates": found.candidates.select_related("membership__unit"),
        "voters": found.all_voters,
        "voter": next((row for row in found.all_voters if row.membership.unit_id == user.unit_id), None),
        "voted": sum(row.voted_at is not None for row in found.all_voters),
        "papers": OF_BALLOT.of(found.pk).open_to(user),
        "papers_to_draft": ballot_papers.missing_from(found) if is_led and found.is_counted else (),
        "later": _seen_by(user, found.next_round),
    }
    if found.is_draft:
        context["threshold"] = threshold_of(found)
    if found.has_figures:
        context["result"] = outcome_of(found)
    if is_led or may_oversee(user):
        context["changes"] = history_of(About.BALLOT, found.pk)
    return render(request, "clusters/ballots/ballot.html", context, status=422 if refused else 200)


def _seen_by(user, later):
    """``later`` where ``user`` may look into it, or None."""
    return later if later and Ballot.objects.visible_to(user).filter(pk=later.pk).exists() else None


def _frame(cluster):
    return {"cluster": cluster, "division": cluster.division, "area": "clusters", "tab": "ballots"}


def _around(request, ballot):
    return _frame(ballot.cluster) | {"ballot": ballot}


def _count_around(request, ballot):
    """Who has not voted yet, and whether so few did that the count would tell who voted for whom."""
    silent = [row for row in ballot.all_voters if not row.voted_at]
    too_few = ballot.is_secret and ballot.entitled - len(silent) < SECRET_FROM and SECRET_FROM
    return _around(request, ballot) | {"silent": silent, "too_few": too_few}


step = step_view(STEPS, _found, _page)
next_round = step_view(STEPS, _found, _page, what="next_round", onward=lambda row: row.next_rounds().first())
count = step_page(count_step, _found, frame=_count_around, template="clusters/ballots/count.html")
cancel = step_page(ballots.cancel, _found, frame=_around)
annul = managers_only(step_page(ballots.annul, _found, frame=_around))


# --- Prepared


def new(request, pk):
    """Prepare a ballot of a cluster."""
    cluster = cluster_or_404(request, pk)
    _refuse_others(request, cluster, "Chuẩn bị bỏ phiếu")
    return _prepare(request, Ballot(cluster=cluster, held_on=cluster.division.nearest(timezone.localdate())))


def _refuse_others(request, cluster, what):
    if not cluster.is_led_by(request.user):
        raise PermissionDenied(f"Việc «{what}» do {leading(cluster)} làm. Cần thay đổi, hãy liên hệ nơi đó.")


def edit(request, pk):
    """Change a ballot that was not opened yet."""
    ballot = _found(request, pk)
    _refuse_others(request, ballot.cluster, ballots.edit.label)
    if told := ballots.edit.untimely(ballot, request.user):
        messages.error(request, told)
        return redirect(ballot)
    return _prepare(request, ballot)


def _prepare(request, ballot):
    form = BallotForm(request.POST or None, instance=ballot)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _stored(form, request.user)):
        messages.success(request, "Đã lưu. Kiểm tra lại rồi bấm «Mở bỏ phiếu».")
        return redirect(form.instance)
    return _show(request, "clusters/ballots/edit.html", ballot, form)


def _stored(form, user):
    if form.instance.pk:
        ballots.edit(form.instance, by=user, **form.typed())
    else:
        ballots.prepare(form.instance, by=user, **form.lists())


def _show(request, template, ballot, form, **context):
    context |= _around(request, ballot) | {"form": form}
    return render(request, template, context, status=422 if form.errors else 200)


# --- Voted


@never_cache
@sensitive_post_parameters()
def vote(request, pk):
    """Vote for the own unit: the paper, then a look at it, then the box. What was chosen never stands in an address."""
    found, user = _found(request, pk), request.user
    if told := ballots.vote.stranger(found, user) or ballots.vote.untimely(found, user):
        messages.error(request, told)
        return redirect(found)
    voter = voter_of(found, user)
    form = VoteForm(request.POST if request.method == "POST" else None, ballot=found)
    step = request.POST.get("step")
    if request.method == "POST" and form.is_valid():
        if step == "cast":
            words = f"Đã bỏ phiếu của {voter}. Phiếu được giữ kín."
            return _done(request, found, words, lambda: ballots.vote(found, by=user, **form.typed()))
        if step != "back":
            chosen = form.cleaned_data["candidates"]
            return _show(request, "clusters/ballots/confirm.html", found, form, chosen=chosen, voter=voter)
    return _show(request, "clusters/ballots/vote.html", found, form, voter=voter)


def _done(request, ballot, words, act):
    """Do ``act`` and say so, or say why not; what it gave follows, or the ballot's page."""
    try:
        result = act()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(ballot)
    messages.success(request, words)
    return redirect(result)


@require_POST
def draft_paper(request, pk, kind):
    """Have the minutes or the submission drafted."""
    ballot = _found(request, pk)
    _refuse_others(request, ballot.cluster, "Soạn văn bản")
    if kind not in ballot_papers.TYPES:
        raise Http404
    return _done(request, ballot, "Đã soạn dự thảo.", lambda: ballot_papers.draft(ballot, kind, by=request.user))

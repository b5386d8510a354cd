"""Decisions: the list, the page of one with what it gave, and the pages on which one that was made elsewhere is entered."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, state
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_manage, may_oversee

from ..catalogue.models import Route
from ..log import About
from ..records.models import Award, Decision
from . import actions, cancelling, returns
from .filters import DecisionFilter, LineFilter
from .forms import DecisionForm

State = Decision.State
FRAME = {"area": "decisions"}
# What rooms above write about a decision: functions (decision, user) → papers that the user may open.
PAPERS_ABOUT = []
# And what they show of it: functions (decision, user) → (template, what it shows), or None.
PARTS_ABOUT = []
# The same of one award: functions (award, user) → (template, what it shows), or None.
AWARD_PARTS = []


def find(request, pk) -> Decision:
    """A decision that this person may see; else 404."""
    rows = Decision.objects.read_by(request.user).select_related("office", "unit", "paper__type", "scan", "by__unit")
    return get_object_or_404(rows, pk=pk)


def _given(user):
    """How many rows of a decision this person may see."""
    rows = Award.objects.visible_to(user).filter(decision=OuterRef("pk")).order_by().values("decision")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _issuer(row) -> str:
    """Whose decision it is, as far as that is told."""
    return row.unit.name if row.unit else row.issuer


def _whose(row) -> str:
    """The body, which tells decisions apart better than what its head is called; the office where no body is told."""
    return _issuer(row) or row.office.name


class DecisionList(OfficeList):
    """Decisions that this person may see, the latest first."""

    what = "quyết định"
    filterset_class = DecisionFilter
    paginator_class = CappedPaginator
    template_name = "awards/decisions/decisions.html"
    export_name = "quyet-dinh-khen-thuong"
    export_title = "Quyết định khen thưởng"
    what = "quyết định"
    sorts = {"so": ["number"], "ngay": ["day"], "nguoi": ["office"]}
    columns = [
        Column(
            "Quyết định",
            lambda row: row.number or "(chưa có số)",
            file="Số, ký hiệu",
            main=True,
            note="subject",
            sort="so",
        ),
        Column("Ngày ký", "day", sort="ngay", label="Ngày ký", look="nowrap"),
        InFile("Trích yếu", "subject"),
        Column("Người quyết định", "office.name", shown=_whose, sort="nguoi", label="Của"),
        InFile("Cơ quan ban hành", _issuer),
        Column("Số dòng", "given", file="Số dòng khen thưởng", label="Số dòng", look="points"),
        Column("Trạng thái", state),
        InFile("Nguồn", "get_origin_display"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = self.rows(Decision.objects.visible_to(self.request.user))
        return super().get_queryset()

    def rows(self, decisions):
        """With what the list shows of them."""
        return decisions.select_related("office", "unit").annotate(given=_given(self.request.user))

    def get_paginator(self, *args, **kwargs):
        """Pages of keys, which have passed scope and filter; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = self.rows(Decision.objects)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        return super().get_context_data(**FRAME | {"may_manage": may_manage(self.request.user)} | kwargs)


class DecisionPage(OfficeList):
    """One decision: its facts, its list, its steps, what became of it. While it is entered, it leads on to its list."""

    what = "khen thưởng"
    filterset_class = LineFilter
    template_name = "awards/decisions/decision.html"
    what = "khen thưởng"
    sorts = {"so": ["position"], "ten": ["recipient__sort_text"], "nam": ["year"]}
    columns = [
        Column("STT", "position", sort="so", label="STT"),
        Column(
            "Người nhận", "name", main=True, note="post", sort="ten", to=lambda row: reverse("award", args=[row.pk])
        ),
        InFile("Chức vụ, đơn vị", "post"),
        InFile("Là", "recipient.get_kind_display"),
        Column("Danh hiệu, hình thức", "title", label="Được tặng"),
        Column("Năm", "year", file="Năm thành tích", sort="nam", label="Năm"),
        InFile("Từ năm", "first_year"),
        InFile("Loại hình", "get_route_display"),
        InFile("Thành tích", "deed"),
        Column("Tiền thưởng", "amount", file="Tiền thưởng (đồng)", label="Tiền thưởng", look="points"),
        InFile("Hủy từ ngày", "cancelled_on"),
    ]

    def get_queryset(self):
        """Of a decision that this person may see, those rows that it may."""
        self.decision = find(self.request, self.kwargs["pk"])
        self.export_name = f"quyet-dinh-{self.decision.pk}"
        self.export_title = f"Danh sách khen thưởng kèm {self.decision} ngày {self.decision.day:%d/%m/%Y}"
        rows = Award.objects.read_by(self.request.user).filter(decision=self.decision)
        self.queryset = rows.select_related("type", "recipient", "unit").order_by("position")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the decision with its steps; the log is for those who see all of it."""
        context = super().get_context_data(**kwargs)
        return context | _frame(self.request, self.decision, self.refused) | {"page_rows": context["page_obj"]}


def _frame(request, decision, refused=None):
    user = request.user
    entry = getattr(decision, "entry", None) if decision.state == State.DRAFT else None
    return FRAME | {
        "decision": decision,
        "entry": entry,
        "route": Route(entry.route).label if entry else "",
        "steps": offers(actions.STEPS, decision, user, refused),
        "may_manage": may_manage(user),
        "losses": cancelling.losses_of(decision, user),
        "parts": [found for part in PARTS_ABOUT if (found := part(decision, user))],
        "papers": [paper for papers in PAPERS_ABOUT for paper in papers(decision, user)],
        "doubles": actions.doubles_of(decision).count() if may_manage(user) and not entry else 0,
        "clears_on": entry and timezone.localdate(entry.changed_at + actions.KEPT),
        "changes": history_of(About.DECISION, decision.pk)[:50] if may_oversee(user) else (),
    }


def _page(request, decision, refused=None):
    """The page of a decision with a step that was not taken."""
    return DecisionPage.again(request, refused, pk=decision.pk)


step = step_view(actions.STEPS, find, _page)


# --- Writing


@managers_only
def new_decision(request):
    """Begin to enter a decision that was made elsewhere."""
    today = timezone.localdate()
    return _edit(request, Decision(), {"year": today.year - 1})


@managers_only
def edit_decision(request, pk):
    """Other facts of a decision whose list is not stored yet."""
    found = find(request, pk)
    if found.is_being_made:
        return redirect(found)
    if found.state != State.DRAFT:
        messages.warning(
            request, "Quyết định này đã lưu nên không sửa được. Ghi nhầm thì gỡ cả danh sách rồi nhập lại."
        )
        return redirect(found)
    return _edit(request, found, {})


def _edit(request, decision, initial):
    is_new = decision.pk is None
    form = DecisionForm(
        request.POST or None, request.FILES or None, instance=decision, initial=initial, user=request.user
    )
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _save(request, form, is_new)):
        messages.success(request, "Đã lưu quyết định. Nay ghi danh sách kèm theo.")
        onward = "list_file" if "excel" in request.POST else "type_list" if is_new else "decision"
        return redirect(onward, decision.pk)
    if is_new and form.errors:
        decision.pk = None
    context = FRAME | {"form": form, "decision": None if is_new else find(request, decision.pk)}
    return render(request, "awards/decisions/decision_form.html", context, status=422 if form.errors else 200)


def _save(request, form, is_new):
    scan = next(iter(form.cleaned_data["scan"] or ()), None)
    if is_new:
        actions.begin(form.instance, by=request.user, shared=form.shared(), scan=scan)
    else:
        told = {"typed": form.instance, "shared": form.shared(), "scan": scan}
        actions.edit(form.instance, by=request.user, seen_version=form.seen, **told)


# --- One award


def find_award(request, pk) -> Award:
    """A row of a decision that this person may see; else 404."""
    rows = Award.objects.read_by(request.user).select_related("decision__office", "recipient", "type", "unit")
    return get_object_or_404(rows, pk=pk)


def award(request, pk):
    """One row of a decision: what was given, its cancellation, the steps."""
    return _award_page(request, find_award(request, pk))


def _award_page(request, found, refused=None):
    user = request.user
    seen = may_oversee(user)
    # Its steps ask for them as well.
    found.cancellations_read = returns.cancellations_of(found)
    context = FRAME | {
        "award": found,
        "decision": found.decision,
        "cancellations": found.cancellations_read,
        "corrections": found.corrections.exclude(day=None).order_by("-day", "-pk"),
        "steps": offers(cancelling.AWARD_STEPS, found, user, refused),
        "parts": [shown for part in AWARD_PARTS if (shown := part(found, user))],
        "may_manage": may_manage(user),
        "changes": history_of(About.DECISION, found.decision_id).filter(of=found.pk)[:50] if seen else (),
    }
    return render(request, "awards/decisions/award.html", context, status=422 if refused else 200)


award_step = step_view(cancelling.AWARD_STEPS, find_award, _award_page)

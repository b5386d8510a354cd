"""Decisions made here: nominations that wait for one, a draft with its list, its papers; one row of it; a result that came."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.areas.papers import name_of
from documents.models import Document, history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, OnPage, chosen_keys, ticks, toned
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee, overseers_only
from units.text import key_or_none

from ..catalogue.book import book_of, called
from ..eligibility.words import dotted
from ..log import About
from ..nominations.line_views import find_line
from ..nominations.models import Nomination
from ..records.models import Decision
from . import actions, lines, papers
from .filters import DraftFilter, WaitingFilter
from .forms import ComposeForm, ResultForm
from .giving import money_of
from .models import OF_DECISION, Paper
from .naming import counted
from .rules import decidable, doubts_of, in_order, unconfirmed, with_all

FRAME = {"area": "deciding"}
# So many that could not go are named in a message; more have a page.
MANY_LEFT = 5


def drafts_for(user):
    """Decisions that are made here and were not issued yet, of which this person may see."""
    rows = Decision.objects.filter(origin=Decision.Origin.MADE, state=Decision.State.DRAFT)
    return rows.select_related("office", "unit", "draft") if may_oversee(user) else rows.none()


def find(request, pk) -> Decision:
    """A draft that this person may see; else 404."""
    return get_object_or_404(drafts_for(request.user), pk=pk)


class WaitingList(OfficeList):
    """Nominations that may be decided on; those that are ticked go into draft decisions."""

    what = "đề nghị"
    filterset_class = WaitingFilter
    template_name = "awards/issuing/waiting.html"
    paginate_by = 100
    export_name = "cho-quyet-dinh"
    export_title = "Đề nghị khen thưởng chờ quyết định"
    sorts = {"ten": ["recipient__sort_text"], "don-vi": ["dossier__unit__sort_text"]}
    columns = [
        Column("Người được đề nghị", "name", main=True, note="post", sort="ten"),
        InFile("Chức vụ, đơn vị", "post"),
        Column("Danh hiệu, hình thức", lambda row: called(row.type), label="Đề nghị"),
        Column("Loại hình", "dossier.get_route_display", note="dossier.year", label="Loại hình"),
        Column("Đơn vị đề nghị", "dossier.unit", sort="don-vi", label="Đơn vị"),
        Column("Từ ngày", "since", label="Từ ngày", look="nowrap"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = with_all(in_order(decidable(self.request.user)))
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the drafts that there are, and the form that makes another one of the rows that are ticked."""
        context = super().get_context_data(**FRAME, **kwargs)
        if may_manage(self.request.user) and (self.refused or context["page_obj"].object_list):
            boxes = ticks(
                "chosen", "compose", "Chọn mọi đề nghị trên trang này", chosen=getattr(self.refused, "chosen", ()),
                called=lambda row: row.name,
            )  # fmt: skip
            context["columns"] = [boxes, *context["columns"]]
            context["form"] = self.refused or ComposeForm()
        drafts = list(drafts_for(self.request.user)[:30])
        return context | {"drafts": drafts}


waiting = overseers_only(WaitingList.as_view())


@managers_only
@require_POST
def compose(request):
    """Draft decisions of the ticked rows, or of all that the filter gives."""
    form = ComposeForm(request.POST)
    form.chosen = chosen_keys(request.POST, "chosen")
    done = []
    if not (form.is_valid() and accepted(form, lambda: done.append(_compose(request, form)))):
        return WaitingList.again(request, form)
    ((decisions, left),) = done
    words = f"Đã lập {len(decisions)} dự thảo quyết định."
    onward = decisions[0].get_absolute_url() if len(decisions) == 1 else reverse("deciding")
    if len(left) > MANY_LEFT:
        return render(request, "awards/left_out.html", FRAME | {"left": left, "done": words, "onward": onward})
    if left:
        messages.warning(request, f"{len(left)} đề nghị không đưa vào được: {' '.join(left)}")
    messages.success(request, words)
    return redirect(onward)


def _compose(request, form):
    """(decisions, what was left out) of what was ticked, or of all that the filter gives. Raises ``Refused``."""
    keys = form.chosen
    if form.cleaned_data["all"]:
        found = WaitingFilter(request.GET, queryset=decidable(request.user), request=request)
        keys = found.qs.values_list("pk", flat=True)
    typed = {name: form.cleaned_data[name] for name in ("day", "deed", "apart", "own_head")}
    return actions.compose(list(keys), by=request.user, **typed)


# --- One draft


def _said(row):
    said = getattr(row, "name_check", None)
    return said.State(said.state) if said else None


class DraftPage(OfficeList):
    """The draft of a decision: its list in the order of the paper, what is to be looked at in each row, its papers, its steps."""

    what = "dòng"
    filterset_class = DraftFilter
    template_name = "awards/issuing/draft.html"
    paginate_by = 50
    sorts = {"ten": ["recipient__sort_text"]}
    columns = [
        Column("Người, tập thể", "name", main=True, note="post", sort="ten",
               to=lambda row: reverse("draft_row", args=[row.pk])),
        InFile("Chức vụ, đơn vị", "post"),
        Column("Danh hiệu, hình thức", lambda row: called(row.type), label="Tặng"),
        InFile("Thành tích", "deed"),
        InFile("Đơn vị đề nghị", "dossier.unit"),
        Column("Tiền thưởng", lambda row: row.prize, file="Tiền thưởng (đồng)", label="Tiền", look="points"),
        OnPage("Cần xem", lambda row: toned("late", " ".join(row.doubts)) if row.doubts else "", label="Cần xem"),
        Column("Xác nhận tên", _said, label="Tên"),
    ]  # fmt: skip

    def get_queryset(self):
        """The rows of a draft that this person may see."""
        self.decision = find(self.request, self.kwargs["pk"])
        self.export_name = f"du-thao-quyet-dinh-{self.decision.pk}"
        self.export_title = f"Dự thảo quyết định {self.decision.subject}"
        self.queryset = actions.rows_of(self.decision)
        return super().get_queryset()

    def file_rows(self):
        """The rows of the file, each with its prize."""
        return self._with_money(list(self.get_queryset()))

    def _with_money(self, rows):
        money = money_of(self.decision, rows)
        for row in rows:
            row.prize = money[row.pk].prize.amount if money[row.pk].is_paid else None
        return rows

    def get_context_data(self, **kwargs):
        """Adds doubts and money of all rows, papers, steps."""
        context, decision, user = super().get_context_data(**FRAME, **kwargs), self.decision, self.request.user
        every = list(actions.rows_of(decision))
        doubts, money = doubts_of(every, decision.day), money_of(decision, every)
        for row in context["page_obj"]:
            row.doubts, row.prize = (
                doubts.get(row.pk, ()),
                money[row.pk].prize.amount if money[row.pk].is_paid else None,
            )
        total = sum(paid.prize.amount for paid in money.values() if paid.is_paid)
        found = list(OF_DECISION.of(decision.pk).open_to(user))
        there = {name_of(paper) for paper in found if paper.state not in Document.OVER}
        return context | {
            "decision": decision,
            "whom": counted(row.recipient.kind for row in every),
            "total": dotted(total) if total else "",
            "doubtful": len(doubts),
            "waiting": unconfirmed(decision.nominations.all()).count() if decision.draft.names_until else None,
            "faults": papers.faults_of(decision, every, doubts),
            "papers": found,
            "missing": [paper for paper in _drafted(decision) if paper not in there] if may_manage(user) else (),
            "steps": offers(actions.DRAFTS, decision, user, self.refused),
            "may_record": decision.unit is None and may_manage(user),
            "changes": history_of(About.DECISION, decision.pk)[:40],
        }


draft = DraftPage.as_view()


def _drafted(decision):
    return [Paper.SUBMISSION] if decision.unit is None else [Paper.SUBMISSION, Paper.DECISION]


def _page(request, decision, refused=None):
    """The page of a draft with a step that was not taken."""
    return DraftPage.again(request, refused, pk=decision.pk)


step = step_view(actions.DRAFTS, find, _page)


@managers_only
@require_POST
def draft_paper(request, pk, paper):
    """Draft the decision or the submission, and open it."""
    if paper not in set(Paper):
        raise Http404
    decision = find(request, pk)
    made = attempted(request, lambda: papers.draft(decision, Paper(paper), by=request.user))
    return redirect(made or decision)


@managers_only
def record_result(request, pk):
    """What another authority decided: number, day, scan, who is in its list and who is not."""
    decision = find(request, pk)
    if decision.unit_id:
        messages.error(request, "Quyết định này soạn ở đây: hãy soạn và phát hành văn bản quyết định.")
        return redirect(decision)
    every = list(actions.rows_of(decision))
    form = ResultForm(request.POST or None, request.FILES or None, initial={"version": decision.version})
    # Those that are not in it: of a long list few, so that one request holds them.
    left = {key_or_none(key) for key in request.POST.getlist("left")}
    if (
        form.is_bound
        and form.is_valid()
        and accepted(form, lambda: _record(request, decision, every, left, form.cleaned_data))
    ):
        messages.success(request, "Đã ghi kết quả; các khen thưởng đã vào sổ.")
        if falling := Nomination.objects.falling_back().filter(decision=decision.pk).count():
            messages.info(request, f"{falling} đề nghị không được, còn danh hiệu xét thay: xem ở «Việc hôm nay».")
        return redirect("decision", decision.pk)
    context = FRAME | {"decision": decision, "form": form, "rows": [(row, row.pk in left) for row in every]}
    return render(request, "awards/issuing/result.html", context, status=422 if form.errors else 200)


def _record(request, decision, every, chosen, typed):
    left = [row.pk for row in every if row.pk in chosen]
    if left and not typed["reason"].strip():
        raise Refused("Hãy ghi lý do với những dòng không được khen.", "reason")
    if typed["day"] > timezone.localdate():
        raise Refused(f"Ngày {typed['day']:%d/%m/%Y} chưa đến. Hãy ghi ngày ký của quyết định.", "day")
    return actions.record(
        decision, by=request.user, seen_version=typed["version"], number=typed["number"], day=typed["day"],
        scan=next(iter(typed["scan"] or ()), None), refused=dict.fromkeys(left, typed["reason"]),
    )  # fmt: skip


# --- One row


def find_row(request, pk) -> Nomination:
    """A row of a draft of which the department, or the unit that was asked about its names, may know; else 404."""
    row = find_line(request, pk)
    seen = row.decision and row.decision.is_being_made and (may_oversee(request.user) or row.decision.draft.names_until)
    if not seen:
        raise Http404
    return row


def row(request, pk):
    """One row of a draft: how it will stand in the paper, what is to be looked at, what the unit said of its name."""
    return _row_page(request, find_row(request, pk))


def _row_page(request, found, refused=None):
    user, oversees = request.user, may_oversee(request.user)
    found.seen = lines.said_of(found), lines.doubts(found) if oversees else []
    context = {
        "row": found,
        "decision": found.decision,
        "name": book_of(found.decision.day).name(found.type.code),
        "said": found.seen[0],
        "doubts": found.seen[1],
        "settled": found.settled.select_related("by__unit") if oversees else (),
        "steps": offers(lines.NAMES, found, user, refused) + offers(lines.ROWS, found, user, refused),
        "oversees": oversees,
        "area": "deciding" if oversees else "names",
    }
    return render(request, "awards/issuing/row.html", context, status=422 if refused else 200)


def _to_draft(row):
    return reverse("draft_decision", args=[row.decision_id])


row_step = step_view(lines.ROWS, find_row, _row_page, onward=_to_draft)

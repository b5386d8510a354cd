"""The desk's pages about duties: those of the own unit, one with its reports, and all of a paper as a table."""

from django.core.paginator import Paginator
from django.db.models import Case, F, Q, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from units.columns import Column, InFile, OnPage, hinted, muted, toned
from units.excel_out import excel, heading_for
from units.filters import words_of
from units.lists import OfficeList
from units.permissions import writers_only

from ..deliveries.actions import may_follow_up
from ..deliveries.forms import RemindForm, asking
from ..deliveries.views import remind_by, sent_paper
from ..papers.models import Document
from ..printing.showing import made_pdf
from ..steps.pages import offers, step_view
from ..typesetting.reports import LONGEST_AT_ONCE
from .actions import STEPS, Standing, answer_for, matrix, standing, tally
from .filters import DutyFilter, MatrixFilter
from .models import Assignment
from .on_paper import may_record
from .page import parts_for
from .printing import about, kept_rows, matrix_pdf, print_by_worker

PER_PAGE = 50


def _standing(row):
    """How far a duty is today."""
    return standing(row, timezone.localdate())


def _fate(row):
    """The same, or what became of the paper before it was done."""
    paper = row.duty.document
    asks_no_more = paper.state != Document.State.ISSUED and not row.done_at
    return toned("not_asked", f"Văn bản {paper.get_state_display().lower()}") if asks_no_more else _standing(row)


def _given_at(row):
    paper = row.duty.document
    return hinted(paper.reference or paper.name, f"{paper.name}, {paper.date_text}")


class DutyList(OfficeList):
    """What papers ask of this person's unit: what is late first, then by the last day, then what is done."""

    what = "nhiệm vụ"
    filterset_class = DutyFilter
    template_name = "documents/duties/duties.html"
    sorts = {"han": ["duty__until"], "van-ban": ["duty__document__dated"]}
    export_name = "nhiem-vu"
    export_title = "Nhiệm vụ được giao"
    columns = [
        OnPage("Hạn", lambda row: row.duty.until or muted("Không ghi"), sort="han", label="Hạn", look="nowrap"),
        InFile("Điểm, khoản", "duty.clause"),
        Column("Nhiệm vụ", "duty.words", shown="duty", main=True, clip=True),
        OnPage("Giao tại", _given_at, sort="van-ban", label="Giao tại", look="nowrap muted"),
        InFile("Văn bản", "duty.document.name"),
        InFile("Ngày văn bản", "duty.document.date_cell"),
        InFile("Đơn vị", "unit"),
        InFile("Hạn", "duty.until"),
        Column("Tình trạng", _standing, shown=_fate),
        InFile("Ngày báo xong", "done_at"),
    ]
    extra_context = {"area": "duties"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        waiting = Case(When(done_at=None, duty__document__state=Document.State.ISSUED, then=Value(0)), default=Value(1))
        rows = Assignment.objects.filter(unit__in=self.request.user.inherited_units)
        rows = rows.select_related("duty__document__type", "unit").defer("duty__document__body")
        self.queryset = rows.order_by(waiting, F("duty__until").asc(nulls_last=True), "duty__position", "pk")
        return super().get_queryset()


def _own(user):
    """Duties of the person's unit."""
    return Q(unit__in=user.inherited_units)


def _given(user):
    """Duties that the person's unit gave."""
    return Q(duty__document__unit__in=user.inherited_units, duty__document__origin=Document.Origin.OURS)


def _find(of):
    """Finds a duty that ``of(user)`` is true of, else 404."""

    def find(request, pk) -> Assignment:
        rows = Assignment.objects.filter(of(request.user))
        return get_object_or_404(rows.select_related("duty__document__type", "unit", "done_by"), pk=pk)

    return find


def _page(request, assignment, refused=None):
    """One duty with what was said of it; forms for those who may act. ``refused``: one of them, with what was typed."""
    paper, user = assignment.duty.document, request.user
    forms = {step.what: form for step, form in offers(STEPS, assignment, user, refused)}
    context = {
        "row": assignment,
        "document": paper,
        "standing": _standing(assignment),
        "reports": assignment.reports.select_related("by__unit").prefetch_related("uploads"),
        "report": forms.get("report"),
        "by_answer": forms.get("report_by_answer"),
        "answered": answer_for(assignment) if "report_by_answer" in forms else None,
        "on_paper": may_record(user, paper, assignment.unit_id),
        "again": forms.get("reopen"),
        "parts": parts_for(assignment, user),
        "is_sender": paper.unit_id in user.inherited_units,
        "area": "documents" if paper.unit_id in user.inherited_units else "duties",
    }
    return render(request, "documents/duties/duty.html", context, status=422 if refused else 200)


def duty(request, pk):
    """One duty: what is asked, what was reported."""
    return _page(request, _find(lambda user: _own(user) | _given(user))(request, pk))


report = writers_only(step_view(STEPS, _find(_own), _page, what="report"))
report_by_answer = writers_only(step_view(STEPS, _find(_own), _page, what="report_by_answer"))
reopen_duty = writers_only(step_view(STEPS, _find(_given), _page, what="reopen"))


def duty_matrix(request, pk):
    """All duties of a paper: units down, duties across; reminders to those that are late or not done."""
    paper = sent_paper(request, pk)
    duties, rows = matrix(paper, timezone.localdate())
    bar = MatrixFilter(request.GET or None)
    kept = bar.rows(rows)
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, "Tình hình thực hiện nhiệm vụ", about(paper), *words_of(bar))
        return excel("nhiem-vu-theo-van-ban", _columns(duties), kept, heading)
    if request.method == "POST":
        return _remind(request, paper, duties, rows, bar)
    return _matrix_page(request, paper, duties, rows, bar, _remind_form(paper, rows))


def _columns(duties):
    """What Excel shows of a row: the unit, each duty, the sums."""
    across = [
        (str(duty), lambda row, place=place: row.cells[place].standing.label) for place, duty in enumerate(duties)
    ]
    sums = [("Đã xong", lambda row: row.tally.done), ("Được giao", lambda row: row.tally.asked)]
    return [
        ("Đơn vị", lambda row: row.unit.name),
        ("Loại đơn vị", lambda row: row.unit.get_kind_display()),
        *across,
        *sums,
        ("Quá hạn", lambda row: row.tally.late),
    ]


def print_matrix(request, pk):
    """The table on paper as it is filtered, at once or by a worker. Who comes here by a link goes to the table."""
    paper = sent_paper(request, pk)
    query = request.GET.urlencode()
    if request.method != "POST":
        return redirect(f"{reverse('duty_matrix', args=[paper.pk])}?{query}")
    duties, rows = kept_rows(paper, request.GET)
    if len(rows) > LONGEST_AT_ONCE:
        return redirect(print_by_worker(paper, by=request.user, query=query, rows=len(rows)))
    name = f"nhiem-vu-{paper.pk}-{timezone.localdate():%Y%m%d}"
    return made_pdf(request, lambda: matrix_pdf(paper, duties, rows), name, "duty_matrix", paper.pk, how="attachment")


def _remind_form(paper, rows, data=None):
    """The form for reminding: those late, or all that are not done."""
    late, still_open = (sum(1 for row in rows if getattr(row.tally, name)) for name in ("late", "open"))
    groups = [
        (Standing.LATE.value, f"Các đơn vị có nhiệm vụ quá hạn ({late})", late),
        (Standing.OPEN.value, f"Các đơn vị có nhiệm vụ chưa xong ({still_open})", still_open),
    ]
    words = asking(paper, "thực hiện và báo cáo kết quả các nhiệm vụ chưa hoàn thành được giao tại")
    return RemindForm(data, groups=groups, initial={"words": words})


@writers_only
def _remind(request, paper, duties, rows, bar):
    """Remind, or show the page again with what is wrong."""
    form = _remind_form(paper, rows, request.POST)
    if form.is_valid():
        units = [row.unit for row in rows if getattr(row.tally, form.cleaned_data["to"])]
        if remind_by(request, form, paper, units):
            return redirect(f"{reverse('duty_matrix', args=[paper.pk])}#thong-bao")
    return _matrix_page(request, paper, duties, rows, bar, form, status=422)


def _matrix_page(request, paper, duties, rows, bar, form, status=200):
    """The table and what stands around it."""
    kept = bar.rows(rows)
    context = {
        "document": paper,
        "duties": [(duty, tally(row.cells[place] for row in kept)) for place, duty in enumerate(duties)],
        "page_obj": Paginator(kept, PER_PAGE).get_page(request.GET.get("page")),
        "total": tally(cell for row in rows for cell in row.cells),
        "filter": {"form": bar},
        "filtered": any(request.GET.get(name) for name in bar.fields),
        "form": form,
        "may_remind": may_follow_up(request.user, paper) and paper.state == Document.State.ISSUED,
        "today": timezone.localdate(),
        "area": "documents",
    }
    return render(request, "documents/duties/matrix.html", context, status=status)

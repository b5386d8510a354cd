"""What is to be printed, a run and its batches, a sheet; the PDFs."""

from collections import Counter

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.jobs.models import Job, Worker
from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, state
from units.lists import CappedPaginator, OfficeList
from units.permissions import may_keep_store, may_see_store, store_keepers_only, store_only, writers_only
from units.text import key_or_none

from ..items.models import Due, ItemKind
from ..log import About
from ..records.models import Decision
from . import actions, answers, making
from .filters import SheetFilter, ToPrintFilter
from .forms import AnswerForm, PrintForm
from .layouts import Layouts
from .models import BATCH, Certificate, NameAnswer, Printer, Run
from .rules import Checking, groups, in_order, to_print
from .words import told_by, words_of

FRAME = {"area": "items", "tab": "certificates"}
# Of an award that is a flag: the flag itself, which is made elsewhere.
OF_FLAGS = {"award__type__is_flag": True, "kind__group": ItemKind.Group.LEGAL}
# More are made by a worker.
SHORT = 2 * BATCH


def _number_of(rows):
    """How many of ``rows`` (of items) a decision has."""
    rows = rows.filter(award__decision=OuterRef("pk")).order_by().values("award__decision")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


class ToPrintList(OfficeList):
    """Decisions with certificates that are printed here: how many are left, how many are printed."""

    what = "quyết định"
    filterset_class = ToPrintFilter
    template_name = "awards/certificates/to_print.html"
    export_name = "bang-phai-in"
    export_title = "Bằng, giấy khen, giấy chứng nhận phải in"
    sorts = {"ngay": ["day"], "so": ["number"], "con": ["left"]}
    columns = [
        Column("Quyết định", "number", file="Số, ký hiệu", main=True, note="subject", sort="so",
               to=lambda row: reverse("certificates_of", args=[row.pk])),
        InFile("Trích yếu", "subject"),
        Column("Ngày ký", "day", sort="ngay", label="Ngày ký", look="nowrap"),
        Column("Còn phải in", "left", sort="con", label="Còn phải in", look="points"),
        Column("Đã in", "printed", label="Đã in", look="points"),
    ]  # fmt: skip

    def get_queryset(self):
        """Those that have something to print or to show."""
        dues = Due.objects.filter(Q(kind__source=ItemKind.Source.PRINTED) | Q(**OF_FLAGS), award__stands=True)
        rows = Decision.objects.filter(pk__in=dues.order_by().values("award__decision"))
        printed = Due.objects.filter(certificates__state=Certificate.State.PRINTED)
        self.queryset = rows.annotate(left=_number_of(to_print()), printed=_number_of(printed))
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the frame."""
        return super().get_context_data(sees_store=True, **FRAME, **kwargs)


to_print_list = store_only(ToPrintList.as_view())


# --- A decision


def find_decision(request, pk) -> Decision:
    """A decision that this person may see; else 404."""
    rows = Decision.objects.all() if may_see_store(request.user) else Decision.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "paper"), pk=pk)


@store_only
def of_decision(request, pk):
    """What of a decision is to be printed, what keeps it from being printed, what was printed."""
    return _decision_page(request, find_decision(request, pk))


def _decision_page(request, decision, refused=None):
    found = groups(decision)
    keeps = may_keep_store(request.user)
    printers = list(PrintForm().fields["printer"].choices) if keeps else ()
    offered = [
        (group, _form_for(group, refused, printers) if keeps and group.ready else None, _units_of(group))
        for group in found
    ]
    context = FRAME | {
        "decision": decision,
        "groups": offered,
        "flags": Due.objects.filter(award__decision=decision, **OF_FLAGS).count(),
        "runs": _runs(Run.objects.filter(decision=decision)),
        "answers": NameAnswer.objects.filter(decision=decision).select_related("unit", "by__unit"),
        "sees_store": True,
        "short": SHORT,
    }
    return render(request, "awards/certificates/decision.html", context, status=422 if refused else 200)


def _form_for(group, refused, printers):
    if refused and refused.prefix == f"m{group.layout.pk}":
        return refused
    return PrintForm(prefix=f"m{group.layout.pk}", group=group, printers=printers)


def _units_of(group):
    """Whose names they are: for sheets by which each unit looks at its own."""
    return sorted({row.due.award.unit for row in group.rows if row.due.award.unit}, key=str)


def _runs(rows):
    counted = Count("certificates", filter=Q(certificates__state=Certificate.State.PRINTED))
    return rows.select_related("layout", "printer", "by__unit", "decision").annotate(number=counted)


@store_keepers_only
@require_POST
def print_sheets(request, pk):
    """Print certificates of a decision on one layout; a long list is made by a worker."""
    decision = find_decision(request, pk)
    key = key_or_none(request.POST.get("layout", ""))
    layout = next((one.layout for one in groups(decision) if one.layout and one.layout.pk == key), None)
    if layout is None:
        messages.error(request, "Không còn tờ nào phải in trên mẫu này. Hãy xem lại trang.")
        return redirect("certificates_of", pk)
    form = PrintForm(request.POST, prefix=f"m{layout.pk}")
    made = []
    if not form.is_valid() or not accepted(
        form, lambda: made.append(actions.begin(decision, layout, by=request.user, **form.cleaned_data))
    ):
        return _decision_page(request, decision, form)
    run = made[0]
    if run.most > SHORT:
        making.apart(run)
    else:
        actions.make(run)
    return redirect(run)


def proof(request, pk):
    """Sheets of one layout to look at before anything is printed, marked as such: all of a decision, of one unit, or the
    reader's own.
    """
    decision = find_decision(request, pk)
    dues = Due.objects.visible_to(request.user).filter(award__decision=decision, kind__source=ItemKind.Source.PRINTED)
    if unit := key_or_none(request.GET.get("don-vi", "")):
        dues = dues.filter(award__unit=unit)
    layout, ready = _ready_on(dues, decision, key_or_none(request.GET.get("mau", "")))
    if layout is None:
        messages.error(request, "Không có tờ nào in thử được: chưa có mẫu in, hoặc chữ không vừa chỗ.")
        return redirect("certificates_of" if may_see_store(request.user) else "decision", pk)
    return made_pdf(request, lambda: making.proofs(ready, layout), f"in-thu-{decision.pk}", "decision", pk)


@store_only
def flag_words(request, pk):
    """The words of the flags of a decision, for who makes them."""
    decision = find_decision(request, pk)
    layout, ready = _ready_on(Due.objects.filter(award__decision=decision, **OF_FLAGS), decision)
    if layout is None:
        messages.error(request, "Quyết định này không có cờ, chưa có mẫu chữ trên cờ, hoặc chữ không vừa chỗ.")
        return redirect("certificates_of", pk)
    return made_pdf(request, lambda: making.flags(ready, layout), f"chu-tren-co-{decision.pk}", "certificates_of", pk)


def _ready_on(dues, decision, asked=None):
    """(the layout of the key ``asked``, or the first; what of ``dues`` can be printed on it)."""
    checking, found = Checking(), {}
    for due in in_order(dues.filter(award__stands=True, award__cancelled_on=None)):
        layout = checking.layouts.of(due.award)
        if layout and not (ready := checking.ready(due, layout, decision)).faults:
            found.setdefault(layout.pk, (layout, []))[1].append(ready)
    return found.get(asked) or next(iter(found.values()), (None, []))


@writers_only
def own_names(request, pk):
    """The names of the own unit as they will be printed: looked at on sheets to try, confirmed or corrected."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit", "paper"), pk=pk)
    dues = list(in_order(answers.own_dues(request.user, decision)))
    known = NameAnswer.objects.filter(decision=decision, unit=request.user.unit).first()
    if not dues and known is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and accepted(form, lambda: answers.answer(decision, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã gửi ý kiến cho Sở Nội vụ.")
        return redirect("own_names", pk)
    told, layouts = told_by(decision), Layouts()
    rows = [(due, words_of(due.award, told)) for due in dues]
    proofs = Counter(filter(None, (layouts.of(due.award) for due in dues)))
    context = FRAME | {
        "decision": decision,
        "rows": rows,
        "proofs": proofs.items(),
        "form": form if dues else None,
        "known": known,
    }
    return render(request, "awards/certificates/own_names.html", context, status=422 if form.errors else 200)


# --- A run


def find_run(request, pk) -> Run:
    """A run; else 404. For the store alone."""
    rows = Run.objects.select_related("decision", "layout", "look__emblem", "printer", "by__unit", "job")
    return get_object_or_404(rows, pk=pk)


@store_only
def run(request, pk):
    """A run: how far it is, its batches, its sheets."""
    return _run_page(request, find_run(request, pk))


def _run_page(request, found, refused=None):
    user, counts = request.user, Q(state=Certificate.State.PRINTED, look=found.look_id)
    batches = found.certificates.order_by("batch").values("batch").annotate(number=Count("pk", filter=counts))
    made = found.certificates.count()
    context = FRAME | {
        "run": found,
        "batches": list(batches),
        "alone": found.certificates.filter(state=Certificate.State.PRINTED)
        .exclude(look=found.look_id)
        .select_related("due__kind", "due__award"),
        "made": made,
        "percent": 100 * made // found.most,
        "is_making": found.state == Run.State.MAKING,
        "has_failed": bool(found.job) and found.state == Run.State.MAKING and found.job.state == Job.State.FAILED,
        "no_worker": found.state == Run.State.MAKING and not Worker.alive().exists(),
        "steps": offers(actions.RUNS, found, user, refused),
        "changes": history_of(About.RUN, found.pk)[:20],
        "printers": Printer.objects.filter(is_used=True),
        "sees_store": True,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "awards/certificates/_run.html" if is_part else "awards/certificates/run.html"
    response = render(request, template, context, status=422 if refused else 200)
    if is_part and not context["is_making"]:
        response["HX-Refresh"] = "true"  # what can be done with it now stands beside
    return response


run_step = store_only(step_view(actions.RUNS, find_run, _run_page))


@store_only
def batch(request, pk, number):
    """The PDF of a batch, also while the others are made."""
    found = find_run(request, pk)
    sheets = list(making.of_batch(found, number))
    if not sheets:
        raise Http404
    printer = _printer(request, found.printer)
    return made_pdf(request, lambda: making.pdf_of(sheets, found.look, printer), f"bang-{found.pk}-{number}", "run", pk)


def _printer(request, printer):
    key = key_or_none(request.GET.get("may-in", ""))
    return Printer.objects.filter(pk=key).first() if key else printer


# --- Sheets


class SheetList(OfficeList):
    """Sheets that this person may see, the latest first."""

    what = "tờ"
    filterset_class = SheetFilter
    paginator_class = CappedPaginator
    template_name = "awards/certificates/sheets.html"
    export_name = "bang-da-in"
    export_title = "Bằng, giấy khen, giấy chứng nhận đã in"
    sorts = {"ten": ["due__award__recipient__sort_text"], "so": ["number"]}
    columns = [
        Column("Người nhận", "due.award.name", main=True, note="due.award.post", sort="ten"),
        Column("Hiện vật", "due.kind", label="Hiện vật"),
        Column("Quyết định", "due.award.decision.number", label="Quyết định"),
        Column("Số sổ vàng", "number", sort="so", label="Số sổ vàng", look="points"),
        OnPage("In lúc", "at", label="In lúc"),
        InFile("In ngày", lambda row: timezone.localtime(row.at).date()),
        InFile("Người in", "by"),
        Column("Trạng thái", state, note="lost_for"),
    ]  # fmt: skip

    def rows(self, sheets):
        """With what the list shows of them."""
        return sheets.select_related("due__kind", "due__award__decision", "due__award__recipient", "by__unit")

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = self.rows(Certificate.objects.visible_to(self.request.user)).order_by("-pk")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys, whose rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = self.rows(Certificate.objects)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds the frame."""
        return super().get_context_data(sees_store=may_see_store(self.request.user), **FRAME, **kwargs)


def find_sheet(request, pk) -> Certificate:
    """A sheet that this person may see; else 404."""
    rows = Certificate.objects.visible_to(request.user).select_related(
        "due__kind__blank", "due__award__type", "due__award__decision", "due__award__unit", "run__printer", "run__decision",
        "layout", "look__emblem", "by__unit", "replaces", "replaced",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def certificate(request, pk):
    """One sheet: its words, its code, what became of it."""
    return _sheet_page(request, find_sheet(request, pk))


def _sheet_page(request, found, refused=None):
    user = request.user
    context = FRAME | {
        "sheet": found,
        "award": found.due.award,
        "texts": [(label, found.texts.get(name)) for name, label in actions.PRINTS.items()],
        "steps": offers(actions.SHEETS, found, user, refused),
        "changes": history_of(About.CERTIFICATE, found.pk)[:20] if may_see_store(user) else (),
        "sees_store": may_see_store(user),
        "may_print": may_see_store(user) and found.state == Certificate.State.PRINTED,
        "other": getattr(found, "replaced", None),
    }
    return render(request, "awards/certificates/sheet.html", context, status=422 if refused else 200)


certificate_step = step_view(actions.SHEETS, find_sheet, _sheet_page, onward=lambda row: _newest(row))


def _newest(row):
    """The sheet that counts by now."""
    return Certificate.objects.filter(due=row.due_id, state=Certificate.State.PRINTED).first() or row


@store_only
def sheet_pdf(request, pk):
    """The PDF of one sheet that counts."""
    found = find_sheet(request, pk)
    if found.state != Certificate.State.PRINTED:
        raise Http404
    printer = _printer(request, found.run.printer)
    return made_pdf(request, lambda: making.pdf_of([found], found.look, printer), f"bang-to-{pk}", "certificate", pk)

"""The list of a decision while it is entered: typed, sent as a file, its columns matched, checked, mended, stored."""

from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from openpyxl.utils import get_column_letter

from documents.excel.streaming import Book
from documents.models import Worker
from documents.steps.accepting import accepted, attempted
from documents.uploads import UploadRefused
from units.excel_out import EXCEL, heading_for
from units.models import Unit
from units.permissions import managers_only
from units.text import key_or_none

from ..catalogue.book import book_of
from ..recipients.models import Recipient
from . import actions
from .checking import Report, report_on
from .excel import wrong_rows
from .forms import MORE, ColumnsForm, ListFileForm, RowFormSet, row_awards
from .models import Entry
from .sources import SHORT
from .views import FRAME, find

# Rows of a file that are shown when its columns are matched, and names that are offered while one types.
_SHOWN, _OFFERED = 8, 12


def _entry(request, pk) -> Entry | None:
    """The entry of a decision that is being entered; None, with a message, where its list is stored."""
    decision = find(request, pk)
    entry = Entry.objects.select_related("award", "file", "job").filter(decision=decision).first()
    if entry is None:
        messages.info(request, "Danh sách của quyết định này đã lưu.")
        return None
    entry.decision = decision
    return entry


@managers_only
def type_list(request, pk):
    """The rows of a list, typed."""
    entry = _entry(request, pk)
    if entry is None:
        return redirect("decision", pk)
    awards = row_awards()
    if request.method == "POST":
        forms = RowFormSet(request.POST, prefix="row", form_kwargs={"awards": awards})
        if forms.is_valid():
            rows = [row for row in (form.row() for form in forms) if row]
            done = attempted(request, lambda: actions.type_rows(entry.decision, rows, by=request.user) or True)
            if done:
                return redirect("type_list" if "more" in request.POST else "check_list", pk)
    else:
        forms = RowFormSet(initial=entry.rows, prefix="row", form_kwargs={"awards": awards})
    names = Unit.objects.alive_on(entry.decision.day).values_list("name", flat=True)
    context = FRAME | {"forms": forms, "entry": entry, "decision": entry.decision, "units": names, "more": MORE}
    return render(
        request, "awards/decisions/list_typed.html", context, status=422 if forms.errors and any(forms.errors) else 200
    )


@managers_only
def offer_names(request):
    """Recipients whose names hold what is being typed, as options of a field."""
    typed = next((value for name, value in request.GET.items() if name.endswith("name")), "")
    rows = Recipient.objects.main().matching(typed).select_related("unit")[:_OFFERED] if len(typed.strip()) > 1 else ()
    return render(request, "awards/decisions/_names.html", {"rows": rows})


@managers_only
def list_file(request, pk):
    """A file with the list: sent, or taken away again."""
    entry = _entry(request, pk)
    if entry is None:
        return redirect("decision", pk)
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "drop" in request.POST:
        attempted(request, lambda: actions.drop_file(entry.decision, by=request.user))
        return redirect("list_file", pk)
    if request.method == "POST" and form.is_valid():
        known = []
        if accepted(form, lambda: known.append(_sent(entry, form, request.user))):
            return redirect("check_list" if known[0] else "match_columns", pk)
    context = FRAME | {"form": form, "entry": entry, "decision": entry.decision}
    return render(request, "awards/decisions/list_file.html", context, status=422 if form.errors else 200)


def _sent(entry, form, user) -> bool:
    try:
        return actions.send_file(entry.decision, form.cleaned_data["file"], by=user)
    except UploadRefused as refused:
        raise actions.Refused(str(refused), "file") from None


@managers_only
def match_columns(request, pk):
    """Which column of the file says what, told by a person; its first rows stand above."""
    entry = _entry(request, pk)
    if entry is None or not entry.file_id:
        return redirect("decision", pk)
    sheets = _shown_sheets(entry)
    title = request.POST.get("sheet") or request.GET.get("sheet") or next(iter(sheets), "")
    top = sheets.get(title) or next(iter(sheets.values()), [])
    columns = _columns(top)
    form = ColumnsForm(request.POST or None, sheets=sheets, columns=columns, initial={"sheet": title} | _initial(entry))
    if request.method == "POST" and form.is_valid():
        layout = form.layout()
        if accepted(form, lambda: actions.match_columns(entry.decision, **layout, by=request.user)):
            return redirect("check_list", pk)
    top = [(number, [cells.get(int(column), "") for column, _ in columns]) for number, cells in top]
    letters = [letter for _, letter in columns]
    context = FRAME | {
        "form": form,
        "entry": entry,
        "decision": entry.decision,
        "top": top,
        "letters": letters,
        "title": title,
    }
    return render(request, "awards/decisions/list_columns.html", context, status=422 if form.errors else 200)


def _initial(entry) -> dict:
    told = entry.columns
    return {"head": told.get("head", 1), "whom": told.get("whom", "")} | {
        f"at_{name}": column for name, column in told.get("fields", {}).items()
    }


def _shown_sheets(entry) -> dict[str, list]:
    """{title: its first rows, (number, {column: what is seen})} of the sheets that a person sees."""
    with entry.file.file.open() as file:
        sheets = [sheet for sheet in Book(file, name=entry.file.name).sheets if not sheet.is_hidden]
        return {
            sheet.title: [(number, {column: cell.seen() for column, cell in cells.items()})
                          for number, cells in islice(sheet.rows(), _SHOWN)]
            for sheet in sheets
        }  # fmt: skip


def _columns(top) -> list[tuple[str, str]]:
    used = sorted({column for _, cells in top for column in cells})
    return [(str(column), get_column_letter(column)) for column in used]


@managers_only
def check_list(request, pk):
    """What is right and wrong in the list: each bad value with its address, who is new or known, and what is open."""
    entry = _entry(request, pk)
    if entry is None:
        return redirect("decision", pk)
    if not entry.rows and not entry.file_id:
        return redirect("type_list", pk)
    if entry.file_id and not entry.columns:
        return redirect("match_columns", pk)
    if request.GET.get("xuat") == "xlsx":
        return _wrong_rows(request, entry)
    report = _report(entry)
    context = FRAME | {
        "entry": entry,
        "decision": entry.decision,
        "report": report,
        "job": entry.job,
        "is_long": is_long(entry),
        "no_worker": bool(entry.job and not entry.job.is_finished and not Worker.alive().exists()),
        "unread": entry.columns.get("unread", []) if entry.file_id else [],
        "sample": _named(entry, report),
        "form": ListFileForm(),
    }
    return render(request, "awards/decisions/list_check.html", context)


def is_long(entry) -> bool:
    """Whether a worker checks and stores it."""
    return bool(entry.file_id) and entry.columns.get("total", 0) > SHORT


def _report(entry) -> Report | None:
    """What checking found; of a long file, what a worker found, None where none did."""
    if not is_long(entry):
        return report_on(entry)
    return Report(**entry.report) if entry.report else None


def _named(entry, report):
    """The first lines with the names of what they give; what was checked before lines told of money has none."""
    book = book_of(entry.decision.day)
    lines = [[*line, None][:7] for line in report.sample] if report else []
    return [(*line[:3], book.name(line[3]) if line[3] else "", *line[4:]) for line in lines]


def _wrong_rows(request, entry):
    heading = heading_for(request.user, f"Dòng cần sửa của danh sách kèm {entry.decision}")
    content = wrong_rows(entry, heading)[1]
    response = HttpResponse(content, content_type=EXCEL)
    name = f"dong-can-sua-{entry.decision_id}-{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@managers_only
def mend_list(request, pk):
    """Who open rows are; that the rest is new; that old letters become Unicode; that a worker checks a long file."""
    entry = _entry(request, pk)
    if entry is None:
        return redirect("decision", pk)
    act = request.POST.get("act")
    if act == "check":
        job = attempted(request, lambda: actions.check_apart(entry.decision, by=request.user))
        return redirect(job or "check_list", *(() if job else (pk,)))
    changes = {"convert": {"converts": True}, "all_new": {"all_new": True}, "some": {"all_new": False}}.get(act, {})
    attempted(request, lambda: actions.choose(entry.decision, _chosen(request), by=request.user, **changes))
    return redirect("check_list", pk)


def _chosen(request) -> dict[str, int]:
    """{row: recipient} of what was chosen; a key that is nobody's is left out."""
    chosen = {
        name.removeprefix("who-"): key_or_none(value) for name, value in request.POST.items() if name.startswith("who-")
    }
    known = set(
        Recipient.objects.main().filter(pk__in=[key for key in chosen.values() if key]).values_list("pk", flat=True)
    )
    return {row: key for row, key in chosen.items() if row.isdecimal() and (key == 0 or key in known)}


@require_POST
@managers_only
def store_list(request, pk):
    """Store the list, here or by a worker."""
    decision = find(request, pk)
    entry = Entry.objects.filter(decision=decision).first()
    if entry and is_long(entry):
        job = attempted(request, lambda: actions.store_apart(decision, by=request.user))
        return redirect(job or "check_list", *(() if job else (pk,)))
    seen = key_or_none(request.POST.get("version", "")) or 0
    stored = attempted(request, lambda: actions.store(decision, by=request.user, seen_version=seen))
    if stored is None:
        return redirect("check_list" if entry else "decision", pk)
    messages.success(request, actions.told_of(stored))
    return redirect(stored)

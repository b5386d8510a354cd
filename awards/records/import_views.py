"""Records from Excel, in one way for every kind: sent, columns matched, checked, mended, stored."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST
from openpyxl.utils import get_column_letter

from documents.steps.accepting import accepted, attempted
from documents.steps.refusing import Refused
from units.excel_out import excel, heading_for
from units.permissions import managers_only
from units.text import key_or_none

from . import entering, importing
from .excel import kept_sheets, wrong_rows
from .fields import told
from .forms import ColumnsForm, FileForm, ImportForm
from .headings import SHEETS
from .importing import CHANGED, NEW, SAME, Plan
from .kinds import Kind

FRAME = {"area": "records"}
# Rows of a file that are shown when its columns are matched; of a plan, of each standing.
_TOP, _SHOWN = 8, 200


def import_pages(kind: Kind) -> list:
    """The addresses of entering files of one kind."""

    @managers_only
    def send(request):
        return _send(request, kind)

    @managers_only
    def columns(request):
        return _columns(request, kind)

    @managers_only
    def check(request):
        return _check(request, kind)

    @require_POST
    @managers_only
    def mend(request):
        return _mend(request, kind)

    @require_POST
    @managers_only
    def store(request):
        return _store(request, kind)

    base = f"khen-thuong/{kind.path}/nhap"
    return [
        path(f"{base}/", send, name=f"import_{kind.many}"),
        path(f"{base}/cot/", columns, name=f"import_{kind.many}_columns"),
        path(f"{base}/kiem-tra/", check, name=f"import_{kind.many}_check"),
        path(f"{base}/chon/", mend, name=f"import_{kind.many}_mend"),
        path(f"{base}/luu/", store, name=f"import_{kind.many}_store"),
    ]


def _frame(kind, entry=None) -> dict:
    base = f"import_{kind.many}"
    names = {name: f"{base}_{name}" for name in ("columns", "check", "mend", "store")} | {"send": base}
    return FRAME | {"kind": kind, "entry": entry, "at": names, "sheet": SHEETS[kind.model]}


def _send(request, kind):
    """A file is sent; with ``?mau=xlsx`` an empty one with the headings is given."""
    if request.GET.get("mau") == "xlsx":
        heads = [(head, lambda row: "") for head in SHEETS[kind.model].heads.values()]
        return excel(f"mau-{kind.path}", heads, [], heading_for(request.user, f"Mẫu nhập: {kind.title}"))
    entry = entering.entry_of(kind.one, request.user)
    initial = dict(entry.shared) if entry else {}
    form = ImportForm(request.POST or None, request.FILES or None, model=kind.model, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = []
        if accepted(form, lambda: sent.append(_sent(kind, form, request.user))):
            names = _frame(kind)["at"]
            return redirect(names["check"] if sent[0].columns else names["columns"])
    status = 422 if form.errors else 200
    return render(request, "awards/records/import_file.html", _frame(kind, entry) | {"form": form}, status=status)


def _sent(kind, form, user):
    return entering.send(kind.one, kind.model, form.cleaned_data["file"], form.shared(), by=user)


def _columns(request, kind):
    """Which column of the file says what, told by a person; its first rows stand above."""
    entry = entering.entry_of(kind.one, request.user)
    if entry is None:
        return redirect(f"import_{kind.many}")
    tops = _tops(entry)
    title = request.POST.get("sheet") or request.GET.get("sheet") or entry.sheet or next(iter(tops))
    top = tops.get(title) or next(iter(tops.values()))
    used = sorted({column for _, cells in top for column in cells})
    letters = [(str(column), get_column_letter(column)) for column in used]
    initial = {"sheet": title, "head": entry.head or 1} | {f"at_{name}": at for name, at in entry.columns.items()}
    form = ColumnsForm(request.POST or None, model=kind.model, sheets=tops, columns=letters, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"sheet": form.cleaned_data["sheet"], "head": form.cleaned_data["head"], "columns": form.columns()}
        if accepted(form, lambda: entering.match(kind.one, **told, by=request.user)):
            return redirect(f"import_{kind.many}_check")
    rows = [(number, [cells.get(column, "") for column in used]) for number, cells in top]
    context = _frame(kind, entry) | {
        "form": form,
        "top": rows,
        "letters": [name for _, name in letters],
        "title": title,
    }
    context["others"] = [other for other in tops if other != title]
    return render(request, "awards/records/import_columns.html", context, status=422 if form.errors else 200)


def _tops(entry) -> dict[str, list]:
    """{title: its first rows, (number, {column: what is seen})} of the sheets that a person sees."""
    return {
        sheet.title: [
            (line, {cell.column: cell.seen() for cell in sheet.filled_in(line)}) for line in sheet.lines()[:_TOP]
        ]
        for sheet in kept_sheets(entry)
    }


def _check(request, kind, form=None):
    """What is right and wrong in a file: each bad value with its address, what is new or changed, who is open."""
    entry = entering.entry_of(kind.one, request.user)
    if entry is None or not entry.columns:
        return redirect(f"import_{kind.many}{'_columns' if entry else ''}")
    try:
        plan = Plan(entry, kind.model)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"import_{kind.many}")
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, f"Dòng cần sửa: {kind.title}")
        return wrong_rows(plan.source, plan.faults_of_rows(), plan.lines, heading).response(f"dong-can-sua-{kind.path}")
    faults = list(plan.told_faults())
    context = _frame(kind, entry) | {
        "plan": plan,
        "faults": faults[:_SHOWN],
        "more": max(len(faults) - _SHOWN, 0),
        "old_text": any("bảng mã cũ" in words for _, words in faults),
        "counts": {"new": plan.count(NEW), "changed": plan.count(CHANGED), "same": plan.count(SAME)},
        "open": [(named, [(row.pk, told(row)) for row in may_be]) for named, may_be in plan.open],
        "shown": [made for made in plan.made if made.standing != SAME][:_SHOWN],
        "form": form or FileForm(),
    }
    return render(request, "awards/records/import_check.html", context, status=422 if form and form.errors else 200)


def _mend(request, kind):
    """Who open names are; that old letters become Unicode; corrected rows; or that the file is let be."""
    act, user = request.POST.get("act"), request.user
    if act == "drop":
        attempted(request, lambda: entering.let_be(kind.one, by=user))
        return redirect(kind.many)
    if act == "correct":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid() and accepted(form, lambda: _corrected(kind, form, user)):
            return redirect(f"import_{kind.many}_check")
        return _check(request, kind, form)
    attempted(request, lambda: entering.choose(kind.one, _chosen(request), by=user, converts=act == "convert"))
    return redirect(f"import_{kind.many}_check")


def _corrected(kind, form, user):
    entering.correct(kind.one, kind.model, form.cleaned_data["file"], by=user)


def _chosen(request) -> dict[str, dict[str, int]]:
    """{row: {place in its cell: key}} of what was chosen; the plan takes a key for one of those that were offered alone."""
    found = {}
    for name, value in request.POST.items():
        parts = name.split("-")
        key = key_or_none(value)
        if key and len(parts) == 3 and parts[0] == "who" and parts[1].isdecimal() and parts[2].isdecimal():
            found.setdefault(parts[1], {})[parts[2]] = key
    return found


def _store(request, kind):
    """Store all of it."""
    entry = entering.entry_of(kind.one, request.user)
    if entry is None:
        messages.error(request, entering.GONE)
        return redirect(kind.many)
    seen = request.POST.get("seen", "")
    count = attempted(request, lambda: importing.store(entry, kind.model, seen, by=request.user))
    if count is None:
        return redirect(f"import_{kind.many}_check")
    messages.success(request, f"Đã lưu {count} {kind.what} từ tệp Excel.")
    return redirect(kind.many)

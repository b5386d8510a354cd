"""Records from Excel, in one way for every kind: sent, columns matched, checked, mended, stored."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from openpyxl.utils import get_column_letter

from documents.steps.accepting import accepted, attempted
from documents.steps.refusing import Refused
from units.excel_out import excel, heading_for
from units.permissions import managers_only
from units.text import key_or_none

from . import entering, importing
from .actions import refuse_stranger
from .entering import Desk
from .excel import kept_sheets, wrong_rows
from .fields import told
from .forms import ColumnsForm, FileForm, ImportForm
from .importing import CHANGED, NEW, SAME, RecordPlan
from .kinds import Kind
from .matching import NEW as SOMEBODY_NEW

# Rows of a file that are shown when its columns are matched; of a plan, of each standing.
_TOP, _SHOWN = 8, 200


STEPS = {"send": "", "columns": "cot/", "check": "kiem-tra/", "mend": "chon/", "store": "luu/"}


def desk_of(kind: Kind, user) -> Desk:
    """Where one of the department enters records of one kind."""
    base = f"import_{kind.many}"
    return Desk(
        kind.one, kind.model, user, lambda: refuse_stranger(user), partial(RecordPlan, model=kind.model),
        partial(ImportForm, model=kind.model), kind.what, kind.title, reverse(kind.many), kind.path,
        {name: reverse(base if name == "send" else f"{base}_{name}") for name in STEPS},
    )  # fmt: skip


def import_pages(kind: Kind) -> list:
    """The addresses of entering files of one kind."""
    return pages(
        f"khen-thuong/{kind.path}/nhap/", f"import_{kind.many}",
        lambda view: managers_only(lambda request: view(request, desk_of(kind, request.user))),
    )  # fmt: skip


def pages(address: str, name: str, opened) -> list:
    """The addresses of entering; ``opened`` makes a view of the application out of one of a desk."""
    views = {"send": send, "columns": columns, "check": check, "mend": mend, "store": store}
    return [
        path(address + more, opened(views[step]), name=name if step == "send" else f"{name}_{step}")
        for step, more in STEPS.items()
    ]


def _frame(desk, entry=None) -> dict:
    return {"area": desk.area, "desk": desk, "entry": entry, "at": desk.at, "sheet": desk.sheet}


def send(request, desk):
    """A file is sent; with ``?mau=xlsx`` an empty one with the headings is given."""
    if request.GET.get("mau") == "xlsx":
        heads = [(head, lambda row: "") for head in desk.sheet.heads.values()]
        return excel(f"mau-{desk.path}", heads, [], heading_for(request.user, f"Mẫu nhập: {desk.title}"))
    entry = desk.entry
    initial = dict(entry.shared) if entry else {}
    form = desk.form(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = []
        if accepted(form, lambda: sent.append(entering.send(desk, form.cleaned_data["file"], form.shared()))):
            return redirect(desk.at["check"] if sent[0].columns else desk.at["columns"])
    status = 422 if form.errors else 200
    return render(request, "awards/records/import_file.html", _frame(desk, entry) | {"form": form}, status=status)


def columns(request, desk):
    """Which column of the file says what, told by a person; its first rows stand above."""
    entry = desk.entry
    if entry is None:
        return redirect(desk.at["send"])
    tops = _tops(entry)
    title = request.POST.get("sheet") or request.GET.get("sheet") or entry.sheet or next(iter(tops))
    top = tops.get(title) or next(iter(tops.values()))
    used = sorted({column for _, cells in top for column in cells})
    letters = [(str(column), get_column_letter(column)) for column in used]
    initial = {"sheet": title, "head": entry.head or 1} | {f"at_{name}": at for name, at in entry.columns.items()}
    form = ColumnsForm(request.POST or None, model=desk.model, sheets=tops, columns=letters, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"sheet": form.cleaned_data["sheet"], "head": form.cleaned_data["head"], "columns": form.columns()}
        if accepted(form, lambda: entering.match(desk, **told)):
            return redirect(desk.at["check"])
    rows = [(number, [cells.get(column, "") for column in used]) for number, cells in top]
    context = _frame(desk, entry) | {
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


def check(request, desk, form=None):
    """What is right and wrong in a file: each bad value with its address, what is new or changed, who is open."""
    entry = desk.entry
    if entry is None or not entry.columns:
        return redirect(desk.at["columns" if entry else "send"])
    try:
        plan = desk.plan(entry)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(desk.at["send"])
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, f"Dòng cần sửa: {desk.title}")
        return wrong_rows(plan.source, plan.faults_of_rows(), plan.lines, heading).response(f"dong-can-sua-{desk.path}")
    faults = list(plan.told_faults())
    context = _frame(desk, entry) | {
        "plan": plan,
        "faults": faults[:_SHOWN],
        "more": max(len(faults) - _SHOWN, 0),
        "old_text": any("bảng mã cũ" in words for _, words in faults),
        "counts": {"new": plan.count(NEW), "changed": plan.count(CHANGED), "same": plan.count(SAME)},
        "open": [(named, [(row.pk, told(row)) for row in may_be]) for named, may_be in plan.open],
        "same": [made.lines[0].row for made in plan.made if made.standing == SAME][:_SHOWN],
        "shown": [made for made in plan.made if made.standing != SAME][:_SHOWN],
        "form": form or FileForm(),
    }
    return render(request, "awards/records/import_check.html", context, status=422 if form and form.errors else 200)


@require_POST
def mend(request, desk):
    """Who open names are; that old letters become Unicode; corrected rows; or that the file is let be."""
    act = request.POST.get("act")
    if act == "drop":
        attempted(request, lambda: entering.let_be(desk))
        return redirect(desk.back)
    if act == "correct":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid() and accepted(form, lambda: entering.correct(desk, form.cleaned_data["file"])):
            return redirect(desk.at["check"])
        return check(request, desk, form)
    attempted(request, lambda: entering.choose(desk, _chosen(request), **_said(act)))
    return redirect(desk.at["check"])


def _said(act) -> dict:
    return {"converts": act == "convert", "all_new": act == "all_new"}


def _chosen(request) -> dict[str, dict[str, int]]:
    """{row: {place in its cell: key}} of what was chosen; the plan takes a key for one of those that were offered alone."""
    found = {}
    for name, value in request.POST.items():
        parts = name.split("-")
        key = SOMEBODY_NEW if value == "new" else key_or_none(value)
        if key is not None and len(parts) == 3 and parts[0] == "who" and parts[1].isdecimal() and parts[2].isdecimal():
            found.setdefault(parts[1], {})[parts[2]] = key
    return found


@require_POST
def store(request, desk):
    """Store all of it."""
    count = attempted(request, lambda: importing.store(desk, request.POST.get("seen", "")))
    if count is None:
        return redirect(desk.at["check"] if desk.entry else desk.back)
    messages.success(request, f"Đã lưu {count} {desk.what} từ tệp Excel.")
    return redirect(desk.back)

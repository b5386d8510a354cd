"""The page of a package that came: into the book with it, or what its body recalled, changed, replaced is noted there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import to

from ..papers.models import Document
from ..register.forms import ArrivalForm, ReceivedForm
from ..steps.accepting import accepted, attempted
from .actions import UNDONE, answer_of, enter, give_back, mark, reopen, see
from .edxml import NEW, REPLACE
from .forms import AboutForm, GiveBackForm
from .models import AxisPackage
from .rules import Earlier, earlier, facts_of, has_file, standing, told_of, waiting_with
from .taking import files_in, package_in
from .views import xml_file


def _find(request, pk) -> AxisPackage:
    """A package that came to the unit of this person, else 404."""
    rows = AxisPackage.objects.filter(way=AxisPackage.Way.IN, unit__in=request.user.inherited_units)
    return get_object_or_404(rows.select_related("document__type", "done_by", "by"), pk=pk)


@writers_only
def enter_package(request, pk):
    """What is done with a package: its form while it waits, what became of it afterwards."""
    row = _find(request, pk)
    found = package_in(row)
    if row.done_at:
        context = _told(row, found) | {"answer": answer_of(row, found), "may_reopen": row.outcome in UNDONE}
        return render(request, "documents/exchange/done.html", context)
    new = facts_of(found)
    about, papers = _about(request, found, new)
    context = _told(row, found) | {
        "told": told_of(found, request.user, new["type"]),
        "beside": waiting_with(row),
        "about": about,
        "papers": papers,
    }
    if found.business in (NEW, REPLACE):
        return _enter(request, row, found, new, context)
    return _mark(request, row, found, context)


def _told(row, found) -> dict:
    """What each of the pages tells of a package."""
    return {"row": row, "package": found, "files": files_in(row, found), "area": "books"}


def _about(request, found, new) -> tuple[AboutForm | None, list[Earlier]]:
    """The papers of the register that a package is about, as found or as this person names one, and the form for naming it."""
    if found.business == NEW:
        return None, []
    form = AboutForm(request.GET if "paper" in request.GET else None, user=request.user)
    named = [form.cleaned_data["paper"]] if form.is_valid() else []
    papers = named if form.is_bound else earlier(found, request.user, new)
    return form, [standing(paper, found, request.user, new) for paper in papers]


def _enter(request, row, found, new, context):
    """The form of the book, with the facts of the package; of a replacement with what it takes the place of."""
    replaces = [one.paper for one in context["papers"] if one.is_open]
    paper = Document(origin=Document.Origin.RECEIVED, unit=request.user.unit, **new)
    form = ReceivedForm(request.POST or None, instance=paper, user=request.user)
    arrival = ArrivalForm(request.POST or None, prefix="den")
    del form.fields["files"]

    def act():
        facts = {"replaces": replaces, "is_other": form.is_other} | arrival.cleaned_data
        enter(row, found, form.instance, by=request.user, **facts)

    judged = [form.is_valid(), arrival.is_valid()] if request.method == "POST" else [False]
    if all(judged) and accepted(form, act, arrival):
        number = form.instance.arrivals.get()
        told = f" Đã ghi thay thế {', '.join(old.name for old in replaces)}." if replaces else ""
        messages.success(request, f"Đã vào sổ: số đến {number.number:02d}, ngày {number.arrived_on:%d/%m/%Y}.{told}")
        return redirect(form.instance)
    context |= {"heading": f"Vào sổ: {found.reference}", "form": form, "arrival": arrival, "same": form.same}
    wrong = bool(form.errors or arrival.errors)
    return render(request, "documents/exchange/enter.html", context, status=422 if wrong else 200)


def _mark(request, row, found, context):
    """A recall or an update: what it says, what differs from the book; noted there by one click, or only seen."""
    about = next(iter(context["papers"]), None)
    paper = about and about.paper
    if request.method == "POST":
        act = "seen" if "seen" in request.POST else "mark"
        if attempted(request, lambda: _noted(row, found, paper, act, request.user)):
            messages.success(request, "Đã ghi vào sổ." if act == "mark" else "Đã ghi là đã xem; sổ không đổi.")
            return redirect(paper if act == "mark" else row)
        return redirect(request.get_full_path())
    context |= {
        "is_open": bool(about and about.is_open),
        "new_files": [
            one["name"]
            for one, file in zip(context["files"], found.files, strict=True)
            if paper and "fault" not in one and not has_file(paper, file)
        ],
    }
    return render(request, "documents/exchange/see_to.html", context)


def _noted(row, found, paper, act, user) -> bool:
    if act == "seen":
        see(row, by=user)
    else:
        mark(row, found, paper, by=user)
    return True


@writers_only
def give_back_package(request, pk):
    """Do not take a package: why, which its sender is told."""
    row = _find(request, pk)
    form = GiveBackForm(request.POST or None)
    if form.is_valid() and accepted(form, lambda: give_back(row, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã ghi trả lại. Tải gói báo lại rồi đưa lên trục.")
        return redirect(row)
    shown = {
        "up": to("Gói liên thông", "packages"),
        "sub": row.subject,
        "back": row,
        "save": "Trả lại",
        "area": "books",
    }
    return form_page(request, form, "Trả lại nơi gửi", **shown)


@require_POST
@writers_only
def reopen_package(request, pk):
    """Take back what was noted by mistake: the package waits again."""
    row = _find(request, pk)
    if attempted(request, lambda: reopen(row, by=request.user) or True):
        messages.success(request, "Đã gỡ. Gói chờ xử lý lại.")
    return redirect(row)


@writers_only
def answer_package(request, pk):
    """The file that tells the sender what became of its paper here (NĐ 30/2020, Điều 18.4.b, Điều 21.2.c)."""
    row = _find(request, pk)
    answer = answer_of(row, package_in(row))
    if answer is None:
        raise Http404
    return xml_file(answer[1], answer[0])

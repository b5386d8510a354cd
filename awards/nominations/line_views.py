"""The nominations of a file: written one by one, or taken over from a list; one explained, and moved on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, ticks
from units.pages import form_page
from units.templatetags.parts import to
from units.text import key_or_none

from ..catalogue.book import called
from ..catalogue.models import Whom
from ..eligibility.rules import STANDS
from ..log import About
from ..recipients.forms import own_form
from ..recipients.models import Recipient
from ..recipients.views import SLUGS, stored
from . import checking, gathering, lines
from .competing import competed, results_of
from .forms import NominationForm
from .models import OF_NOMINATION, Nomination
from .reading import papers_of
from .views import FRAME, ON_A_PAGE, kept


def find_line(request, pk) -> Nomination:
    """A nomination of a file that this person may see; else 404."""
    rows = Nomination.objects.visible_to(request.user)
    rows = rows.select_related(
        "dossier__unit",
        "dossier__officer",
        "type",
        "fallback",
        "recipient__unit",
        "unit",
        "decision",
        "in_place_of__type",
        "dossier__campaign__unit",
    )
    return get_object_or_404(rows.select_related("recipient__merged_into"), pk=pk)


def closed(dossier, user) -> str:
    """Why nobody can be added to a file now; nothing where somebody can."""
    if lines.is_open_to(dossier, user):
        return ""
    return f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không thêm đề nghị được nữa."


def nominate(request, pk):
    """Add a nomination."""
    found = kept(request, pk)
    if told := closed(found, request.user):
        messages.error(request, told)
        return redirect(found)
    initial = {"recipient": key_or_none(request.GET.get("nguoi", ""))}
    form = NominationForm(request.POST or None, instance=Nomination(dossier=found), user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: lines.nominate(form.instance, by=request.user)):
            messages.success(request, f"Đã thêm {form.instance.name}.")
            return redirect("nominate" if "more" in request.POST else "dossier", found.pk)
        form.instance.pk = None
    return _line_form(request, form, "Thêm đề nghị", found)


def add_person(request, pk):
    """Add somebody of the unit who is in no list yet, then go on to propose them; ``?loai=`` says of which kind."""
    found = kept(request, pk)
    if told := closed(found, request.user):
        messages.error(request, told)
        return redirect(found)
    slug = request.GET.get("loai", "ca-nhan")
    row = Recipient(kind=SLUGS.get(slug, Whom.PERSON))
    form = own_form(row, found.unit, request.user, request.POST or None)
    on = reverse("nominate", args=[found.pk])
    if request.method == "POST" and form.is_valid() and stored(request, form, None):
        messages.success(request, f"Đã thêm {row.name} vào danh sách. Hãy chọn danh hiệu, hình thức đề nghị.")
        return redirect(f"{on}?nguoi={row.pk}")
    return form_page(
        request, form, f"Thêm {row.get_kind_display().lower()} mới", template="awards/nominations/person_form.html",
        up=to(found.name, found), back=on, dossier=found, on=on, slug=slug, kinds=SLUGS.items(), **FRAME,
    )  # fmt: skip


def gather(request, pk):
    """Choose those who were registered, or proposed a year before; ``?tu=`` says which."""
    found = kept(request, pk)
    source = request.GET.get("tu", gathering.REGISTERED)
    if source not in gathering.SOURCES:
        raise Http404
    if told := closed(found, request.user):
        messages.error(request, told)
        return redirect(found)
    if request.method == "POST":
        keys = [*request.POST.getlist("chon"), *request.POST.get("chon-khac", "").split(",")]
        if number := attempted(request, lambda: gathering.take_over(found, source, keys, by=request.user)):
            messages.success(request, f"Đã thêm {number} đề nghị.")
            return redirect(found)
    candidates = gathering.candidates(found, source, request.user.inherited_units)
    context = FRAME | {
        "dossier": found,
        "columns": GATHERED,
        "page_obj": Paginator(candidates, ON_A_PAGE).get_page(request.GET.get("page")),
        "source": source,
        "sources": gathering.SOURCES.items(),
        "tab": source,
    }
    return render(request, "awards/nominations/gather.html", context)


GATHERED = [
    ticks("chon", "gom", "Chọn mọi người", of="key", called=lambda row: row.recipient.name),
    Column(
        "Cá nhân, tập thể",
        "recipient.name",
        main=True,
        note="recipient.post",
        to=lambda row: row.recipient.get_absolute_url(),
    ),
    Column("Danh hiệu, hình thức", lambda row: called(row.type), label="Đề nghị"),
]


def edit_line(request, pk):
    """Change a nomination."""
    row = find_line(request, pk)
    kept(request, row.dossier_id)
    if told := lines.edit_line.untimely(row, request.user):
        messages.error(request, told)
        return redirect(row)
    form = NominationForm(request.POST or None, instance=row, user=request.user)
    typed = {"by": request.user, "typed": row, "seen_version": form.seen if form.is_bound and form.is_valid() else None}
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: lines.edit_line(row, **typed)):
        messages.success(request, "Đã lưu.")
        return redirect(row.dossier)
    return _line_form(request, form, "Sửa đề nghị", row.dossier)


def _line_form(request, form, title, dossier):
    return form_page(
        request, form, title, template="awards/nominations/nomination_form.html", up=to(dossier.name, dossier), back=dossier,
        dossier=dossier, **FRAME,
    )  # fmt: skip


def nomination(request, pk):
    """One nomination: who, for what, each condition with its facts and article, how far it has come."""
    return _line_page(request, find_line(request, pk))


def _line_page(request, row, refused=None):
    is_kept = row.dossier.is_kept_by(request.user)
    context = FRAME | {
        "row": row,
        "dossier": row.dossier,
        "answer": checking.judged(row.dossier, [row])[row.pk],
        "doubts": () if row.state in Nomination.OVER else checking.doubts_about(row.dossier, [row]).get(row.pk, ()),
        "instead": _instead(row) if row.fallback_id else "",
        "competed": competed([row]).get(row.pk),
        "results": results_of(row.dossier) if row.dossier.campaign_id else (),
        "successor": Nomination.objects.filter(in_place_of=row.pk).select_related("type").first(),
        "steps": offers(lines.LINES, row, request.user, refused),
        "may_edit": lines.edit_line.may(row, request.user),
        "changes": history_of(About.DOSSIER, row.dossier_id).filter(of=row.pk)[:40],
        "opinions": row.opinions.visible_to(request.user).select_related("unit").order_by("asked_on", "pk"),
        # What the council counted, as far as that holds.
        "council_votes": row.items.filter(stands=True, agreed__isnull=False).select_related("meeting"),
        "papers": (opened := OF_NOMINATION.of(row.pk).open_to(request.user)),
        "read_here": () if is_kept else papers_of(row).exclude(pk__in=opened.order_by().values("pk")),
        "may_report": is_kept and row.state not in Nomination.OVER,
    }
    return render(request, "awards/nominations/nomination.html", context, status=422 if refused else 200)


def _instead(row) -> str:
    """What it is looked at for if it does not get its award, and whether it may have that."""
    answer = checking.judged(row.dossier, [row], of="fallback")[row.pk]
    return f"{answer.name} ({STANDS[answer.met].lower()})"


step = step_view(lines.LINES, find_line, _line_page)

"""Files: the one list for all, a file with its nominations and checklist, written and moved on; one nomination explained."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, state, ticks, toned
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_manage, may_oversee, may_write
from units.templatetags.parts import to
from units.text import key_or_none

from ..catalogue.book import called
from ..catalogue.models import Whom
from ..eligibility.rules import STANDS
from ..log import About
from ..recipients.forms import own_form
from ..recipients.models import Recipient
from ..recipients.views import SLUGS, stored
from . import actions, checking, gathering, lines, pieces
from .checklist import checklist_of
from .competing import competed, results_of
from .filters import DossierFilter
from .forms import DossierForm, NominationForm
from .models import OF_DOSSIER, OF_NOMINATION, Dossier, Nomination
from .reading import papers_in, papers_of
from .rules import doubt_about_due, faults_of

FRAME = {"area": "dossiers"}
# Nominations on a page of their file, and candidates for it.
ON_A_PAGE = 100


def _due(row):
    if not row.due_on or row.state in Dossier.OVER:
        return ""
    words = f"{row.due_on:%d/%m/%Y}"
    late = (timezone.localdate() - row.due_on).days
    return toned("late", f"{words}, quá {late} ngày") if late > 0 else words


def _span(row):
    """From when to when it stands at its step; no end where it is over."""
    return row.since, None if row.state in Dossier.OVER else row.due_on


def _about(row):
    return f"{row.get_route_display()} · năm {row.year} · {row.number} đề nghị"


class DossierList(OfficeList):
    """Where each file is, since when, whose, until when; late ones stand out."""

    what = "hồ sơ"
    filterset_class = DossierFilter
    template_name = "awards/nominations/dossiers.html"
    export_name = "ho-so-khen-thuong"
    export_title = "Hồ sơ đề nghị khen thưởng"
    sorts = {"don-vi": ["unit__sort_text"], "han": ["due_on"], "tu": ["since"], "nam": ["year"]}
    columns = [
        Column("Hồ sơ", "name", main=True, note=_about),
        InFile("Loại hình", "get_route_display"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        InFile("Năm", lambda row: str(row.year)),
        InFile("Số đề nghị", "number"),
        Column("Đang ở bước", state),
        Column("Từ ngày", "since", sort="tu", label="Từ ngày", look="nowrap"),
        OnPage("Hạn", _due, sort="han", label="Hạn", look="nowrap"),
        InFile("Hạn", "due_on"),
        Column("Người thẩm định", lambda row: row.officer and row.officer.full_name, label="Thẩm định"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered; what is late first."""
        rows = Dossier.objects.visible_to(self.request.user).select_related("unit", "officer")
        number = (
            Nomination.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier").annotate(number=Count("pk"))
        )
        is_over = Case(When(state__in=Dossier.OVER, then=1), default=0, output_field=IntegerField())
        rows = rows.annotate(number=Coalesce(Subquery(number.values("number")), 0), is_over=is_over)
        self.queryset = rows.order_by("is_over", F("due_on").asc(nulls_last=True), "-year", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        user = self.request.user
        facts = {"may_write": may_write(user), "oversees": may_oversee(user)}
        context = super().get_context_data(**facts, **FRAME, **kwargs)
        return context | {"doubt": doubt_about_due(user, map(_span, context["page_obj"].object_list))}


def find(request, pk) -> Dossier:
    """A file that this person may see; else 404."""
    rows = Dossier.objects.visible_to(request.user).select_related("unit", "campaign__unit", "officer", "author")
    return get_object_or_404(rows, pk=pk)


def dossier(request, pk):
    """One file."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    nominations = list(checking.rows_of(found).order_by("position"))
    page = Paginator(nominations, ON_A_PAGE).get_page(request.GET.get("page"))
    open_ones = [row for row in page if row.state not in Nomination.OVER]
    doubts = checking.doubts_about(found, open_ones) if open_ones else {}
    changes, checklist = history_of(About.DOSSIER, found.pk), checklist_of(found)
    is_kept = found.is_kept_by(request.user)
    context = FRAME | {
        "dossier": found,
        "nominations": [(row, doubts.get(row.pk, ())) for row in page],
        "page_obj": page,
        "counts": _counts(nominations),
        "checklist": checklist,
        "may_answer": pieces.may_add(found, request.user),
        "papers": (opened := OF_DOSSIER.of(found.pk).open_to(request.user).order_by("pk")),
        # Who got the file reads what the unit wrote for it, delivered or not.
        "read_here": () if is_kept else papers_in(found).exclude(pk__in=opened.order_by().values("pk")),
        "is_kept": is_kept,
        "faults": faults_of(found, checklist) if actions.submit.may(found, request.user) else [],
        "may_edit": lines.is_open_to(found, request.user),
        "may_check": actions.check.may(found, request.user) and nominations,
        "steps": offers(actions.STEPS, found, request.user, refused),
        "returned": changes.filter(what="return").first() if found.state == Dossier.State.RETURNED else None,
        # What became of one nomination once it was sent stands on its own page.
        "changes": changes.filter(Q(of=None) | Q(what__in=lines.WRITTEN))[:60],
        "may_write_papers": is_kept and found.state in Dossier.OPEN and nominations,
        "may_tell": may_manage(request.user) and found.state == Dossier.State.APPRAISED and not _left(nominations),
        "results": results_of(found) if found.campaign_id else (),
        "falling": falling_back(found, request.user),
        "may_ask": may_manage(request.user) and any(row.state in Nomination.ASKABLE for row in nominations),
        "doubt": doubt_about_due(request.user, [_span(found)]),
        "is_late": bool(found.due_on and found.due_on < timezone.localdate()),
    }
    return render(request, "awards/nominations/dossier.html", context, status=422 if refused else 200)


def falling_back(dossier, user):
    """Nominations of the file that came to nothing and may be looked at for another award; the office decides."""
    rows = Nomination.objects.falling_back().filter(dossier=dossier.pk).select_related("type", "fallback")
    return rows.order_by("position") if may_manage(user) else ()


def _left(nominations):
    return [row for row in nominations if row.state not in Nomination.OVER]


def _counts(nominations):
    met = {True: "Đủ điều kiện", False: "Chưa đủ", None: "Chưa kết luận được"}
    checked = [row for row in nominations if row.checked_at]
    found = [(words, sum(row.met is stands for row in checked)) for stands, words in met.items()]
    return [("Đề nghị", len(nominations)), *(found if checked else ())]


step = step_view(actions.STEPS, find, _page)


def kept(request, pk) -> Dossier:
    found = find(request, pk)
    if not found.is_kept_by(request.user):
        raise PermissionDenied(f"Hồ sơ này do {found.unit} lập và sửa.")
    return found


def new_dossier(request):
    """Begin one."""
    if not (may_write(request.user) and request.user.unit_id):
        raise PermissionDenied("Hồ sơ do đơn vị đề nghị lập. Tài khoản của bạn không lập được hồ sơ.")
    form = DossierForm(
        request.POST or None, instance=Dossier(unit=request.user.unit), user=request.user,
        initial={"year": timezone.localdate().year},
    )  # fmt: skip
    return _edit(request, form, "Lập hồ sơ đề nghị khen thưởng")


def edit_dossier(request, pk):
    """Change what it is for."""
    found = kept(request, pk)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    return _edit(request, DossierForm(request.POST or None, instance=found, user=request.user), "Sửa hồ sơ")


def _edit(request, form, title):
    is_new, back = form.instance.pk is None, form.instance if form.instance.pk else "dossiers"
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: actions.save(form.instance, by=request.user, seen_version=form.seen)):
            messages.success(request, "Đã lập hồ sơ. Hãy thêm cá nhân, tập thể được đề nghị." if is_new else "Đã lưu.")
            return redirect(form.instance)
        form.instance.pk = None if is_new else form.instance.pk
    return form_page(request, form, title, back=back, **FRAME)


# --- Its nominations


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


line_step = step_view(lines.LINES, find_line, _line_page)


@require_POST
def check(request, pk):
    """Judge all nominations of a file by what is known today."""
    found = find(request, pk)
    if attempted(request, lambda: actions.check(found, by=request.user)):
        changed = found.nominations.exclude(changed="").count()
        said = f" {changed} đề nghị có kết quả khác lần trước." if changed else ""
        messages.success(request, f"Đã kiểm tra {found.nominations.count()} đề nghị.{said}")
    return redirect(found)

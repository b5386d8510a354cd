"""Files: the one list for all, a file with its nominations and checklist, written and moved on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, state, toned
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_manage, may_oversee, may_write

from ..log import About
from . import actions, checking, lines, pieces
from .checklist import checklist_of
from .competing import results_of
from .filters import DossierFilter
from .forms import DossierForm
from .models import OF_DOSSIER, Dossier, Nomination
from .reading import papers_in
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


@require_POST
def check(request, pk):
    """Judge all nominations of a file by what is known today."""
    found = find(request, pk)
    if attempted(request, lambda: actions.check(found, by=request.user)):
        changed = found.nominations.exclude(changed="").count()
        said = f" {changed} đề nghị có kết quả khác lần trước." if changed else ""
        messages.success(request, f"Đã kiểm tra {found.nominations.count()} đề nghị.{said}")
    return redirect(found)

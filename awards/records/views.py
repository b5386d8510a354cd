"""Initiatives, ratings, figures of collectives, discipline, terms: a list and a form each; ratings of a unit at once."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from documents.models import history_of
from documents.steps.accepting import accepted
from units.lists import OfficeList
from units.permissions import managers_only, may_manage, may_oversee, writers_only
from units.text import key_or_none

from ..catalogue.models import Whom
from ..recipients.models import Recipient
from . import actions
from .fields import told
from .forms import RemoveForm, SheetForm, UnitYearForm
from .import_views import import_pages
from .kinds import KINDS, RATINGS, Kind
from .models import Authorship, Initiative, Rating

FRAME = {"area": "records"}
# People of one sheet: a unit with more is rated from Excel.
MOST_RATED = 500


def _rows(kind: Kind, user):
    """The records of a kind that ``user`` may see, with what a list shows; of authors those that the person may see."""
    rows = kind.model.objects.visible_to(user).select_related(*kind.related)
    if kind.model is not Initiative:
        return rows
    authors = Authorship.objects.visible_to(user).select_related("recipient", "used_in__type").order_by("pk")
    return rows.prefetch_related(Prefetch("authorships", authors))


class RecordList(OfficeList):
    """The records of one kind."""

    template_name = "awards/records/records.html"
    kind = RATINGS

    def setup(self, request, *args, **kwargs):
        """What a list of its kind is called, and what it shows."""
        super().setup(request, *args, **kwargs)
        kind = self.kind
        self.filterset_class, self.columns, self.sorts, self.what = kind.filter, kind.columns, kind.sorts, kind.what
        self.export_name, self.export_title = kind.path, kind.title

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = _rows(self.kind, self.request.user)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the kinds, and what this person may do."""
        may = {"may_manage": may_manage(self.request.user), "kind": self.kind, "kinds": KINDS, "tab": self.kind.many}
        may |= {"new_address": reverse(f"new_{self.kind.one}"), "import_address": f"import_{self.kind.many}"}
        return super().get_context_data(**FRAME | may | kwargs)


def _pages(kind: Kind) -> list:
    """The addresses of one kind."""

    @managers_only
    def new(request):
        return _edit(request, kind, kind.model(), _asked(request, kind))

    def one(request, pk):
        found = get_object_or_404(_rows(kind, request.user), pk=pk)
        return _edit(request, kind, found) if may_manage(request.user) else _show(request, kind, found)

    @managers_only
    def remove(request, pk):
        return _remove(request, kind, get_object_or_404(_rows(kind, request.user), pk=pk))

    base = f"khen-thuong/{kind.path}"
    return [
        path(f"{base}/", RecordList.as_view(kind=kind), name=kind.many),
        path(f"{base}/ghi/", new, name=f"new_{kind.one}"),
        path(f"{base}/<int:pk>/", one, name=kind.one),
        path(f"{base}/<int:pk>/xoa/", remove, name=f"remove_{kind.one}"),
    ]


def _asked(request, kind) -> Recipient | None:
    """For whom a record is begun, where a page of one led here: ``?nguoi=``."""
    key = key_or_none(request.GET.get("nguoi", ""))
    return Recipient.objects.main().select_related("unit").filter(pk=key).first() if key else None


def _edit(request, kind, found, whose=None):
    """``whose``: from whose page a record is begun, where one goes back afterwards."""
    initial = {"recipient": whose.pk, "authors": [whose]} if whose else {}
    form = kind.form(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _save(request, form)):
        messages.success(request, "Đã lưu.")
        return redirect(whose or kind.many)
    if form.errors and form.instance.pk and not kind.model.objects.filter(pk=form.instance.pk).exists():
        form.instance.pk = None
    return _show(request, kind, found, form)


def _save(request, form):
    actions.save(form.instance, by=request.user, seen_version=form.seen, **form.more())


def _show(request, kind, found, form=None, removal=None):
    changes = history_of(kind.about, found.pk)[:50] if found.pk and may_oversee(request.user) else ()
    facts = [(column.head, column.of(found)) for column in kind.columns] if form is None else ()
    context = FRAME | {
        "kind": kind,
        "record": found,
        "form": form,
        "removal": removal,
        "changes": changes,
        "facts": facts,
    }
    status = 422 if (form and form.errors) or (removal and removal.errors) else 200
    return render(request, "awards/records/record.html", context, status=status)


def _remove(request, kind, found):
    form = RemoveForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        told = {"by": request.user, "reason": typed["reason"], "seen_version": typed["version"]}
        if accepted(form, lambda: actions.remove(found, **told)):
            messages.success(request, "Đã xóa; nhật ký còn giữ nội dung.")
            return redirect(kind.many)
    return _show(request, kind, found, removal=form)


# --- Ratings of many at once


@managers_only
def rating_sheet(request):
    """The people of a unit with their ratings of a year; who is left open stays."""
    last = timezone.localdate().year - 1
    chosen = UnitYearForm(request.GET or None, initial={"nam": last})
    people, levels, form = [], {}, None
    if chosen.is_bound and chosen.is_valid():
        unit, year = chosen.cleaned_data["don_vi"], chosen.cleaned_data["nam"]
        rows = Recipient.objects.main().filter(unit=unit).exclude(kind=Whom.HOUSEHOLD)
        people = list(rows.order_by("kind", "sort_text")[:MOST_RATED])
        levels = dict(Rating.objects.filter(year=year, recipient__in=people).values_list("recipient", "level"))
        form = SheetForm(request.POST or None, people=people, levels=levels)
        if request.method == "POST" and form.is_valid():
            paper = form.cleaned_data["paper"]
            if accepted(form, lambda: actions.rate(form.given(), year, by=request.user, paper=paper)):
                messages.success(request, f"Đã lưu xếp loại năm {year} của {unit}.")
                return redirect(request.get_full_path())
    context = FRAME | {"chosen": chosen, "form": form, "people": people, "kind": RATINGS}
    return render(request, "awards/records/rating_sheet.html", context, status=422 if form and form.errors else 200)


@writers_only
def name_recipients(request):
    """Recipients that this person may see, whose names hold what is being typed, as options of a field."""
    typed = next(iter(request.GET.values()), "")
    seen = Recipient.objects.visible_to(request.user).main()
    rows = seen.matching(typed).select_related("unit")[:12] if len(typed.strip()) > 1 else ()
    return render(request, "awards/records/_names.html", {"names": map(told, rows)})


urlpatterns = [
    path("khen-thuong/xep-loai/bang/", rating_sheet, name="rating_sheet"),
    path("khen-thuong/goi-y/", name_recipients, name="name_recipients"),
    *(address for kind in KINDS for address in (*import_pages(kind), *_pages(kind))),
]

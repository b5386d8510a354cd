"""The list of awards, the page of a recipient, the explained answer whether one may be given an award, and that of a list."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from documents.steps.accepting import accepted
from units.columns import Column, InFile, OnPage
from units.excel_out import excel, heading_for
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_manage

from ..catalogue.book import book_of
from ..decisions.views import AWARD_PARTS
from ..eligibility.rules import STANDS
from ..recipients.models import Recipient
from ..records.facts import facts_of, predecessors_of
from ..records.kinds import kinds_of
from ..records.models import Award
from .filters import AwardFilter, CheckFilter
from .forms import CheckForm, QuestionForm
from .inheritance import InheritanceForm, decide, former_of
from .standing import CHECK_COLUMNS, answers_for, judged, next_of, years_of
from .told import told_of

# Recipients that are checked at once.
MOST, PER_PAGE = 500, 50
TITLE = "Danh hiệu, hình thức"


def find(request, pk) -> Recipient:
    """A recipient that the person may see; 404 for others."""
    return get_object_or_404(Recipient.objects.visible_to(request.user).select_related("unit__superior"), pk=pk)


def _post(row):
    """Post and unit at that time; a unit that is said already, by the post or as the recipient itself, is not said again."""
    unit = row.unit.name if row.unit else ""
    return ", ".join(filter(None, (row.post, unit if unit not in (row.post or row.name) else "")))


def _day(row):
    return f"{row.decided_on:%d/%m/%Y}"


def _for_lists(awards):
    return awards.select_related("type", "decision", "unit", "recipient").defer("decision__search_text")


class AwardList(OfficeList):
    """Awards that one may see, the latest decision first."""

    what = "lần khen"
    filterset_class = AwardFilter
    paginator_class = CappedPaginator
    template_name = "awards/overview/awards.html"
    export_name = "khen-thuong"
    export_title = "Danh sách khen thưởng"
    sorts = {"ten": ["recipient__sort_text"], "ngay": ["decided_on"], "nam": ["year"]}
    columns = [
        Column(
            "Người nhận", "name", main=True, to=lambda row: row.recipient.get_absolute_url(), note=_post, sort="ten"
        ),
        Column(TITLE, "title", label="Được tặng"),
        InFile("Chức vụ, đơn vị", _post),
        Column("Năm", lambda row: str(row.year), file="Năm thành tích", sort="nam", label="Năm"),
        InFile("Loại hình", "get_route_display"),
        InFile("Thành tích", "deed"),
        OnPage("Quyết định", "decision.number", note=_day, sort="ngay", label="Quyết định", look="nowrap"),
        InFile("Số quyết định", "decision.number"),
        InFile("Ngày quyết định", "decided_on"),
        Column("Tiền thưởng", "amount", file="Tiền thưởng (đồng)", label="Tiền thưởng", look="points"),
        InFile("Hủy từ ngày", "cancelled_on"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = _for_lists(Award.objects.visible_to(self.request.user).standing())
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys, which have passed scope and filter; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = _for_lists(Award.objects)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(area="awards", **kwargs)


def _main(request, found) -> Recipient:
    """The record that ``found`` was found to be a second one of, where the person may see that."""
    if not found.merged_into_id:
        return found
    visible = Recipient.objects.visible_to(request.user).select_related("unit__superior")
    return visible.filter(pk=found.merged_into_id).first() or found


def told_of_award(award, user):
    """On the page of an award: what became of its items."""
    words = told_of([award.pk], with_items=False).get(award.pk, ())
    # The other parts of the page ask for them as well.
    prefetch_related_objects([award], "dues__kind")
    dues = [(due, due.kind) for due in award.dues.all()]
    return ("awards/overview/_told.html", {"words": words, "dues": dues}) if words or dues else None


AWARD_PARTS.insert(0, told_of_award)


def recipient(request, pk):
    """Everything of one recipient: who it is, what was given, year by year, what counts, what could come next."""
    found = find(request, pk)
    main = _main(request, found)
    day = timezone.localdate()
    before = list(predecessors_of({main.pk: main}))
    book, facts = book_of(day), facts_of([main], before)[main.pk]
    family = {main.pk, *main.merged.values_list("pk", flat=True)}
    former = former_of(main, before)
    context = {
        "recipient": main,
        "seen": found,
        "years": _told(years_of(book, facts, family)),
        "next": next_of(book, facts),
        "facts": facts,
        "is_empty": not facts.held and not facts.ratings,
        "former": former,
        "undecided": sum(decided is None for _, decided in former),
        "teams": sorted((row.key for row in facts.teams if row.key.recipient_id in family), key=lambda row: -row.year),
        "may_manage": may_manage(request.user),
        "to_record": [(f"{reverse(f'new_{kind.one}')}?nguoi={main.pk}", kind.new) for kind in kinds_of(main)],
        "area": "recipients",
    }
    return render(request, "awards/overview/recipient.html", context)


def _told(years):
    """With what became of the items of each award."""
    lines = [line for year in years for line in year.lines]
    found = told_of(line.award.pk for line in lines)
    for line in lines:
        line.told = found.get(line.award.pk, [])
    return years


@managers_only
def inherit(request, pk):
    """Whether what a former unit was given counts for the one it went into."""
    found = find(request, pk)
    form = InheritanceForm(request.POST or None, recipient=found)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        seen = typed.pop("version")
        if accepted(form, lambda: decide(found, by=request.user, seen_version=seen, **typed)):
            messages.success(request, "Đã ghi quyết định.")
            return redirect(found)
    context = {"recipient": found, "form": form, "former": former_of(found), "area": "recipients"}
    return render(request, "awards/overview/inherit.html", context, status=422 if form.errors else 200)


def judgement(request, pk):
    """Whether a recipient may be given an award, each condition with its facts and its article."""
    found = _main(request, find(request, pk))
    form = QuestionForm(request.GET or None)
    answer = None
    if form.is_bound and form.is_valid():
        facts = facts_of([found])[found.pk]
        answer = judged(book_of(form.day), facts, **form.asked())
    context = {"recipient": found, "form": form, "answer": answer, "area": "recipients"}
    return render(request, "awards/overview/judgement.html", context)


def check(request):
    """Whether each of a list may be given an award: at most ``MOST`` recipients at once, in the same few queries."""
    rows = Recipient.objects.visible_to(request.user).main().select_related("unit").order_by("sort_text", "pk")
    filterset = CheckFilter(request.GET or None, queryset=rows, request=request)
    form = CheckForm(request.GET if request.GET.get("danh_hieu") else None)
    answers, is_more = [], False
    if form.is_bound and form.is_valid():
        found = list(filterset.qs[: MOST + 1])
        is_more = len(found) > MOST
        answers = answers_for(found[:MOST], form.day, **form.asked())
    counts = Counter(row.answer.met for row in answers)
    shown = [row for row in answers if form.shows(row.answer.met)]
    if request.GET.get("xuat") == "xlsx":
        return excel("kiem-tra-dieu-kien", CHECK_COLUMNS, shown, heading_for(request.user, "Kiểm tra điều kiện"))
    context = {
        "filter": filterset,
        "form": form,
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "checked": len(answers),
        "is_more": is_more,
        "most": MOST,
        "counts": [(words, counts[met]) for met, words in STANDS.items()],
        "area": "check_awards",
    }
    return render(request, "awards/overview/check.html", context)

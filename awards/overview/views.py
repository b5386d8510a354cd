"""The list of awards, the page of a recipient, the explained answer whether one may be given an award, and that of a list."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from units.lists import OfficeList
from units.permissions import may_manage

from ..catalogue.book import book_of
from ..recipients.models import Recipient
from ..records.facts import facts_of
from ..records.models import Award
from .filters import AwardFilter
from .forms import QuestionForm
from .standing import judged, next_of, years_of


def find(request, pk) -> Recipient:
    """A recipient that the person may see; 404 for others."""
    return get_object_or_404(Recipient.objects.visible_to(request.user).select_related("unit__superior"), pk=pk)


class AwardList(OfficeList):
    """Awards that one may see, the latest decision first."""

    filterset_class = AwardFilter
    template_name = "awards/overview/awards.html"
    export_name = "khen-thuong"
    export_title = "Danh sách khen thưởng"
    sorts = {"ten": ["recipient__sort_text"], "ngay": ["decided_on"], "nam": ["year"]}
    columns = [
        ("Người nhận", lambda row: row.name),
        ("Chức vụ, đơn vị", lambda row: row.post or (row.unit.name if row.unit else "")),
        ("Danh hiệu, hình thức", lambda row: row.title),
        ("Năm thành tích", lambda row: row.year),
        ("Loại hình", lambda row: row.get_route_display()),
        ("Thành tích", lambda row: row.deed),
        ("Số quyết định", lambda row: row.decision.number),
        ("Ngày quyết định", lambda row: row.decided_on),
        ("Tiền thưởng (đồng)", lambda row: row.amount),
        ("Hủy từ ngày", lambda row: row.cancelled_on),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = Award.objects.visible_to(self.request.user).standing()
        self.queryset = rows.select_related("type", "decision", "unit", "recipient").defer("decision__search_text")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(area="awards", **kwargs)


def recipient(request, pk):
    """Everything of one recipient: who it is, what was given, year by year, what counts, what could come next."""
    found = find(request, pk)
    main = found.merged_into or found
    day = timezone.localdate()
    book, facts = book_of(day), facts_of([main])[main.pk]
    keys = [held.key for held in facts.held]
    awards = Award.objects.filter(pk__in=keys).select_related("type", "decision", "recipient").in_bulk()
    context = {
        "recipient": main,
        "seen": found,
        "years": years_of(book, facts, awards),
        "next": next_of(book, facts),
        "facts": facts,
        "is_empty": not facts.held and not facts.ratings,
        "question": QuestionForm(),
        "may_manage": may_manage(request.user),
        "area": "recipients",
    }
    return render(request, "awards/overview/recipient.html", context)


def judgement(request, pk):
    """Whether a recipient may be given an award, each condition with its facts and its article."""
    found = find(request, pk)
    form = QuestionForm(request.GET or None)
    answer = None
    if form.is_bound and form.is_valid():
        facts = facts_of([found])[found.pk]
        answer = judged(book_of(form.day), facts, **form.asked())
    context = {"recipient": found, "form": form, "answer": answer, "area": "recipients"}
    return render(request, "awards/overview/judgement.html", context)

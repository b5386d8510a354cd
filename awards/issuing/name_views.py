"""The page on which a unit says whether the names that go into a decision are right."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from documents.steps.pages import step_view
from documents.steps.refusing import first_of
from units.columns import Column
from units.lists import OfficeList
from units.permissions import writers_only

from ..catalogue.book import called
from . import lines
from .filters import DraftFilter
from .rules import asked_of, unanswered, with_all
from .views import _row_page, _said, find_row


class NameList(OfficeList):
    """The names of the own unit that go into decisions, to be confirmed one by one or all at once."""

    what = "tên"
    filterset_class = DraftFilter
    template_name = "awards/issuing/names.html"
    paginate_by = 100
    export_name = "xac-nhan-ten"
    export_title = "Tên ghi trong quyết định khen thưởng, chờ đơn vị xác nhận"
    sorts = {"ten": ["recipient__sort_text"], "han": ["decision__draft__names_until"]}
    columns = [
        Column("Tên ghi trong quyết định", "name", main=True, sort="ten",
               to=lambda row: reverse("draft_row", args=[row.pk])),
        Column("Chức vụ, đơn vị", "post", label="Chức vụ, đơn vị"),
        Column("Danh hiệu, hình thức", lambda row: called(row.type), label="Tặng"),
        Column("Hạn", "decision.draft.names_until", sort="han", label="Hạn", look="nowrap"),
        Column("Xác nhận", _said, label="Xác nhận"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = with_all(asked_of(self.request.user)).select_related("decision__draft", "name_check")
        self.queryset = rows.order_by("decision", "type__position", "recipient__sort_text", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds how many wait."""
        left = unanswered(asked_of(self.request.user)).count()
        context = super().get_context_data(area="names", left=left, **kwargs)
        for row in context["page_obj"]:
            row.said = _said(row)
        return context


names = writers_only(NameList.as_view())


@writers_only
@require_POST
def confirm_all(request):
    """All of which nothing was said yet are right."""
    outcome = lines.confirm_all(unanswered(asked_of(request.user)), by=request.user)
    left = [f"{row.name}: {why}" for row, why in outcome.refused]
    if left:
        messages.warning(request, f"{len(left)} tên giữ nguyên: {first_of(left, 'tên', between=' ')}")
    messages.success(request, f"Đã xác nhận đúng {len(outcome.done)} tên.")
    return redirect("names")


step = step_view(lines.NAMES, find_row, _row_page, onward=lambda row: reverse("names"))

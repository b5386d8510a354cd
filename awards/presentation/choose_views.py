"""Awards that are to be presented: all that wait, and those from which an occasion chooses."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted
from units.columns import Column, InFile, chosen_keys, ticks, toned
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_manage, may_see_store

from ..handover.left import remind_units
from ..records.models import Award
from . import actions
from .filters import CandidateFilter, ToPresentFilter
from .models import Occasion
from .rules import candidates, dated, still_to_present
from .views import _for, frame

_FACTS = ("type", "decision", "unit", "recipient")


def _since_days(row) -> int:
    return (timezone.localdate() - row.since).days


def _decided(row) -> str:
    return f"{row.decided_on:%d/%m/%Y}"


def _award(row) -> str:
    return reverse("award", args=[row.pk])


def _where(row) -> str:
    """In which occasion it is, if in one."""
    found = getattr(row, "presented", None)
    if found is None:
        return toned("late", "Chưa có lần trao")
    day = f"{found.occasion.day:%d/%m/%Y}"
    return toned("wait", f"Vắng ngày {day}") if found.is_absent else toned("open", f"Dự kiến {day}")


def _where_words(row) -> str:
    found = getattr(row, "presented", None)
    return "Chưa vào lần trao nào" if found is None else f"{'Vắng' if found.is_absent else 'Dự kiến'}: {found.occasion}"


_COLUMNS = [
    Column("Người, tập thể", "name", main=True, note="post", sort="ten", to=_award),
    InFile("Chức vụ, đơn vị", "post"),
    Column("Được tặng", "title", label="Được tặng"),
    Column("Quyết định", "decision.number", note=_decided, label="Quyết định"),
    InFile("Ngày quyết định", "decided_on"),
    Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
    InFile("Nhận từ", "since"),
    Column("Chờ (ngày)", _since_days, sort="cho", look="points", label="Chờ (ngày)"),
]


class ToPresentList(OfficeList):
    """Awards that a unit has collected and that nobody who is honoured has yet: since when, and where they are planned."""

    what = "khen thưởng"
    filterset_class = ToPresentFilter
    paginator_class = CappedPaginator
    template_name = "awards/presentation/to_present.html"
    paginate_by = 50
    export_name = "khen-thuong-con-phai-trao"
    export_title = "Khen thưởng đã nhận hiện vật, chưa trao"
    sorts = {"ten": ["recipient__sort_text"], "don-vi": ["unit__sort_text"], "cho": ["-since"]}
    columns = [*_COLUMNS, Column("Đang ở", _where_words, shown=_where, label="Đang ở")]

    def _rows(self, rows):
        return rows.select_related(*_FACTS, "presented__occasion")

    def get_queryset(self):
        """Scoped before anything is filtered; what has waited longest first."""
        user = self.request.user
        seen = Award.objects.all() if may_see_store(user) else Award.objects.visible_to(user)
        self.queryset = self._rows(still_to_present(seen)).order_by("since", "decision", "position")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = self._rows(dated(Award.objects.all()))
        return paginator

    def get_context_data(self, **kwargs):
        """Adds whether one may remind units."""
        may = may_manage(self.request.user)
        return super().get_context_data(**frame(self.request, "to_present", may_remind=may), **kwargs)


@managers_only
@require_POST
def remind_to_present(request):
    """Remind the units of all that the filter of the address leaves."""
    rows = ToPresentFilter(request.GET, queryset=still_to_present(Award.objects.all()), request=request).qs
    keys = set(rows.order_by().values_list("unit", flat=True)) - {None}

    def link(paper):
        return request.build_absolute_uri(paper.get_absolute_url())

    told = attempted(request, lambda: remind_units(keys, by=request.user, day=timezone.localdate(), link=link))
    if told:
        number, without = told
        messages.success(request, f"Đã nhắc {number} đơn vị; thư chờ ở «Hộp thư đi».")
        if without:
            messages.warning(request, f"Chưa có thông báo nào để nhắc: {'; '.join(without[:10])}.")
    return redirect(f"{reverse('to_present')}?{request.GET.urlencode()}")


class CandidateList(OfficeList):
    """Awards that an occasion may have; who holds it ticks them, or takes all that the filter leaves."""

    what = "khen thưởng"
    filterset_class = CandidateFilter
    template_name = "awards/presentation/choose.html"
    paginate_by = 100
    sorts = {"ten": ["recipient__sort_text"], "don-vi": ["unit__sort_text"], "cho": ["-since"]}
    columns = _COLUMNS
    export_name = "khen-thuong-chon-trao"
    export_title = "Khen thưởng chọn được cho lần trao"

    def dispatch(self, request, *args, **kwargs):
        """For those who hold it, as long as it is planned."""
        self.occasion: Occasion = _for(request, kwargs["pk"], actions.choose)
        if told := actions.choose.untimely(self.occasion, request.user):
            messages.error(request, told)
            return redirect(self.occasion)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """The latest decision first: what was collected, or what carries no item."""
        user, bare = self.request.user, self.request.GET.get("loai") == CandidateFilter.BARE
        own = user.seen_units if user.unit_id == self.occasion.unit_id else None
        rows = candidates(self.occasion, own, bare=bare).select_related(*_FACTS)
        self.queryset = rows.order_by("-decided_on", "decision", "position")
        return super().get_queryset()

    def page_columns(self):
        """With boxes."""
        boxes = ticks("khen", "chosen", "Chọn mọi khen thưởng trên trang này", called=lambda row: row.name)
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds the occasion."""
        return super().get_context_data(**frame(self.request, "occasions", occasion=self.occasion), **kwargs)

    def post(self, request, *args, **kwargs):
        """Choose what was ticked, or all that the filter of the address leaves."""
        keys = chosen_keys(request.POST, "khen")
        if "all" in request.POST:
            keys = set(self.get_queryset().values_list("pk", flat=True)[: actions.MOST + 1])
        if attempted(request, lambda: actions.choose(self.occasion, by=request.user, keys=keys)) is None:
            return redirect(request.get_full_path())
        messages.success(request, f"Đã thêm {len(keys)} khen thưởng, xếp theo thứ tự gọi trao.")
        return redirect(self.occasion)


urlpatterns = [
    path("khen-thuong/hien-vat/trao/con-phai-trao/", ToPresentList.as_view(), name="to_present"),
    path("khen-thuong/hien-vat/trao/con-phai-trao/nhac/", remind_to_present, name="remind_to_present"),
    path("khen-thuong/hien-vat/trao/<int:pk>/chon/", CandidateList.as_view(), name="choose_awards"),
]

"""From where the list of those honoured is filled: awards, good examples."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path

from awards.models import Award
from campaigns.models import Example
from documents.steps.accepting import attempted
from units.columns import Column, InFile, chosen_keys, ticks
from units.lists import CappedPaginator, OfficeList

from ..events.page import frame
from . import actions
from .filters import AwardChoiceFilter, ExampleChoiceFilter
from .rules import award_candidates, example_candidates
from .views import TAB, kept, list_of


class _Choosing(OfficeList):
    """Rows from which the list is filled: those that are ticked."""

    step = None
    paginate_by = 50
    frame = "conferences/events/base.html"
    template_name = "conferences/honours/choose.html"

    def dispatch(self, request, *args, **kwargs):
        """For who keeps the conference, as long as it is to come."""
        self.event = kept(request, kwargs["pk"])
        if told := self.step.untimely(self.event, request.user):
            messages.error(request, told)
            return redirect(list_of(self.event))
        return super().dispatch(request, *args, **kwargs)

    def page_columns(self):
        """With boxes."""
        boxes = ticks("chon", "chosen", "Chọn mọi dòng trên trang này", called=lambda row: row.name)
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds the conference."""
        return super().get_context_data(
            **frame(self.request, self.event, TAB), of=self.what, back_to=list_of(self.event), **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Add what was ticked."""
        keys = chosen_keys(request.POST, "chon")
        if attempted(request, lambda: self.step(self.event, by=request.user, keys=keys)) is None:
            return redirect(request.get_full_path())
        messages.success(request, f"Đã thêm {len(keys)} {self.what}, xếp theo thứ bậc.")
        return redirect(list_of(self.event))


class AwardChoice(_Choosing):
    """Awards whose recipients may be honoured."""

    what = "khen thưởng"
    model = Award
    step = actions.choose_awards
    filterset_class = AwardChoiceFilter
    paginator_class = CappedPaginator
    export_name = "chon-ton-vinh"
    export_title = "Khen thưởng chọn được để tôn vinh"
    sorts = {"ten": ["recipient__sort_text"], "ngay": ["decided_on"]}
    columns = [
        Column("Người, tập thể", "name", main=True, note="post", sort="ten"),
        InFile("Chức vụ, đơn vị", "post"),
        Column("Được tặng", "title", label="Được tặng"),
        Column(
            "Quyết định",
            "decision.number",
            note=lambda row: f"{row.decided_on:%d/%m/%Y}",
            sort="ngay",
            label="Quyết định",
        ),
        InFile("Ngày quyết định", "decided_on"),
        Column("Đơn vị", "unit", label="Đơn vị"),
    ]
    _related = ("type", "decision", "unit", "recipient")
    _in_file = ("name", "post", "decided_on", "type__code", "decision__number", "unit__name")

    def get_queryset(self):
        """The latest first."""
        rows = award_candidates(self.event, self.request.user).select_related(*self._related)
        self.queryset = rows.order_by("-decided_on", "-decision", "position")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = Award.objects.select_related(*self._related)
        return paginator

    def file_rows(self):
        """With what stands in the file alone: of the province they are tens of thousands."""
        rows = self.get_queryset().select_related(None).select_related("type", "decision", "unit")
        return rows.only(*self._in_file).iterator(chunk_size=2000)


class ExampleChoice(_Choosing):
    """Good examples that may be honoured."""

    what = "gương điển hình"
    model = Example
    step = actions.choose_examples
    filterset_class = ExampleChoiceFilter
    export_name = "chon-guong-ton-vinh"
    export_title = "Gương điển hình chọn được để tôn vinh"
    sorts = {"ten": ["name"]}
    columns = [
        Column("Họ tên, tập thể", "name", main=True, note="get_kind_display", sort="ten"),
        Column("Việc làm", "title", label="Việc làm"),
        Column("Đơn vị", "unit", label="Đơn vị"),
        Column("Công bố", "state", label="Công bố"),
    ]

    def get_queryset(self):
        """The latest first."""
        self.queryset = example_candidates(self.event, self.request.user).with_names().order_by("-met_on", "-pk")
        return super().get_queryset()


urlpatterns = [
    path("hoi-nghi/<int:pk>/ton-vinh/khen-thuong/", AwardChoice.as_view(), name="choose_honour_awards"),
    path("hoi-nghi/<int:pk>/ton-vinh/guong/", ExampleChoice.as_view(), name="choose_honour_examples"),
]

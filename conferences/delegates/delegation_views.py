"""Delegations: those that come to a conference, one of them, the one that a conference sends to the conference above."""

import django_filters
from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, state, toned
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.pages import form_page
from units.templatetags.parts import to

from ..events.models import Role
from ..events.page import find, refuse_stranger
from ..log import About
from . import actions, sending
from .adding import OPEN
from .forms import UnitForm
from .models import Delegate, Delegation
from .page import arrivals_of, columns_of, find_delegation, frame, kept, sends
from .rules import quota_of, quotas_of, upper_of


class DelegationFilter(DressedFilterSet):
    """Delegations by unit and state."""

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects.all())
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Delegation.State, empty_label="Tất cả")

    class Meta:
        model = Delegation
        fields = ["q", "state"]


def _quota(row):
    return row.entitled if row.entitled is not None else ""


def _chosen(row):
    over = row.entitled is not None and row.chosen > row.entitled
    return toned("late", f"{row.chosen}, quá số được cử") if over else row.chosen


class DelegationList(OfficeList):
    """The delegations to one conference, with how many each may send and sends."""

    what = "đoàn"
    filterset_class = DelegationFilter
    template_name = "conferences/delegates/delegations.html"
    frame = "conferences/events/base.html"
    paginate_by = 50
    export_name = "doan-dai-bieu"
    sorts = {"don-vi": ["unit__sort_text"]}
    columns = [
        Column("Đoàn", "unit.name", main=True, sort="don-vi"),
        Column("Được cử", _quota, look="points", label="Được cử"),
        OnPage("Đã chọn", "chosen", shown=_chosen, look="points", label="Đã chọn"),
        InFile("Đã chọn", "chosen"),
        Column("Dự khuyết", "reserves", look="points", label="Dự khuyết"),
        Column("Đã chốt", "settled", look="points", label="Đã chốt"),
        Column("Trưởng đoàn", "head.name", label="Trưởng đoàn"),
        InFile("Cử từ", "source.name"),
        Column("Gửi ngày", "sent_on", label="Gửi ngày", look="nowrap"),
        Column("Trạng thái", state),
    ]

    def setup(self, request, *args, **kwargs):
        """Which conference."""
        super().setup(request, *args, **kwargs)
        self.event = find(request, kwargs["pk"])
        self.export_title = f"Đoàn đại biểu dự {self.event}"

    def get_queryset(self):
        """Scoped before anything is filtered, each with what it has."""
        counted = Q(delegates__state__in=Delegate.COUNTED)
        official = counted & Q(delegates__role=Role.OFFICIAL)
        self.queryset = (
            Delegation.objects.filter(event=self.event)
            .visible_to(self.request.user)
            .select_related("unit", "head", "source__level", "event__level", "event__plan")
            .annotate(
                chosen=Count("delegates", filter=official),
                reserves=Count("delegates", filter=counted & Q(delegates__role=Role.RESERVE)),
                settled=Count("delegates", filter=official & Q(delegates__state=Delegate.State.ACCEPTED)),
            )
            .order_by("unit__sort_text", "pk")
        )
        return super().get_queryset()

    def paginate_queryset(self, queryset, page_size):
        """The rows of the page know how many they may send."""
        found = super().paginate_queryset(queryset, page_size)
        _entitle(found[1].object_list)
        return found

    def file_rows(self):
        """As on the page."""
        rows = list(self.get_queryset())
        _entitle(rows)
        return rows

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        decides = actions.keeps(self.event, self.request.user) and self.event.state in OPEN
        return super().get_context_data(**frame(self.request, self.event, "delegations"), decides=decides, **kwargs)


def _entitle(rows):
    found = quotas_of(rows)
    for row in rows:
        row.entitled = found[row.pk]


def delegation(request, pk):
    """One delegation."""
    return _page(request, find_delegation(request, pk))


def _page(request, row, refused=None):
    """For the conference above, or within the one that sends it."""
    user = request.user
    is_sender = sends(request, row)
    found = row.delegates.select_related("delegation__unit", "recipient__unit", "award__type", "first_scan__door")
    rows = list(found.order_by("state", "sort_text", "pk"))
    columns, came = (
        [column for column in columns_of(row.event, with_delegation=False) if column.on_page],
        arrivals_of(rows),
    )
    context = frame(request, row.source if is_sender else row.event, "upward" if is_sender else "delegations") | {
        "row": row,
        "rows": rows,
        "columns": [*columns, *came],
        "here": sum(1 for one in rows if one.first_scan_id and one.state in Delegate.COUNTED) if came else None,
        "quota": quota_of(row),
        "number": sending.counts(row),
        "steps": offers(sending.DELEGATIONS, row, user, refused),
        "may_choose": sending.choose.may(row, user),
        "adds": actions.keeps(row.event, user) and row.event.state in OPEN,
        "changes": history_of(About.DELEGATION, row.event_id).filter(of=row.pk)[:30],
    }
    return render(request, "conferences/delegates/delegation.html", context, status=422 if refused else 200)


delegation_step = step_view(sending.DELEGATIONS, find_delegation, _page)


def new_delegation(request, pk):
    """Begin the delegation of a unit that no conference below sends."""
    event = kept(request, pk)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = []
        if accepted(form, lambda: made.append(sending.begin(event, form.cleaned_data["unit"], by=request.user))):
            return redirect(made[0])
    back = reverse("delegations", args=[pk])
    template = "conferences/delegates/new_delegation.html"
    shown = frame(request, event, "delegations")
    return form_page(
        request, form, "Lập đoàn", template=template, up=to("Đoàn", back), back=back, names=form.names, **shown
    )


@require_POST
def begin_delegations(request, pk):
    """Begin those of all conferences below."""
    event = kept(request, pk)
    number = attempted(request, lambda: sending.begin_all(event, by=request.user))
    if number is not None:
        words = f"Đã lập {number} đoàn." if number else "Mọi hội nghị cấp dưới đều đã có đoàn."
        messages.success(request, words)
    return redirect("delegations", pk)


def upward(request, pk):
    """Whom a conference sends to the one above it."""
    event = find(request, pk)
    refuse_stranger(request, event)
    upper = upper_of(event)
    found = Delegation.objects.filter(event=upper, unit=event.unit).first() if upper else None
    if found:
        return redirect(found)
    context = frame(request, event, "upward") | {"upper": upper}
    return render(request, "conferences/delegates/upward.html", context)


@require_POST
def begin_upward(request, pk):
    """Begin to choose."""
    event = find(request, pk)
    refuse_stranger(request, event)
    upper = upper_of(event)
    if upper is None:
        messages.error(request, "Hội nghị cấp trên chưa lập trên phần mềm.")
        return redirect("upward", pk)
    made = attempted(request, lambda: sending.begin(upper, event.unit, by=request.user, source=event))
    return redirect("choose_upward", made.pk) if made else redirect("upward", pk)


urlpatterns = [
    path("hoi-nghi/<int:pk>/doan/", DelegationList.as_view(), name="delegations"),
    path("hoi-nghi/<int:pk>/doan/lap/", new_delegation, name="new_delegation"),
    path("hoi-nghi/<int:pk>/doan/lap-het/", begin_delegations, name="begin_delegations"),
    path("hoi-nghi/<int:pk>/cu-len/", upward, name="upward"),
    path("hoi-nghi/<int:pk>/cu-len/lap/", begin_upward, name="begin_upward"),
    path("hoi-nghi/doan/<int:pk>/", delegation, name="delegation"),
    path("hoi-nghi/doan/<int:pk>/buoc/", delegation_step, name="delegation_step"),
]

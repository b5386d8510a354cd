"""Cards of a conference: who has which number and seat; numbered, printed, seats from a list."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, OnPage, chosen_keys, muted, ticks
from units.filters import DressedFilterSet, WordsFilter
from units.forms import DressedForm
from units.lists import OfficeList
from units.pages import form_page
from units.templatetags.parts import to

from ..delegates.actions import keeps
from ..delegates.adding import OPEN
from ..delegates.models import Delegate, Delegation
from ..delegates.qualifying import flagged
from ..events.models import Role
from ..events.page import find, frame
from . import actions, printing, seats


def find_kept(request, pk):
    """A conference whose cards this person makes; 403 for who may only read of it."""
    event = find(request, pk)
    if not keeps(event, request.user):
        raise PermissionDenied(f"Thẻ đại biểu do cán bộ của {event.unit} làm. Cần thay đổi, hãy liên hệ đơn vị đó.")
    return event


class CardFilter(DressedFilterSet):
    """Cards by whose they are, kind, delegation, and how far they are."""

    q = WordsFilter("Tìm họ tên, nơi công tác, mã thẻ")
    la = django_filters.ChoiceFilter(label="Là", field_name="role", choices=Role, empty_label="Tất cả")
    doan = django_filters.ModelChoiceFilter(
        label="Đoàn", field_name="delegation", queryset=Delegation.objects.none(), empty_label="Tất cả"
    )
    the = django_filters.ChoiceFilter(
        label="Thẻ", choices=[("chua", "Chưa có thẻ"), ("chua-in", "Chưa in, hoặc đã đổi"), ("da-in", "Đã in")], method="stands",
        empty_label="Tất cả",
    )  # fmt: skip
    cho = django_filters.ChoiceFilter(
        label="Chỗ ngồi", choices=[("co", "Đã xếp"), ("chua", "Chưa xếp")], method="seated", empty_label="Tất cả"
    )

    class Meta:
        model = Delegate
        fields = ["q", "la", "doan", "the", "cho"]

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["doan"].queryset = Delegation.objects.filter(event=event).select_related("unit")
        self.filters["doan"].field.widget.attrs["data-search"] = ""

    def stands(self, queryset, name, value):
        """Without a card, with one to be printed, with one that was."""
        if value == "chua":
            return queryset.filter(code=None)
        return queryset.filter(code__isnull=False, printed_on__isnull=value == "chua-in")

    def seated(self, queryset, name, value):
        """With a seat, or without one."""
        return queryset.exclude(seat="") if value == "co" else queryset.filter(seat="")


class CardList(OfficeList):
    """The cards of a conference by their numbers, those without one last."""

    what = "thẻ"
    filterset_class = CardFilter
    template_name = "conferences/cards/cards.html"
    frame = "conferences/events/base.html"
    paginate_by = 100
    export_name = "the-dai-bieu"
    sorts = {"ten": ["sort_text"], "so": ["number"], "cho": ["seat", "number"]}
    columns = [
        Column("Số thẻ", "number", sort="so", look="nowrap", label="Số"),
        Column("Họ và tên", "name", main=True, note=lambda row: row.workplace, sort="ten"),
        Column("Là", "get_role_display", label="Là"),
        Column("Đoàn", "delegation.unit.name", label="Đoàn"),
        Column("Chỗ ngồi", "seat", sort="cho", label="Chỗ"),
        Column("Mã thẻ", "code_words", label="Mã", look="nowrap"),
        OnPage(
            "In", "printed_on", shown=lambda row: row.printed_on or (muted("Chưa in") if row.code else ""), label="In"
        ),
        InFile("In ngày", "printed_on"),
    ]

    def setup(self, request, *args, **kwargs):
        """For who keeps the conference: a code opens the door."""
        super().setup(request, *args, **kwargs)
        self.event = find_kept(request, kwargs["pk"])
        self.export_title = f"Thẻ đại biểu {self.event}"

    def get_queryset(self):
        """Counted delegates, as the filter leaves them."""
        rows = Delegate.objects.filter(event=self.event).counted().select_related("delegation__unit")
        self.filterset = CardFilter(self.request.GET or None, queryset=rows, request=self.request, event=self.event)
        name = self.request.GET.get("sap", "")
        order = self.sorts.get(name.lstrip("-"), ["number", "sort_text"])
        return self.filterset.qs.order_by(*(f"{'-' * name.startswith('-')}{one}" for one in order), "pk")

    def page_columns(self):
        """With boxes for those that can be printed."""
        boxes = ticks(
            "the", "chosen", "Chọn mọi thẻ trên trang này", called=lambda row: row.name, offered=lambda row: bool(row.code)
        )  # fmt: skip
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds how far the cards are, and what can be done."""
        counts = Delegate.objects.filter(event=self.event).counted().aggregate(
            all=Count("pk"), without=Count("pk", filter=Q(code=None)), unseated=Count("pk", filter=Q(seat="")),
            new=Count("pk", filter=Q(code__isnull=False, printed_on=None)),
        )  # fmt: skip
        own = self.event.unit.with_predecessors(self.request.user.whole_pairs)
        more = {
            "counts": counts,
            "look_at": f"{reverse('conference_delegates', args=[self.event.pk])}?can_cu=xem",
            "to_look_at": flagged(Delegate.objects.filter(event=self.event), own).count()
            if self.event.state in OPEN
            else 0,
            "steps": offers(actions.CARDS, self.event, self.request.user, self.refused),
            "may_seat": self.event.state in OPEN,
        }
        return super().get_context_data(**frame(self.request, self.event, "cards"), **more, **kwargs)


def _page(request, event, refused=None):
    return CardList.again(request, refused, pk=event.pk)


card_step = step_view(actions.CARDS, find_kept, _page, onward=lambda event: _list_of(event))


def _list_of(event) -> str:
    return reverse("cards", args=[event.pk])


@require_POST
def print_cards(request, pk):
    """The cards that were ticked, those never printed, or all: a few at once, many by a worker."""
    event = find_kept(request, pk)
    which, keys = request.POST.get("which", "new"), chosen_keys(request.POST, "the")
    rows = printing.to_print(event, which, keys)
    found = list(rows.values_list("pk", flat=True))
    if len(found) > printing.AT_ONCE:
        return redirect(printing.apart(event, found, by=request.user))

    def make():
        content, told = printing.at_once(event, rows, by=request.user)
        if told:
            messages.warning(request, told)
        return content

    try:
        return made_pdf(request, make, f"the-dai-bieu-{pk}", "cards", pk, how="attachment")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("cards", pk)


class SeatsForm(DressedForm, forms.Form):
    """An Excel list of seats."""

    file = forms.FileField(
        label="Tệp Excel", allow_empty_file=True, error_messages={"required": "Hãy chọn tệp Excel (.xlsx)."},
        help_text="Cột «Số thẻ», «Chỗ ngồi». Dễ nhất: bấm «Xuất Excel» ở trang Thẻ, điền chỗ ngồi rồi gửi lại.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


def import_seats(request, pk):
    """Seats from Excel; each cell that is wrong is named, and nothing is stored then."""
    event = find_kept(request, pk)
    form, faults = SeatsForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: _seated(event, form.cleaned_data["file"], request.user, faults)) and not faults:
            messages.success(request, "Đã xếp chỗ theo tệp Excel.")
            return redirect(_list_of(event))
        if faults:
            form.add_error(None, f"Chưa lưu gì. Có {len(faults)} chỗ sai, ghi ở dưới.")
    shown = frame(request, event, "cards") | {"faults": faults[:50], "more": max(len(faults) - 50, 0)}
    back, template = _list_of(event), "conferences/cards/seats.html"
    return form_page(
        request, form, "Nhập chỗ ngồi", template=template, up=to("Thẻ", back), back=back, save="Xếp chỗ", **shown
    )  # fmt: skip


def _seated(event, file, user, faults):
    names = dict(Delegate.objects.filter(event=event, number__isnull=False).counted().values_list("number", "name"))
    found, told = seats.read(file, names)
    faults += told
    if not told:
        actions.seat_from_list(event, by=user, seats=found, source=f"Tệp «{file.name}»")


urlpatterns = [
    path("hoi-nghi/<int:pk>/the/", CardList.as_view(), name="cards"),
    path("hoi-nghi/<int:pk>/the/buoc/", card_step, name="card_step"),
    path("hoi-nghi/<int:pk>/the/in/", print_cards, name="print_cards"),
    path("hoi-nghi/<int:pk>/the/cho-ngoi/", import_seats, name="import_seats"),
]

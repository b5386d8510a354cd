"""The counter: a unit found by its name or the code of its notice, items handed over, taken back; handovers and their sheets."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, chosen_keys, state
from units.lists import CappedPaginator, OfficeList
from units.models import Unit
from units.permissions import may_keep_store, may_see_store, store_keepers_only
from units.text import typed_in

from ..items.models import Due, ItemKind
from ..log import About
from ..stock.models import Serial
from . import finding, sheet
from .actions import HANDOVERS, hand_over, take_back
from .filters import HandoverFilter
from .forms import HandForm, TakeBackForm
from .models import Handover, Notice, Round
from .rules import waiting_for

FRAME = {"area": "items", "tab": "handover", "part": "handovers"}
# One form holds no more; what is left comes after these.
MOST = 200
MOST_EXPECTED = 500


# --- The counter


@store_keepers_only
def counter(request):
    """Who comes: by name, by the code or number of the notice; by the number of one for all units those of it that have not
    come; without a word those whose turn is today.
    """
    words = request.GET.get("q", "").strip()[:200]
    today = timezone.localdate()
    found = finding.by_code(words, today)
    if found and not isinstance(found, Round):
        return redirect(found if isinstance(found, Handover) else reverse("hand_over", args=[found.code]))
    units = finding.units(words) if words and not found else []
    if len(units) == 1:
        return redirect("hand_over", units[0].code)
    rows = Notice.objects.sent().filter(**{"round": found} if found else {"slot__date": today})
    context = FRAME | {"words": words, "units": units, "round": found, "expected": _with_something_left(rows)}
    return render(request, "awards/handover/counter.html", context)


def _with_something_left(notices):
    """Those of ``notices`` of which something lies in the store, in the order of their turns."""
    held = Q(dues__state=Due.State.RESERVED, dues__award__stands=True, dues__award__cancelled_on=None)
    rows = notices.annotate(left=Count("dues", filter=held)).filter(left__gt=0)
    return rows.select_related("unit", "round").order_by("slot", "pk")[:MOST_EXPECTED]


@store_keepers_only
def hand(request, code):
    """All that a unit may take, ticked; what is unticked stays. The sheet is printed from the page that follows."""
    unit = get_object_or_404(Unit.objects.select_related("superior"), code=code)
    rows = waiting_for(unit, request.user).select_related("award__type", "award__decision", "award__unit", "kind")
    total, rows = rows.count(), list(rows[:MOST])
    typed = _typed(request.POST, rows)
    form = HandForm(request.POST or None, initial=_as_last_time(unit))
    if request.method == "POST" and form.is_valid() and (made := _handed(request, unit, form, typed)):
        messages.success(request, f"Đã giao {made.lines.count()} hiện vật cho {unit}, phiếu {made.movement}.")
        return redirect(made)
    today = timezone.localdate()
    context = FRAME | {
        "unit": unit,
        "rows": _lines(rows, typed),
        "total": total,
        "left": total - len(rows),
        "form": form,
        "heirs": [] if unit.is_alive_on(today) else list(unit.successors.all()),
        "has_ended": not unit.is_alive_on(today),
        "notice": Notice.objects.sent().filter(unit=unit, dues__in=[row.pk for row in rows]).order_by("-pk").first(),
    }
    return render(request, "awards/handover/hand.html", context, status=422 if form.errors else 200)


def _typed(data, rows):
    """{key of a row that is ticked: (remark, number)}; all rows where nothing was sent yet."""
    chosen = chosen_keys(data, "chosen") if data else {row.pk for row in rows}
    return {key: (typed_in(data, f"remark-{key}"), typed_in(data, f"serial-{key}")) for key in chosen}


def _lines(rows, typed):
    """Each row with whether it is ticked, its remark, the number of its piece and those that there are."""
    here = {}
    for kind, number in Serial.objects.filter(
        kind__in={row.kind_id for row in rows if row.kind.has_serials}, went=None
    ).values_list("kind", "number"):
        here.setdefault(kind, []).append(number)
    free = {kind: iter(numbers) for kind, numbers in here.items()}
    for row in rows:
        row.is_chosen = row.pk in typed
        row.remark, row.serial = typed.get(row.pk, ("", ""))
        row.numbers = here.get(row.kind_id, ())
        if row.numbers and not row.serial:
            row.serial = next(free[row.kind_id], "")
    return rows


def _as_last_time(unit) -> dict:
    """Who came for the unit the last time, to be looked at again."""
    last = Handover.objects.filter(unit=unit, way=Handover.Way.COUNTER).first()
    return {"receiver": last.receiver, "post": last.post} if last else {}


def _handed(request, unit, form, typed) -> Handover | None:
    made = []
    facts = {name: value for name, value in form.cleaned_data.items() if name != "day"}
    remarks = {key: remark for key, (remark, _) in typed.items()}
    serials = {key: number for key, (_, number) in typed.items()}
    accepted(
        form,
        lambda: made.append(
            hand_over(unit, remarks, by=request.user, day=form.cleaned_data["day"], serials=serials, **facts)
        ),
    )
    return made[0] if made else None


# --- Handovers


def _handovers(user):
    rows = Handover.objects.visible_to(user).select_related("unit", "giver__unit", "movement", "confirmed_by")
    return rows.annotate(number=Count("lines"), back=Count("lines", filter=Q(lines__returned=True)))


def _how(row) -> str:
    return f"{row.movement} · {row.get_way_display()}"


class HandoverList(OfficeList):
    """What was handed over, the latest first; a unit sees what it got."""

    what = "lần giao"
    filterset_class = HandoverFilter
    paginator_class = CappedPaginator
    template_name = "awards/handover/handovers.html"
    paginate_by = 50
    export_name = "giao-nhan-hien-vat"
    export_title = "Giao nhận hiện vật khen thưởng"
    sorts = {"ngay": ["day"], "don-vi": ["unit__sort_text"]}
    columns = [
        Column("Đơn vị nhận", "unit.name", main=True, note=_how, sort="don-vi"),
        Column("Ngày giao", "day", sort="ngay", look="nowrap", label="Ngày"),
        Column("Số hiện vật", "number", look="points", label="Hiện vật"),
        InFile("Đã trả lại", "back"),
        Column("Người nhận", "receiver", note="post", label="Người nhận"),
        InFile("Chức vụ", "post"),
        InFile("Giấy giới thiệu", "letter"),
        InFile("Số hiệu bưu gửi", "parcel"),
        InFile("Người giao", "giver"),
        Column("Trạng thái", state),
        InFile("Người xác nhận", "confirmed_by"),
        InFile("Xác nhận lúc", "confirmed_at"),
        InFile("Đơn vị ghi", "remark"),
        OnPage("", lambda row: "Có trả lại" if row.back else "", look="muted"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = _handovers(self.request.user).order_by("-day", "-pk")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = _handovers(self.request.user)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds what the person may do here."""
        user = self.request.user
        return super().get_context_data(
            sees_store=may_see_store(user), may_keep=may_keep_store(user), **FRAME, **kwargs
        )


def find(request, pk) -> Handover:
    """A handover that this person may see; else 404."""
    rows = Handover.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "giver__unit", "movement", "confirmed_by", "notice"), pk=pk)


def handover(request, pk):
    """One handover: two sides, two names, two times; its lines, its sheet."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user = request.user
    lines = list(sheet.lines_of(found))
    context = FRAME | {
        "handover": found,
        "lines": lines,
        "totals": sheet.totals([line for line in lines if not line.returned]),
        "steps": offers(HANDOVERS, found, user, refused),
        "may_take_back": may_keep_store(user) and any(not line.returned for line in lines),
        "sees_store": may_see_store(user),
        "changes": history_of(About.HANDOVER, found.pk)[:40] if may_see_store(user) else (),
    }
    return render(request, "awards/handover/handover.html", context, status=422 if refused else 200)


step = step_view(HANDOVERS, find, _page)


def handover_sheet(request, pk):
    """The handover sheet as PDF, with both names."""
    found = find(request, pk)
    return made_pdf(request, lambda: sheet.sheet_of(found), f"bien-ban-giao-nhan-{pk}", found)


@store_keepers_only
def handover_label(request, pk):
    """The label of a parcel."""
    found = find(request, pk)
    return made_pdf(request, lambda: sheet.post_label(found), f"nhan-buu-gui-{pk}", found)


@store_keepers_only
def bring_back(request, pk):
    """What of a handover came back into the store: the only way to undo one, with a reason."""
    found = find(request, pk)
    lines = [line for line in sheet.lines_of(found) if not line.returned]
    form = TakeBackForm(request.POST or None)
    chosen = chosen_keys(request.POST, "chosen")
    keys = [line.due_id for line in lines if line.pk in chosen]
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: take_back(found, keys, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Đã nhận lại {len(keys)} hiện vật vào kho, vẫn giữ cho người được khen.")
        return redirect(found)
    for line in lines:
        line.is_chosen = line.pk in chosen
    context = FRAME | {"handover": found, "lines": lines, "form": form}
    return render(request, "awards/handover/take_back.html", context, status=422 if form.errors else 200)


@store_keepers_only
def shelf_labels(request):
    """Labels of the places of all kinds that are in use, or of those that are asked for (``loai``)."""
    kinds = ItemKind.objects.there_on(timezone.localdate())
    if asked := chosen_keys(request.GET, "loai"):
        kinds = kinds.filter(pk__in=asked)
    return made_pdf(request, lambda: sheet.shelf_labels(list(kinds)), "nhan-gia-ke", "handovers")


urlpatterns = [
    path("khen-thuong/hien-vat/giao/", counter, name="counter"),
    path("khen-thuong/hien-vat/giao/<slug:code>/", hand, name="hand_over"),
    path("khen-thuong/hien-vat/giao-nhan/", HandoverList.as_view(), name="handovers"),
    path("khen-thuong/hien-vat/giao-nhan/nhan-gia-ke/", shelf_labels, name="shelf_labels"),
    path("khen-thuong/hien-vat/giao-nhan/<int:pk>/", handover, name="handover"),
    path("khen-thuong/hien-vat/giao-nhan/<int:pk>/buoc/", step, name="handover_step"),
    path("khen-thuong/hien-vat/giao-nhan/<int:pk>/bien-ban/", handover_sheet, name="handover_sheet"),
    path("khen-thuong/hien-vat/giao-nhan/<int:pk>/nhan-buu-gui/", handover_label, name="handover_label"),
    path("khen-thuong/hien-vat/giao-nhan/<int:pk>/nhan-lai/", bring_back, name="take_back_items"),
]

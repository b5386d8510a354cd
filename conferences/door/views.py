"""The office's pages of the door: who is there, live; delegates who are late or not there; scans; doors and their links."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.typesetting.qr import qr
from units.columns import Column, InFile, OnPage, chosen_keys, ticks
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_oversee, may_write
from units.templatetags.parts import to
from units.text import key_or_none

from ..delegates.page import arrival
from ..events.models import Event
from ..events.page import find, frame, refuse_stranger
from ..log import About
from . import actions, phone_views
from .actions import DOORS
from .filters import PresenceFilter, ScanFilter
from .forms import DoorForm, ExcuseForm
from .models import Door, Scan
from .rules import OPENABLE, counted, doors_of, late_after, opening_of, presence, tag_of

FRAME = "conferences/events/base.html"


def _event(request, pk) -> Event:
    """A conference for who keeps it or oversees all: names of those who are there are nobody else's."""
    found = find(request, pk)
    if not may_oversee(request.user):
        refuse_stranger(request, found)
    return found


def _keeps(request, event) -> bool:
    return may_write(request.user) and event.is_kept_by(request.user)


def _frame(request, event, part) -> dict:
    return frame(request, event, "door") | {"part": part, "keeps": _keeps(request, event)}


# --- Who is there


# Lines that the page has at first; it is drawn anew with every scan, and a congress has hundreds of delegations.
SHOWN = 50


def _now(request, event, doors) -> dict:
    """What the part of the page shows that is drawn anew; ``?het=1`` asks for every line."""
    whole, groups = presence(event)
    shown = groups if request.GET.get("het") else groups[:SHOWN]
    facts = {"whole": whole, "groups": shown, "more": len(groups) - len(shown), "doors": doors}
    return facts | {"limit": late_after(event), "at": timezone.now()}


def presence_page(request, pk):
    """Who is there, by delegation, and the doors; a script asks for the part that changes."""
    event = _event(request, pk)
    doors = doors_of(event)
    keeps = _keeps(request, event)
    shown = _frame(request, event, "presence") | _now(request, event, doors) | {
        "tag": tag_of(event, doors),
        "may_open": keeps and event.state in OPENABLE,
        "changes": history_of(About.DOOR, event.pk)[:20] if keeps else (),
    }  # fmt: skip
    return render(request, "conferences/door/presence.html", shown)


@require_safe
def presence_now(request, pk):
    """The part that changes: 304 while nothing did."""
    event = _event(request, pk)
    doors = doors_of(event)
    tag = f'"{tag_of(event, doors)}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = render(request, "conferences/door/_now.html", {"event": event} | _now(request, event, doors))
    # No proxy and no browser keeps it; the script says which it has.
    response["ETag"], response["Cache-Control"] = tag, "private, no-store"
    return response


@require_POST
def write_count(request, pk):
    """Have the number of those who came stand beside the number that was planned."""
    event = _event(request, pk)
    seen = key_or_none(request.POST.get("version", "")) or 0
    if number := attempted(request, lambda: actions.count_present(event, by=request.user, seen_version=seen)):
        messages.success(request, f"Đã ghi {number} người có mặt vào số người dự.")
    return redirect("presence", pk)


# --- Late, not there


class PresenceList(OfficeList):
    """Those who are to be there: when and where each came, why not; a reason is noted for those who are ticked."""

    what = "đại biểu"
    filterset_class = PresenceFilter
    frame = FRAME
    template_name = "conferences/door/people.html"
    paginate_by = 50
    sorts = {"ten": ["sort_text"], "den": ["first_scan__at"], "doan": ["delegation__unit__sort_text"]}

    def page_columns(self):
        """With boxes for who notes reasons."""
        boxes = [ticks("chosen", "excuse", "Chọn mọi đại biểu trên trang này", called=lambda row: row.name)]
        return [*(boxes if self.keeps else []), *super().page_columns()]

    columns = [
        Column("Họ tên", "name", main=True, note="post", sort="ten"),
        InFile("Chức vụ, công việc", "post"),
        Column("Đoàn", "delegation.unit.name", note="get_role_display", sort="doan", label="Đoàn"),
        InFile("Là", "get_role_display"),
        Column("Chỗ ngồi", "seat", label="Chỗ ngồi"),
        OnPage("Đến lúc", arrival, note="first_scan.door.name", sort="den", look="nowrap", label="Đến lúc"),
        InFile("Đến lúc", "first_scan.at"),
        InFile("Cửa", "first_scan.door.name"),
        Column("Lý do vắng, đến muộn", "absence", label="Lý do"),
    ]

    def dispatch(self, request, *args, **kwargs):
        """Of one conference, for whom it is."""
        self.event = _event(request, kwargs["pk"])
        self.keeps = _keeps(request, self.event)
        self.export_name = f"diem-danh-{self.event.pk}"
        self.export_title = f"Điểm danh {self.event.name}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Those who count, in the order of their delegations."""
        rows = counted(self.event).select_related("delegation__unit", "first_scan__door")
        self.queryset = rows.order_by(F("delegation__unit__sort_text").asc(nulls_last=True), "sort_text", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the form of the reason."""
        more = _frame(self.request, self.event, "people") | {"form": ExcuseForm(auto_id="excuse_%s")}
        return super().get_context_data(**more, **kwargs)


@require_POST
def excuse(request, pk):
    """Note a reason for those who are ticked; one goes on where one was in the list."""
    event = _event(request, pk)
    form, keys = ExcuseForm(request.POST), chosen_keys(request.POST, "chosen")
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("reason", ["Hãy xem lại lý do."])))
    elif number := attempted(
        request, lambda: actions.excuse(event, keys, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, f"Đã ghi lý do cho {number} đại biểu.")
    return redirect(f"{reverse('presence_people', args=[pk])}?{request.GET.urlencode()}")


# --- Scans


def _who(row):
    return row.delegate.name if row.delegate else row.code


def _whose(row) -> str:
    return row.delegate.get_absolute_url() if row.delegate else ""


def _scan_note(row):
    """What there is to say of one beside its outcome."""
    if row.delegate is None:
        return row.get_fault_display()
    first = row.delegate.first_scan
    if row.outcome == Scan.Outcome.AGAIN and first:
        return f"Lần đầu {timezone.localtime(first.at):%H:%M:%S}, {first.door}"
    return "" if row.is_sure else "Giờ máy chưa đối chiếu khi quét"


class ScanList(OfficeList):
    """All that was scanned at the doors of a conference, the latest first."""

    what = "lượt quét"
    filterset_class = ScanFilter
    frame = FRAME
    template_name = "conferences/door/scans.html"
    paginate_by = 50
    sorts = {"luc": ["at"]}
    columns = [
        Column("Đại biểu", _who, main=True, note="delegate.delegation.unit.name", to=_whose),
        InFile("Đoàn", "delegate.delegation.unit.name"),
        OnPage("Lúc", lambda row: f"{timezone.localtime(row.at):%H:%M:%S %d/%m}", sort="luc", look="nowrap", label="Lúc"),
        InFile("Lúc", "at"),
        Column("Cửa", "door.name", label="Cửa"),
        Column("Cách", "get_way_display", label="Cách"),
        Column("Kết quả", "outcome", note=_scan_note),
        InFile("Ghi chú", _scan_note),
        InFile("Thu lại lúc", "undone_at"),
        OnPage("", lambda row: ""),
    ]  # fmt: skip

    def dispatch(self, request, *args, **kwargs):
        """Of one conference, for whom it is."""
        self.event = _event(request, kwargs["pk"])
        self.export_name = f"luot-quet-{self.event.pk}"
        self.export_title = f"Lượt quét {self.event.name}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Each with whom it was and who was first."""
        rows = Scan.objects.filter(event=self.event).select_related(
            "door", "delegate__delegation__unit", "delegate__first_scan__door"
        )
        self.queryset = rows.order_by("-at", "-uid")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        query = f"?{self.request.GET.urlencode()}"
        return super().get_context_data(**_frame(self.request, self.event, "scans"), take_back_query=query, **kwargs)


@require_POST
def take_back(request, pk):
    """Take a scan back."""
    scan = get_object_or_404(Scan.objects.filter(event__in=Event.objects.visible_to(request.user).values("pk")), pk=pk)
    if attempted(request, lambda: actions.take_back(scan, by=request.user)):
        messages.success(request, "Đã thu lại lượt quét.")
    return redirect(f"{reverse('scans', args=[scan.event_id])}?{request.GET.urlencode()}")


# --- Doors


def find_door(request, pk) -> Door:
    """A door for who keeps its conference or oversees all; else 404."""
    rows = Door.objects.filter(event__in=Event.objects.visible_to(request.user).order_by().values("pk"))
    found = get_object_or_404(rows.select_related("event__unit", "by__unit"), pk=pk)
    if not may_oversee(request.user):
        refuse_stranger(request, found.event)
    return found


def door(request, pk):
    """One door: the code that opens it on a phone, for who keeps it; what may be done with it."""
    return _page(request, find_door(request, pk))


def _page(request, found, refused=None):
    event = found.event
    # The code lets in whoever sees it: only who opens doors does.
    shows = _keeps(request, event) and not found.closed_at and found.standing != Door.State.OVER
    address = urlsplit(found.address)
    shown = _frame(request, event, "presence") | {
        "door": found,
        "shows": shows,
        "code": qr(found.address, f"Mã mở cửa {found.name}") if shows and found.has_link else "",
        "is_unsafe": address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"),
        "number": found.scans.filter(undone_at=None).count(),
        "may_edit": actions.edit.may(found, request.user),
        "steps": offers(DOORS, found, request.user, refused),
        "changes": history_of(About.DOOR, event.pk).filter(of=found.pk)[:30],
    }
    return render(request, "conferences/door/door.html", shown, status=422 if refused else 200)


door_step = step_view(DOORS, find_door, _page)


def new_door(request, pk):
    """Open one; its times are offered from those of the conference."""
    event = find(request, pk)
    refuse_stranger(request, event)
    doors = event.doors.count()
    since, until = opening_of(event)
    form = DoorForm(
        request.POST or None, instance=Door(event=event),
        initial={"name": f"Cửa {doors + 1}", "since": since, "until": until},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: actions.open_door(form.instance, by=request.user)):
            messages.success(request, "Đã mở cửa. Đưa điện thoại quét mã dưới đây.")
            return redirect(form.instance)
        form.instance.pk = None
    back = reverse("presence", args=[pk])
    return form_page(
        request, form, "Mở cửa điểm danh", up=to("Điểm danh", back), back=back, save="Mở cửa", area="conferences"
    )


def edit_door(request, pk):
    """Other name, other times."""
    found = find_door(request, pk)
    refuse_stranger(request, found.event)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = DoorForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        typed, seen = form.instance, form.seen
        if accepted(form, lambda: actions.edit(typed, by=request.user, seen_version=seen, typed=typed)):
            messages.success(request, "Đã lưu.")
            return redirect("door", pk)
    back = reverse("door", args=[pk])
    return form_page(request, form, "Sửa cửa điểm danh", up=to("Cửa điểm danh", back), back=back, area="conferences")


urlpatterns = [
    *phone_views.urlpatterns,
    path("hoi-nghi/<int:pk>/diem-danh/", presence_page, name="presence"),
    path("hoi-nghi/<int:pk>/diem-danh/luc-nay/", presence_now, name="presence_now"),
    path("hoi-nghi/<int:pk>/diem-danh/ghi-so/", write_count, name="write_present"),
    path("hoi-nghi/<int:pk>/diem-danh/dai-bieu/", PresenceList.as_view(), name="presence_people"),
    path("hoi-nghi/<int:pk>/diem-danh/dai-bieu/ly-do/", excuse, name="excuse_delegates"),
    path("hoi-nghi/<int:pk>/diem-danh/luot-quet/", ScanList.as_view(), name="scans"),
    path("hoi-nghi/<int:pk>/diem-danh/mo-cua/", new_door, name="new_door"),
    path("hoi-nghi/luot-quet/<int:pk>/thu-lai/", take_back, name="take_back_scan"),
    path("hoi-nghi/cua/<int:pk>/", door, name="door"),
    path("hoi-nghi/cua/<int:pk>/sua/", edit_door, name="edit_door"),
    path("hoi-nghi/cua/<int:pk>/buoc/", door_step, name="door_step"),
]

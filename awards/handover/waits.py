"""What of items waits for a person: notices to collect, handovers to confirm; for the store what to announce, what is late."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from documents.areas.waiting import Kind, Row
from units.permissions import may_keep_store, may_write

from ..items.models import Due
from ..records.models import Decision
from .models import Handover, Notice
from .rules import to_announce


def _open_notices(rows):
    """Those of which something still lies in the store."""
    return rows.filter(
        Exists(
            Due.objects.filter(
                notices=OuterRef("pk"), state=Due.State.RESERVED, award__stands=True, award__cancelled_on=None
            )
        )
    )


def _to_collect(user, today):
    """Of the own unit."""
    rows = Notice.objects.sent().filter(unit__in=user.inherited_units)
    return _open_notices(rows).order_by("slot", "pk") if may_write(user) else rows.none()


def _collect(today, key, subject, slot, place, ends_on):
    when = f"{timezone.localtime(slot):%H:%M %d/%m/%Y}" if slot else f"đến hết {ends_on:%d/%m/%Y}"
    return Row(
        subject, reverse("collection_notice", args=[key]), f"{when} · {place}", "Xem mã", is_late=ends_on < today
    )


def _to_confirm(user, today):
    own = Q(unit__in=user.inherited_units) | Q(unit__superior__in=user.inherited_units)
    rows = Handover.objects.filter(own, state=Handover.State.GIVEN).exclude(giver=user.pk)
    return rows.order_by("day", "pk") if may_write(user) else rows.none()


def _confirm(today, key, unit, day, receiver):
    return Row(unit, reverse("handover", args=[key]), f"giao ngày {day:%d/%m/%Y} cho {receiver}", "Xác nhận")


def _posted(user, today):
    """Parcels of which the number is not noted."""
    rows = Handover.objects.filter(way=Handover.Way.POST, parcel="", state=Handover.State.GIVEN)
    return rows.order_by("day", "pk") if may_keep_store(user) else rows.none()


def _parcel(today, key, unit, day):
    return Row(unit, reverse("handover", args=[key]), f"gửi ngày {day:%d/%m/%Y}, chưa ghi số hiệu", "Ghi số")


def _unannounced(user, today):
    """Decisions of which items lie in the store and no unit was told."""
    if not may_keep_store(user):
        return Decision.objects.none()
    # What lies there is looked through once, not once for every decision that there is.
    return Decision.objects.filter(pk__in=to_announce().order_by().values("award__decision")).order_by("day", "pk")


def _announce(today, key, number, subject):
    new = reverse("new_collection_round")
    return Row(subject, reverse("collection_rounds"), f"{number} · đã có trong kho, chưa thông báo", "Thông báo", new)


def _overdue(user, today):
    """Notices whose last day has gone by with something left."""
    rows = Notice.objects.sent().filter(round__ends_on__lt=today)
    return _open_notices(rows).order_by("round__ends_on", "pk") if may_keep_store(user) else rows.none()


def _late(today, key, unit, ends_on):
    return Row(unit, reverse("collection_notice", args=[key]), f"hạn nhận {ends_on:%d/%m/%Y}", "Xem", is_late=True)


def _for_keepers(user, today):
    return may_keep_store(user)


WAITS = [
    Kind(
        "Hiện vật khen thưởng chờ đơn vị đến nhận", "items", _to_collect,
        ("pk", "round__subject", "slot", "round__place", "round__ends_on"), _collect, since="sent_on",
        more=lambda *columns: f"{reverse('items_left')}?buoc=chua-nhan",
    ),
    Kind(
        "Hiện vật đã giao chờ đơn vị xác nhận", "items", _to_confirm, ("pk", "unit__name", "day", "receiver"), _confirm,
        since="day", more=lambda *columns: f"{reverse('handovers')}?state=given",
    ),
    Kind(
        "Bưu gửi chưa ghi số hiệu", "items", _posted, ("pk", "unit__name", "day"), _parcel, since="day",
        more=lambda *columns: f"{reverse('handovers')}?cach=post&state=given", asked=_for_keepers,
    ),
    Kind(
        "Hiện vật đã có, chưa thông báo", "items", _unannounced, ("pk", "number", "subject"), _announce, since="day",
        more=lambda *columns: reverse("collection_rounds"), asked=_for_keepers,
    ),
    Kind(
        "Đơn vị quá hạn chưa nhận hiện vật", "items", _overdue, ("pk", "unit__name", "round__ends_on"), _late,
        since="round__ends_on", more=lambda *columns: f"{reverse('items_left_by_unit')}?buoc=chua-nhan",
        asked=_for_keepers, is_late=True,
    ),
]  # fmt: skip

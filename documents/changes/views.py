"""The desk's page about changes among units and the notices that tell of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from units.columns import Column, InFile
from units.lists import OfficeList
from units.models import UnitChange
from units.permissions import PROVINCE_WRITERS, writers_only

from .actions import AlreadyAnnounced, announce
from .filters import ChangeFilter


def announcers_only(view):
    """A view for those who write for the whole province; others are told so."""

    @writers_only
    def guarded(request, *args, **kwargs):
        if request.user.role not in PROVINCE_WRITERS:
            raise PermissionDenied("Việc này do Sở Nội vụ làm. Cần thông báo thay đổi tổ chức, hãy liên hệ Sở Nội vụ.")
        return view(request, *args, **kwargs)

    return guarded


@method_decorator(announcers_only, name="dispatch")
class ChangeList(OfficeList):
    """Changes among units, each with its notice."""

    what = "thay đổi"
    filterset_class = ChangeFilter
    template_name = "documents/changes/changes.html"
    sorts = {"ngay": ["date"], "hinh-thuc": ["kind", "date"]}
    export_name = "thay-doi-to-chuc"
    export_title = "Thay đổi về tổ chức"
    columns = [
        Column("Có hiệu lực", "date", sort="ngay", label="Có hiệu lực", look="nowrap"),
        Column("Hình thức", "get_kind_display", sort="hinh-thuc", label="Hình thức"),
        Column("Văn bản quy định", "citation", main=True, to=lambda row: ""),
        Column("Số trường hợp", "cases", label="Số trường hợp"),
        Column("Thông báo", "notice.document.name"),
        InFile("Ngày thông báo", "notice.announced_on"),
    ]
    extra_context = {"area": "units"}
    queryset = (
        UnitChange.objects.select_related("notice__document__type")
        .annotate(cases=Count("successions"))
        .order_by("-date", "-pk")
    )


@require_POST
@announcers_only
def announce_change(request, pk):
    """Have the notice of a change drafted."""
    change = get_object_or_404(UnitChange, pk=pk)
    try:
        draft = announce(change, by=request.user)
    except AlreadyAnnounced as refusal:
        messages.warning(request, str(refusal))
        return redirect("changes")
    messages.success(request, "Đã soạn sẵn thông báo. Hãy đọc lại, sửa nếu cần, rồi trình duyệt.")
    return redirect(draft)

"""The catalogue as pages: the awards of a day; rows that waited for the office are confirmed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from documents.steps.refusing import Refused
from units.columns import Column, InFile
from units.excel_out import heading_for
from units.lists import OfficeList
from units.permissions import managers_only
from units.text import key_or_none

from .actions import STEPS
from .days import eras
from .filters import AwardFilter
from .models import AwardType
from .told import Line


class CatalogueList(OfficeList):
    """The danh hiệu and hình thức of a day."""

    what = "danh hiệu, hình thức"
    template_name = "awards/catalogue/awards.html"
    filterset_class = AwardFilter
    queryset = AwardType.objects.all()
    paginate_by = 100
    export_name = "danh-muc-khen-thuong"
    export_title = "Danh mục danh hiệu thi đua, hình thức khen thưởng"
    columns = [
        Column("Tên", "name", main=True, to=lambda row: row.address, note=lambda row: row.note),
        Column("Là", "kind", file="Danh hiệu, hình thức", look="nowrap marks"),
        InFile("Loại", lambda row: row.type.get_form_display()),
        InFile("Cấp", lambda row: row.type.get_level_display()),
        InFile("Dành cho", "whom"),
        Column("Ai quyết định", lambda row: "; ".join(row.deciders), label="Ai quyết định"),
        Column("Phiếu", "votes", file="Tỷ lệ phiếu", label="Phiếu", look="nowrap"),
        Column("Hệ số tiền thưởng", "coefficient", shown="coefficients", label="Hệ số"),
        InFile("Giới hạn", "cap"),
        InFile("Căn cứ", "citation"),
        Column("Xác nhận", lambda row: len(row.waiting), file="Số dòng chờ xác nhận", look="nowrap marks"),
    ]

    def get_queryset(self):
        """The awards of the day, each with what its book says."""
        rows, book = super().get_queryset(), self.filterset.book
        return [Line(row, book) for row in rows if row.code in book.awards]

    def file_rows(self):
        """All of them."""
        return self.get_queryset()

    def export_heading(self):
        """Of which day the file is."""
        heading = super().export_heading()
        if self.filterset.day_typed:
            return heading
        return heading_for(
            self.request.user, self.export_title, f"Tại ngày: {self.filterset.day:%d/%m/%Y}", *heading.lines
        )

    def get_context_data(self, **kwargs):
        """Adds the day, those on which much changed, and whether anything waits."""
        found = self.filterset.catalogue
        more = {"day": self.filterset.day, "eras": eras(found), "is_waiting": bool(found.unsure())}
        return super().get_context_data(**{"area": "catalogue"} | more | kwargs)


@require_POST
@managers_only
def confirm(request):
    """Confirm the rows that were ticked, or the one whose button was pressed; each that cannot be says why."""
    found = [_row_of(words) for words in request.POST.getlist("dong")]
    done = 0
    for step, row, seen in found:
        try:
            step(row, by=request.user, seen_version=seen)
            done += 1
        except Refused as refused:
            messages.error(request, f"{row}: {refused}")
    if done:
        messages.success(request, f"Đã xác nhận {done} dòng.")
    elif not found:
        messages.error(request, "Chưa chọn dòng nào. Hãy đánh dấu các dòng đã đối chiếu rồi bấm lại.")
    return redirect(_back(request))


def _row_of(words):
    """(the step, the row, the version that was on screen) of ``measure:12:1``; 404 where there is no such row."""
    name, key, version = [*words.split(":"), "", ""][:3]
    table, key = STEPS.get(name), key_or_none(key)
    row = table and key and table.model.objects.filter(pk=key).first()
    if not row:
        raise Http404
    return table["confirm"], row, key_or_none(version) or 0


def _back(request):
    """The page that the button stood on."""
    address = request.POST.get("ve", "")
    return address if url_has_allowed_host_and_scheme(address, None) else reverse("waiting_provisions")

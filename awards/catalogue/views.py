"""The catalogue as pages: the awards of a day; rows that waited for the office are confirmed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from documents.steps.refusing import Refused
from units.excel_out import excel, heading_for
from units.lists import OfficeList
from units.permissions import managers_only
from units.text import key_or_none

from .actions import STEPS
from .days import eras
from .filters import AwardFilter
from .models import AwardType
from .told import Line

# Where the pages stand.
FRAME = {"area": "catalogue"}


class CatalogueList(OfficeList):
    """The danh hiệu and hình thức of a day."""

    template_name = "awards/catalogue/awards.html"
    filterset_class = AwardFilter
    queryset = AwardType.objects.all()
    paginate_by = 60
    export_name = "danh-muc-khen-thuong"
    export_title = "Danh mục danh hiệu thi đua, hình thức khen thưởng"
    columns = [
        ("Tên", lambda row: row.name),
        ("Danh hiệu, hình thức", lambda row: row.kind),
        ("Loại", lambda row: row.type.get_form_display()),
        ("Cấp", lambda row: row.type.get_level_display()),
        ("Dành cho", lambda row: row.whom),
        ("Ai quyết định", lambda row: "; ".join(row.deciders)),
        ("Tỷ lệ phiếu", lambda row: row.votes),
        ("Hệ số tiền thưởng", lambda row: row.coefficient),
        ("Giới hạn", lambda row: row.cap),
        ("Căn cứ", lambda row: row.citation),
        ("Số dòng chờ xác nhận", lambda row: len(row.waiting)),
    ]

    def get(self, request, *args, **kwargs):
        """The page, or the same rows as a file."""
        if request.GET.get("xuat") == "xlsx":
            rows = self._lines(self.get_queryset())
            return excel(self.export_name, self.columns, rows, self.export_heading())
        return super().get(request, *args, **kwargs)

    def export_heading(self):
        """Of which day the file is."""
        heading = super().export_heading()
        if self.filterset.form.is_bound and self.filterset.form.cleaned_data.get("ngay"):
            return heading
        return heading_for(
            self.request.user, self.export_title, f"Tại ngày: {self.filterset.day:%d/%m/%Y}", *heading.lines
        )

    def get_context_data(self, **kwargs):
        """Adds what the book says of each, the day, and the days on which much changed."""
        context = super().get_context_data(**FRAME | kwargs)
        found = self.filterset.catalogue
        context["lines"] = self._lines(context["page_obj"].object_list)
        context |= {"day": self.filterset.day, "eras": eras(found), "waiting_count": len(found.unsure())}
        return context

    def _lines(self, rows):
        book = self.filterset.book
        return [Line(row, book) for row in rows if row.code in book.awards]


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

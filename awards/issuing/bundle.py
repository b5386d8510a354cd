"""Everything of one decision in one file: its papers, those of the council, the list, the votes; long ones by a worker."""

import io
import zipfile

from django.db.models import Q
from django.http import Http404

from documents.jobs.jobs import MAKERS, file_name, report
from documents.models import Document, Job
from documents.printing.pages import pdf_of
from units.excel_out import Book, heading_for

from ..council.models import OF_MEETING, Item
from ..records.models import Award, Decision
from .models import OF_DECISION

_KIND = "decision_bundle"
# A longer list is made outside the request.
SHORT = 300
_LIST = [
    ("Số sổ vàng", "position"),
    ("Họ và tên, tên tập thể", "name"),
    ("Chức vụ, đơn vị", "post"),
    ("Danh hiệu, hình thức", "title"),
    ("Năm thành tích", "year"),
    ("Thành tích", "deed"),
    ("Tiền thưởng (đồng)", "amount"),
    ("Hủy từ ngày", "cancelled_on"),
]


def papers_of(decision, user):
    """The papers of a decision that ``user`` may open: its own, and those of the meetings that passed its list."""
    meetings = (
        Item.objects.filter(nomination__decision=decision, stands=True).order_by().values_list("meeting", flat=True)
    )
    own, councils = (
        rows.order_by().values("pk") for rows in (OF_DECISION.of(decision.pk), OF_MEETING.of(*set(meetings)))
    )
    found = Document.objects.open_to(user).filter(Q(pk__in=own) | Q(pk__in=councils))
    return found.order_by("pk").with_names().prefetch_related("appendices")


def make(decision, user, tell=lambda done: None) -> bytes:
    """The file; a paper that cannot be set is named in it."""
    memory, faults = io.BytesIO(), []
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("danh-sach.xlsx", _workbook(decision, user))
        for done, paper in enumerate(papers_of(decision, user), 1):
            content, refused = pdf_of(paper, user=user)
            if content:
                archive.writestr(f"{file_name(paper)}.pdf", content)
            else:
                faults.append(f"{paper.name}: {'; '.join(one.message for one in refused)}")
            tell(done)
        if decision.scan_id:
            with decision.scan.file.open() as scan:
                archive.writestr(f"ban-quet-{decision.scan.name}", scan.read())
        if faults:
            archive.writestr("KHONG-IN-DUOC.txt", "\n".join(faults))
    return memory.getvalue()


def _workbook(decision, user) -> bytes:
    """The list, and the votes where the council gave some."""
    book, title = Book(), f"Danh sách khen thưởng kèm theo {decision} ngày {decision.day:%d/%m/%Y}"
    rows = Award.objects.visible_to(user).filter(decision=decision).select_related("type").order_by("position")
    page = book.page("Danh sách", heading_for(user, title))
    page.table([head for head, _ in _LIST], ([getattr(row, name) for _, name in _LIST] for row in rows.iterator(500)))
    items = Item.objects.filter(nomination__decision=decision, stands=True, agreed__isnull=False)
    items = list(items.select_related("nomination", "meeting").order_by("meeting", "position"))
    if items:
        page = book.page("Phiếu của Hội đồng", heading_for(user, f"Kết quả bỏ phiếu, {decision}"))
        heads = [
            "Họ và tên, tên tập thể",
            "Cuộc họp",
            "Ngày",
            "Đồng ý",
            "Không đồng ý",
            "Phải đạt",
            "Tổng số thành viên",
        ]
        page.table(heads, ([
            row.nomination.name, row.meeting.title, row.meeting.held_on, row.agreed, row.against, row.needed, row.meeting.entitled
        ] for row in items))  # fmt: skip
    book.book.close()
    return book.memory.getvalue()


def apart(decision, *, by) -> Job:
    """Have a worker make it."""
    return Job.objects.create(
        title=f"Bộ văn bản của {decision}"[:200],
        by=by,
        arguments={_KIND: decision.pk},
        total=papers_of(decision, by).count(),
    )


def _make(job) -> bytes:
    decision = Decision.objects.visible_to(job.by).filter(pk=job.arguments[_KIND]).select_related("scan").first()
    if decision is None:
        raise Http404
    return make(decision, job.by, tell=lambda done: report(job, done=done))


MAKERS[_KIND] = ("bo-quyet-dinh-{}-{}.zip", _make)

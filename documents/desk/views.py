"""The desk's pages about papers: today's work, the list, one paper with its pages beside its words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from units.columns import Column, InFile, muted, state
from units.lists import CappedPaginator, OfficeList
from units.permissions import may_write

from ..areas import agenda, waiting
from ..drafts.choosing import often
from ..drafts.forms import DocumentForm
from ..drafts.keeping_views import too_late
from ..drafts.views import edit
from ..jobs.actions import print_many
from ..jobs.jobs import file_name
from ..life import actions as moves
from ..life.views import read
from ..papers.models import Document, DocumentType
from ..printing.pages import pdf_of
from ..printing.showing import asked_way, inline
from ..printing.views import back_with, find, show_faults, show_sheets
from ..register.actions import may_register
from ..source import source
from ..word.pages import KIND, docx_of
from .filters import DocumentFilter
from .home import latest_drafts


def home(request):
    """What waits for this person, which days are near, and the shortest way to the next paper."""
    user, today = request.user, timezone.localdate()
    request.waiting = waiting.counts(user, today)
    found, old = waiting.groups(user, today, request.waiting)
    writes = may_write(user)
    context = {
        "today": today,
        "groups": found,
        "old": old,
        "near": agenda.near(user, today),
        "drafts": latest_drafts(user, today) if writes else [],
        "often": often(user, DocumentType.objects.written_here()) if writes else [],
        "may_write": writes,
        "role": user.get_role_display(),
    }
    return render(request, "documents/desk/home.html", context)


def _number(row):
    return row.reference or f"…/{row.symbol}"


def _drafted(row):
    return row.author and f"{row.author} soạn, {row.unit}"


class DocumentList(OfficeList):
    """Papers that this person may see."""

    what = "văn bản"
    filterset_class = DocumentFilter
    tabs_by = "nhom"
    paginator_class = CappedPaginator
    template_name = "documents/papers/documents.html"
    sorts = {"ngay": ["dated"], "loai": ["type__sort_text"], "so": ["reference"], "sua": ["updated_at"]}
    export_name = "van-ban"
    export_title = "Danh mục văn bản"
    columns = [
        Column(
            "Số, ký hiệu", _number, shown=lambda row: row.reference or muted(_number(row)), sort="so", look="nowrap"
        ),
        Column("Ngày", "date_cell", sort="ngay", label="Ngày", look="nowrap"),
        Column("Loại", "type", sort="loai", label="Loại"),
        Column("Trích yếu", "subject", shown=lambda row: capfirst(row.subject), main=True, clip=True, note=_drafted),
        Column("Cơ quan ban hành", "issuer_name"),
        InFile("Đơn vị soạn", "unit"),
        InFile("Người soạn", "author"),
        InFile("Người ký", "signer_name"),
        InFile("Nguồn", "get_origin_display"),
        Column("Trạng thái", state),
    ]
    extra_context = {"area": "documents"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Document.objects.visible_to(self.request.user).for_lists()
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys, which have passed scope and filter; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = Document.objects.for_lists()
        return paginator

    def get_context_data(self, **kwargs):
        """Adds whether the person may write."""
        may = {"may_write": may_write(self.request.user), "may_register": may_register(self.request.user)}
        return super().get_context_data(**may, **kwargs)


def document(request, pk):
    """One paper: to edit where this person may, else to read."""
    found = find(request, pk)
    if found.may_be_edited_by(request.user):
        return edit(request, found)
    if request.method == "POST":
        if found.is_ours and may_write(request.user) and found.is_of(request.user):
            return too_late(request, found)
        raise Http404
    return read(request, found)


def sheets(request, pk):
    """The pages of a stored paper as pictures, for reading."""
    found = find(request, pk)
    pdf, faults = _pages(found, request.user)
    if faults:
        return show_faults(request, DocumentForm(instance=found, user=request.user), faults)
    return show_sheets(request, pdf)


def _pages(document, user):
    """As ``pdf_of``; of a paper that was signed and has no number yet, the signed pages."""
    signed = moves.signed_pages(document) if document.state == Document.State.APPROVED else None
    return (bytes(signed.signed), ()) if signed else pdf_of(document, user=user)


def pdf(request, pk):
    """The paper as PDF."""
    found = find(request, pk)
    content, faults = _pages(found, request.user)
    if faults:
        return back_with(request, found, faults)
    return inline(content, file_name(found), how=asked_way(request))


def word(request, pk):
    """The paper as a Word document, for whoever may have its PDF."""
    found = find(request, pk)
    content, faults = docx_of(found, user=request.user)
    if faults:
        return back_with(request, found, faults)
    response = HttpResponse(content, content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.docx"'
    return response


def source_file(request, pk):
    """The paper as a source file, for ``render_document`` or another office."""
    found = find(request, pk)
    response = HttpResponse(source.dump(found.as_paper()), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.md"'
    return response


def history(request, pk):
    """Who changed what in a draft, before and after: for the unit that wrote it."""
    found = find(request, pk)
    if not found.is_of(request.user):
        raise Http404
    page = Paginator(found.edits, 20).get_page(request.GET.get("page"))
    return render(request, "documents/papers/history.html", {"document": found, "page_obj": page, "area": "documents"})


def print_list(request):
    """Ask for the PDFs of everything that the list shows. Who comes here by a link, after a login, goes to the list."""
    if request.method != "POST":
        return redirect("documents")
    papers = DocumentFilter(request.GET, queryset=Document.objects.visible_to(request.user), request=request).qs
    papers = papers.filter(origin=Document.Origin.OURS)
    if not papers.exists():
        messages.warning(request, "Danh sách đang lọc không có dự thảo nào để in. Hãy xem lại điều kiện lọc.")
        return redirect(f"{reverse('documents')}?{request.GET.urlencode()}")
    return redirect(print_many(documents=papers, by=request.user))

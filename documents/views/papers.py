"""The desk's pages about papers: today's work, the list, one paper with its pages beside its words."""

import base64

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents import source
from documents.actions import StaleDraft, print_many, save_draft
from documents.drafts import begin, issuers_for
from documents.filters import DocumentFilter
from documents.forms import AppendixFormSet, DocumentForm
from documents.jobs import file_name
from documents.models import Appendix, Document, DocumentType
from documents.printing import faults_of, pdf_of
from documents.typesetting.pictures import page_count, pictures
from units.lists import OfficeList
from units.permissions import may_write, writers_only

PREVIEW_DPI = 110
# Thirty pages are some 2 MB; who writes more sees the rest in the PDF.
PREVIEW_PAGES = 30


def home(request):
    """What waits for this person today, and the shortest way to the next paper."""
    visible = Document.objects.visible_to(request.user).with_names()
    return render(
        request,
        "documents/desk/home.html",
        {
            "today": timezone.localdate(),
            "mine": visible.filter(author=request.user, origin=Document.Origin.OURS).order_by("-updated_at")[:6],
            "of_unit": visible.filter(origin=Document.Origin.OURS)
            .exclude(author=request.user)
            .order_by("-updated_at")[:6],
            "cited": visible.filter(origin=Document.Origin.CITED)[:6],
            "often": DocumentType.objects.written_here().filter(
                code__in=["CV", "TB", "KH", "BC", "TTr", "QĐ", "GM", "BB"]
            ),
            "may_write": may_write(request.user),
            "quick": may_write(request.user) and issuers_for(request.user).filter(pk=request.user.unit_id).exists(),
        },
    )


class DocumentList(OfficeList):
    """Papers that this person may see."""

    filterset_class = DocumentFilter
    template_name = "documents/desk/document_list.html"
    sorts = {"ngay": ["dated"], "loai": ["type__sort_text"], "so": ["reference"], "sua": ["updated_at"]}
    export_name = "van-ban"
    columns = [
        ("Số, ký hiệu", lambda row: row.reference or f"…/{row.symbol}"),
        ("Ngày", lambda row: row.date_text),
        ("Loại", lambda row: row.type.name),
        ("Trích yếu", lambda row: row.subject),
        ("Cơ quan ban hành", lambda row: row.issuer_name),
        ("Đơn vị soạn", lambda row: row.unit.name if row.unit else ""),
        ("Người soạn", lambda row: str(row.author) if row.author else ""),
        ("Nguồn", lambda row: row.get_origin_display()),
    ]
    extra_context = {"area": "documents"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Document.objects.visible_to(self.request.user).with_names()
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds whether the person may write."""
        return super().get_context_data(may_write=may_write(self.request.user), **kwargs)


def find(request, pk) -> Document:
    """A paper that this person may see, else 404: a stranger's paper does not exist."""
    papers = Document.objects.visible_to(request.user).with_names().prefetch_related("appendices")
    return get_object_or_404(papers.select_related("signer__official", "author__unit"), pk=pk)


@writers_only
def choose_type(request):
    """Which kind of paper, and from which body."""
    issuers = issuers_for(request.user)
    chosen = issuers.filter(code=_code(request, "co_quan")).first() or issuers.filter(pk=request.user.unit_id).first()
    return render(
        request,
        "documents/desk/choose_type.html",
        {"types": DocumentType.objects.written_here(), "issuers": issuers, "chosen": chosen, "area": "documents"},
    )


def _code(request, name) -> str:
    """A code from the address; PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "")


def _begun(request) -> Document:
    """The draft that the address describes: type and issuer."""
    type_ = get_object_or_404(DocumentType.objects.written_here(), code=_code(request, "loai"))
    issuer = get_object_or_404(issuers_for(request.user), code=_code(request, "co_quan"))
    return begin(by=request.user, type=type_, issuer=issuer)


def _forms(request, document):
    """The draft's form and those of its appendices, filled with what was sent."""
    rows = [
        {"title": row.title, "orientation": row.orientation, "body": row.body}
        for row in (document.appendices.all() if document.pk else [])
    ]
    data = request.POST or None
    form = DocumentForm(data, instance=document, user=request.user)
    return form, AppendixFormSet(data, initial=rows, prefix="phu-luc")


def _appendices(formset):
    """The appendices as typed, without those crossed out and those left empty."""
    rows = [form.cleaned_data for form in formset.forms if form.is_valid()]
    kept = [row for row in rows if row and not row.get("DELETE")]
    return [Appendix(title=row["title"], orientation=row["orientation"], body=row["body"]) for row in kept]


def _edit(request, document):
    """Show a draft for editing, or store what was typed; where it cannot be stored, everything typed comes back."""
    form, formset = _forms(request, document)
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        rows = _appendices(formset)
        form.add_faults(faults_of(form.draft(), rows))
        if form.is_valid() and _store(request, form, rows):
            return redirect(form.instance)
    return render(
        request,
        "documents/desk/edit.html",
        {"document": document, "form": form, "formset": formset, "tabs": _tabs(form, formset), "area": "documents"},
        status=422 if form.errors or formset.total_error_count() else 200,
    )


STALE = (
    "Chữ của bạn vẫn còn ở đây. Hãy xem người kia đã sửa gì ở mục Lịch sử (mở ở thẻ khác), đưa vào chỗ cần giữ, "
    "rồi bấm Lưu lần nữa: lần lưu đó sẽ thay bản của người kia."
)


def _store(request, form, rows) -> bool:
    """Whether the draft was stored; tells the person either way."""
    try:
        save_draft(form.instance, by=request.user, appendices=rows, seen_version=form.cleaned_data.get("version") or 0)
    except StaleDraft as stale:
        form.add_error(None, f"{stale} {STALE}")
        # The next click is deliberate: it stores this person's words over the version that was just shown.
        form.data = form.data | {"version": stale.latest.version}
        return False
    messages.success(request, "Đã lưu dự thảo.")
    return True


TABS = [
    ("noi-dung", "Nội dung", ["subject", "body"]),
    (
        "dau-van-ban",
        "Đầu văn bản",
        ["type", "symbol", "superior", "issuer", "place", "date", "urgency", "circulation", "authority_line", "bases"],
    ),
    (
        "noi-nhan",
        "Nơi nhận, người ký",
        [
            "to",
            "recipients",
            "archive",
            "signer",
            "signer_reason",
            "capacity",
            "signer_name",
            "second_capacity",
            "second_signer_name",
            "contact",
        ],
    ),
]


def _tabs(form, formset):
    """The parts of the page: (anchor, label, fields, whether something in it is wrong)."""
    tabs = [
        (key, label, [form[name] for name in names], any(form[name].errors for name in names))
        for key, label, names in TABS
    ]
    return tabs, any(formset.errors) if formset.is_bound else False


@writers_only
def new(request):
    """A new draft; nothing is stored before it is saved for the first time."""
    return _edit(request, _begun(request))


def document(request, pk):
    """One paper: to edit where this person may, else to read."""
    found = find(request, pk)
    if found.may_be_edited_by(request.user):
        return _edit(request, found)
    if request.method == "POST":
        raise Http404
    return render(request, "documents/desk/read.html", {"document": found, "area": "documents"})


@require_POST
@writers_only
def preview(request):
    """The true pages of what is typed right now, as pictures; or what is wrong with it."""
    key = request.POST.get("pk", "")
    found = find(request, int(key)) if key.isdecimal() else _begun(request)
    form, formset = _forms(request, found)
    form.is_valid()
    own = [*form.own_faults(), *([] if formset.is_valid() else formset.own_faults())]
    pdf, faults = pdf_of(form.draft(), user=request.user, appendices=_appendices(formset))
    told = {fault.field for fault in own}
    faults = own + [fault for fault in faults if fault.field not in told]
    if faults:
        response = _show_faults(request, form, faults)
        response["HX-Retarget"] = "#sheet-faults"
        return response
    return _show_sheets(request, pdf)


def _show_faults(request, form, faults):
    """What keeps the pages from being drawn; calmly, where the writer has only not come to it yet."""
    told = [form.tell(fault) for fault in faults]
    context = {"faults": told, "only_missing": all(fault["missing"] for fault in told)}
    return render(request, "documents/desk/_faults.html", context)


def _show_sheets(request, pdf):
    """The first pages as pictures inside the answer: nothing to store, nothing for another person to fetch."""
    pngs, total = pictures(pdf, dpi=PREVIEW_DPI, most=PREVIEW_PAGES), page_count(pdf)
    pages = ["data:image/png;base64," + base64.b64encode(png).decode() for png in pngs]
    return render(request, "documents/desk/_sheets.html", {"pages": pages, "total": total})


def sheets(request, pk):
    """The pages of a stored paper as pictures, for reading."""
    found = find(request, pk)
    pdf, faults = pdf_of(found, user=request.user)
    if faults:
        return _show_faults(request, DocumentForm(instance=found, user=request.user), faults)
    return _show_sheets(request, pdf)


def pdf(request, pk):
    """The paper as PDF."""
    found = find(request, pk)
    content, faults = pdf_of(found, user=request.user)
    if faults:
        for fault in faults:
            messages.error(request, fault.message)
        return redirect(found)
    inline = "inline" if request.GET.get("xem") else "attachment"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{inline}; filename="{file_name(found)}.pdf"'
    return response


def source_file(request, pk):
    """The paper as a source file, for ``render_document`` or another office."""
    found = find(request, pk)
    response = HttpResponse(source.dump(found.as_paper()), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.md"'
    return response


def history(request, pk):
    """Who changed what in a draft, before and after."""
    found = find(request, pk)
    page = Paginator(found.edits.select_related("by"), 20).get_page(request.GET.get("page"))
    return render(request, "documents/desk/history.html", {"document": found, "page_obj": page, "area": "documents"})


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

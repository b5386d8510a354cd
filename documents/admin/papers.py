"""The back office of documents: the table of types; papers, edits and jobs to look at only."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from documents.models import Appendix, Change, Document, DocumentType, Job
from documents.templatetags.documents import compared
from units.admin_parts import FoldedSearch, ReadOnly, named, said

from ..steps.models import EDIT, PAPER
from .log import moment, told

FIXED = (
    "Đã có văn bản ban hành thuộc loại này nên tên loại và chữ viết tắt không sửa được nữa. "
    "Cần tên hoặc chữ viết tắt khác, hãy thêm một loại mới."
)


def _printed(type) -> bool:
    """Whether an issued paper, ours or one in the register, bears the name of ``type``."""
    return type.document_set.filter(state__in=Document.FROZEN).exists()


@admin.register(DocumentType)
class DocumentTypeAdmin(FoldedSearch, admin.ModelAdmin):
    """Types of the decree and those that the office adds. One in use cannot be deleted.

    Name and abbreviation stand on issued papers and in what cites them: from the first one on they stay.
    """

    list_display = [named(DocumentType), "code", "form", "purpose", "source"]
    list_filter = ["form", "purpose"]
    fields = ["code", "name", "form", "purpose", "source"]
    search_fields = ["name", "code", "source"]
    search_help_text = "Tìm theo tên loại hoặc chữ viết tắt; không cần gõ dấu."

    def get_readonly_fields(self, request, obj=None):
        """Those that issued papers print."""
        return ["code", "name"] if obj and _printed(obj) else []

    def get_fieldsets(self, request, obj=None):
        """The fields, with the reason where two of them are fixed."""
        return [(None, {"fields": self.fields, "description": FIXED if obj and _printed(obj) else ""})]


class AppendixInline(ReadOnly, admin.StackedInline):
    """Text behind a paper."""

    model = Appendix
    extra = 0
    fields = readonly_fields = ["type", "title", "orientation", "body"]


@admin.register(Document)
class DocumentAdmin(FoldedSearch, ReadOnly, admin.ModelAdmin):
    """Papers, to look at: they are written and moved at the desk, which keeps who did what."""

    list_display = ["subject", "type", "state", "reference", "date_shown", "unit", "author", "updated_at"]
    list_filter = ["origin", "state", "sample", "type"]
    list_select_related = ["type", "unit", "author"]
    date_hierarchy = "dated"
    search_fields = ["search_text"]
    search_help_text = "Tìm theo số, ký hiệu, loại, cơ quan, trích yếu, người ký; không cần gõ dấu."
    inlines = [AppendixInline]
    is_sample = said(Document, "sample")
    fieldsets = [
        (
            None,
            {"fields": ["origin", "state", "type", "subject", "symbol", "reference", "place", "date_shown", is_sample]},
        ),
        ("Cơ quan", {"fields": ["unit", "author", "issuer_unit", "issuer_name", "superior", "issuer"]}),
        (
            "Nội dung",
            {"fields": ["urgency", "circulation", "authority_line", "bases", "to", "body", "recipients", "archive"]},
        ),
        (
            "Người ký",
            {
                "fields": [
                    "signer",
                    "signer_reason",
                    "capacity",
                    "signer_name",
                    "second_capacity",
                    "second_signer_name",
                    "contact",
                ]
            },
        ),
        ("Ghi nhận", {"fields": ["created_at", "updated_at"]}),
        ("Nhật ký", {"fields": ["moves", "edits"]}),
    ]

    @admin.display(description="Ngày văn bản", ordering="dated")
    def date_shown(self, document):
        return document.date_text

    @admin.display(description="Bước xử lý")
    def moves(self, document):
        """Each step of its life, the latest first."""
        return told(document.moves)

    @admin.display(description="Lần sửa")
    def edits(self, document):
        """Who saved its words, and when; the page of an edit shows what changed."""
        rows = [
            (reverse("admin:documents_change_change", args=[row.pk]), row.version, row.by, moment(row))
            for row in document.edits
        ]
        return format_html_join("", '<div><a href="{}">Lần {}</a> · {} · {}</div>', rows) or "–"


def _side(pieces, kind) -> str:
    """One side of a comparison: what stayed, with what was ``old`` or is ``new``; a dash for nothing."""
    return "".join(text for which, text in pieces if which in ("same", kind)) or "–"


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    """Each saved change of a paper's words: who, when, before and after."""

    list_display = ["at", "by", "paper", "version_shown"]
    list_select_related = ["by"]
    list_display_links = ["at", "paper"]
    date_hierarchy = "at"
    fields = readonly_fields = ["paper", "version_shown", "by", "at", "changed"]

    def get_queryset(self, request):
        """Each with what its paper is called."""
        papers = Document.objects.filter(pk=OuterRef("key")).order_by()
        papers = papers.annotate(
            called=Concat("type__name", Value(" "), "reference", Value(": "), "subject", output_field=TextField())
        )
        rows = super().get_queryset(request).filter(about=PAPER, what=EDIT)
        return rows.annotate(paper_name=Subquery(papers.values("called")))

    @admin.display(description="Văn bản", ordering="paper_name")
    def paper(self, edit):
        return edit.paper_name

    @admin.display(description="Lần sửa thứ", ordering="version")
    def version_shown(self, edit):
        return edit.version

    @admin.display(description="Thay đổi")
    def changed(self, edit):
        """The changed fields as a table."""
        rows = format_html_join(
            "",
            "<tr><th>{}</th><td>{}</td><td>{}</td></tr>",
            ((label, _side(pieces, "old"), _side(pieces, "new")) for label, pieces in compared(edit)),
        )
        head = "<thead><tr><th>Mục</th><th>Trước</th><th>Sau</th></tr></thead>"
        return format_html('<table class="changes">' + head + "<tbody>{}</tbody></table>", rows)


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    """Work in the background, to look at. The result is for the person who asked, at the desk."""

    list_display = ["title", "by", "state", "progress", "created_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["by"]
    date_hierarchy = "created_at"
    fields = readonly_fields = [
        "title",
        "by",
        "state",
        "progress",
        "message",
        "created_at",
        "worker",
        "tries",
        "finished_at",
    ]

    @admin.display(description="Tiến độ")
    def progress(self, job):
        return f"{job.done}/{job.total}"

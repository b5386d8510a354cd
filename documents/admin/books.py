"""The back office of books and lists: number series, lists of addressees, texts; what was received or sent, to look at."""

from django import forms
from django.contrib import admin

from documents.models import (
    AddresseeGroup,
    Arrival,
    Mail,
    NumberSeries,
    OfficeText,
    Phrase,
    SeriesYear,
    Upload,
    history_of,
)
from units.admin_parts import FoldedSearch, ReadOnly, named

from ..register.numbers import SERIES, begin_after, has_given, refuse_begun
from ..steps.accepting import accepted
from ..steps.log import record, words_of
from .log import told

TAKEN = "Loại «{type}» đã có ở {series}. Một loại văn bản chỉ lấy số ở một sổ đang mở của cơ quan."
SHARED = "Cơ quan này đã có {series} đang mở cho mọi loại. Hãy chọn loại văn bản cho sổ này, hoặc khóa sổ kia."


KEPT = (
    "Văn bản của một cơ quan do lãnh đạo, văn thư của chính cơ quan ấy duyệt và cấp số. Chỉ ghi ở đây khi tỉnh giao việc ấy cho "
    "đơn vị khác, ví dụ cơ quan thường trực của Hội đồng."
)


KEEPING = ["kept_by", "kept_paper", "kept_since"]


class SeriesForm(forms.ModelForm):
    """One series; no type of a body may take its numbers from two open ones."""

    def clean(self):
        """Refuse a type that another open series of the body names, and a second open series without types."""
        typed = super().clean()
        issuer, types = typed.get("issuer") or getattr(self.instance, "issuer", None), typed.get("types")
        if not issuer or typed.get("until") or types is None:
            return typed
        direction = typed.get("direction") or self.instance.direction
        others = NumberSeries.objects.filter(issuer=issuer, direction=direction, until=None).exclude(
            pk=self.instance.pk
        )
        for type in types:
            if other := others.filter(types=type).first():
                self.add_error("types", TAKEN.format(type=type, series=other.name))
        if not types and (other := others.filter(types=None).first()):
            self.add_error("types", SHARED.format(series=other.name))
        return typed


class YearForm(forms.ModelForm):
    """After which number a year goes on, and by which paper: as long as the program has given none of that year."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["began_after"].required = self.fields["began_paper"].required = True
        row = self.instance
        self.fields["year"].disabled = bool(row.pk)
        begun = bool(row.pk) and has_given(row.series, row.year)
        for name in ("began_after", "began_paper"):
            self.fields[name].disabled = begun
            self.fields[name].required = not begun

    def clean(self):
        """Raises beside the number where the first one was given in the meantime."""
        typed = super().clean()
        series, year = self.instance.series, typed.get("year")
        if self.has_changed() and year and series.pk:
            accepted(self, lambda: refuse_begun(series, year))
        return typed


class YearInline(admin.TabularInline):
    """How far each year has come. Counters move when a number is given; an office that begins in August says here which
    number was the last before.
    """

    model = SeriesYear
    form = YearForm
    extra = 0
    can_delete = False
    fields = ["year", "began_after", "began_paper", "last_number", "last_day"]
    readonly_fields = ["last_number", "last_day"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(FoldedSearch, admin.ModelAdmin):
    """Series of numbers (NĐ 30/2020, Điều 15): how many a body keeps, and for which types, its head decides."""

    form = SeriesForm
    list_display = ["name", "issuer", "direction", "until", "kept_by"]
    list_filter = ["direction"]
    list_select_related = ["issuer", "kept_by"]
    search_fields = ["name", "issuer__name"]
    search_help_text = "Tìm theo tên sổ hoặc cơ quan; không cần gõ dấu."
    autocomplete_fields = ["issuer", "kept_by"]
    filter_horizontal = ["types"]
    inlines = [YearInline]
    fieldsets = [
        (None, {"fields": ["issuer", "direction", "name", "types", "since", "until"]}),
        ("Giao cho đơn vị khác duyệt, cấp số", {"fields": KEEPING, "description": KEPT}),
        ("Nhật ký", {"fields": ["changes"]}),
    ]

    def save_formset(self, request, form, formset, change):
        """Years are set by the action that logs them. Its paper tells why, so the log of the back office needs no more."""
        formset.save(commit=False)
        for row in [*formset.new_objects, *(row for row, _ in formset.changed_objects)]:
            begin_after(row.series, year=row.year, number=row.began_after, paper=row.began_paper, by=request.user)

    def save_model(self, request, obj, form, change):
        """Who keeps a book is logged with what stood there before: papers are approved by it."""
        stored = NumberSeries.objects.filter(pk=obj.pk).first() or NumberSeries()
        super().save_model(request, obj, form, change)
        before, after = words_of(stored, KEEPING), words_of(obj, KEEPING)
        if before != after:
            record(SERIES, obj, "Giao sổ", by=request.user, before=before, after=after, what="keep")

    @admin.display(description="Đã thay đổi")
    def changes(self, series):
        """What was set here that decides who numbers, and from where: who set it when, before and after."""
        return told(history_of(SERIES, series.pk))

    def get_readonly_fields(self, request, obj=None):
        """A series that has given a number stays with its body."""
        return ["changes", *(["issuer", "direction"] if obj and obj.years.exists() else [])]

    def has_delete_permission(self, request, obj=None):
        """A series that has given a number is closed, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.years.exists())


@admin.register(AddresseeGroup)
class AddresseeGroupAdmin(FoldedSearch, admin.ModelAdmin):
    """Lists of units under one printed name."""

    list_display = [named(AddresseeGroup), "owner"]
    list_select_related = ["owner"]
    search_fields = ["name"]
    autocomplete_fields = ["owner", "units"]


@admin.register(OfficeText)
class OfficeTextAdmin(FoldedSearch, ReadOnly, admin.ModelAdmin):
    """Texts to begin papers from, to look at; they are written at the desk, where each change leaves a version."""

    list_display = [named(OfficeText), "type", "unit", "state", "version"]
    list_select_related = ["type", "unit"]
    list_filter = ["type", "state"]
    search_fields = ["search_text"]
    fields = readonly_fields = [
        "name", "type", "unit", "owner", "subject", "bases", "to", "recipients", "body", "state", "version",
    ]  # fmt: skip


@admin.register(Phrase)
class PhraseAdmin(FoldedSearch, ReadOnly, admin.ModelAdmin):
    """Phrases, to look at; they are written at the desk."""

    list_display = [named(Phrase), "unit", "state", "version"]
    list_select_related = ["unit"]
    list_filter = ["state"]
    search_fields = ["search_text"]
    fields = readonly_fields = ["name", "unit", "owner", "body", "state", "version"]


@admin.register(Arrival)
class ArrivalAdmin(ReadOnly, admin.ModelAdmin):
    """The books of arrivals, to look at; papers are entered at the desk."""

    list_display = ["number", "arrived_on", "unit", "document", "by"]
    list_select_related = ["unit", "document__type", "by"]
    date_hierarchy = "arrived_on"
    fields = readonly_fields = [
        "unit", "document", "year", "number", "arrived_on", "handed_to", "handed_on", "note", "by", "at",
    ]  # fmt: skip


@admin.register(Mail)
class MailAdmin(FoldedSearch, ReadOnly, admin.ModelAdmin):
    """E-mails, to look at; they are sent from the outbox at the desk."""

    list_display = ["subject", "to", "state", "unit", "by", "created_at", "sent_at"]
    list_select_related = ["unit", "by"]
    list_filter = ["state"]
    search_fields = ["search_text"]
    fields = readonly_fields = ["unit", "by", "to", "subject", "words", "state", "error", "created_at", "sent_at"]


@admin.register(Upload)
class UploadAdmin(ReadOnly, admin.ModelAdmin):
    """Files, to look at: what, whose, how big. Their content is fetched at the desk."""

    list_display = ["name", "kind", "size", "by", "at"]
    list_select_related = ["by"]
    list_filter = ["kind"]
    fields = readonly_fields = [
        "kind", "name", "content_type", "size", "sha256", "by", "at",
        "withdrawn_by", "withdrawn_at", "withdrawn_reason", "erased_by", "erased_at", "erased_reason",
    ]  # fmt: skip

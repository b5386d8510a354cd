"""The back office of books and lists: number series, lists of addressees, texts; what was received or sent, to look at."""

from django import forms
from django.contrib import admin

from documents.models import AddresseeGroup, Arrival, Mail, NumberSeries, OfficeText, SeriesYear, Upload
from units.admin import FoldedSearch, ReadOnly, named

TAKEN = "Loại «{type}» đã có ở {series}. Một loại văn bản chỉ lấy số ở một sổ đang mở của cơ quan."
SHARED = "Cơ quan này đã có {series} đang mở cho mọi loại. Hãy chọn loại văn bản cho sổ này, hoặc khóa sổ kia."


class SeriesForm(forms.ModelForm):
    """One series; no type of a body may take its numbers from two open ones."""

    def clean(self):
        """Refuse a type that another open series of the body names, and a second open series without types."""
        typed = super().clean()
        issuer, types = typed.get("issuer") or getattr(self.instance, "issuer", None), typed.get("types")
        if not issuer or typed.get("closed") or types is None:
            return typed
        direction = typed.get("direction") or self.instance.direction
        others = NumberSeries.objects.filter(issuer=issuer, direction=direction, closed=None).exclude(
            pk=self.instance.pk
        )
        for type in types:
            if other := others.filter(types=type).first():
                self.add_error("types", TAKEN.format(type=type, series=other.name))
        if not types and (other := others.filter(types=None).first()):
            self.add_error("types", SHARED.format(series=other.name))
        return typed


class YearInline(ReadOnly, admin.TabularInline):
    """How far each year has come. Counters move only when a number is given.

    A year can be added: an office that begins in August says here which number was the last before.
    """

    model = SeriesYear
    extra = 0
    fields = ["year", "last_number", "last_day"]

    def has_add_permission(self, request, obj=None):
        return True


@admin.register(NumberSeries)
class NumberSeriesAdmin(FoldedSearch, admin.ModelAdmin):
    """Series of numbers (NĐ 30/2020, Điều 15): how many a body keeps, and for which types, its head decides."""

    form = SeriesForm
    list_display = ["name", "issuer", "direction", "begins", "closed"]
    list_filter = ["direction"]
    list_select_related = ["issuer"]
    search_fields = ["name", "issuer__name"]
    search_help_text = "Tìm theo tên sổ hoặc cơ quan; không cần gõ dấu."
    autocomplete_fields = ["issuer"]
    filter_horizontal = ["types"]
    inlines = [YearInline]

    def get_readonly_fields(self, request, obj=None):
        """A series that has given a number stays with its body."""
        return ["issuer", "direction"] if obj and obj.years.exists() else []

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
class OfficeTextAdmin(FoldedSearch, admin.ModelAdmin):
    """Texts to begin papers from; those without a unit are for everybody."""

    list_display = [named(OfficeText), "type", "unit"]
    list_select_related = ["type", "unit"]
    list_filter = ["type"]
    search_fields = ["search_text"]
    autocomplete_fields = ["unit", "type"]


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

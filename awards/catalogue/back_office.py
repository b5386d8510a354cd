"""The catalogue in the back office: offices, laws that change others, rows with days and articles. None is ever deleted there."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from documents.admin.log import told as log_told
from documents.models import Document, history_of
from documents.steps.accepting import accepted
from documents.steps.log import record, words_of
from units.admin_parts import AsOfFilter, FoldedSearch
from units.forms import DressedForm

from ..log import About
from .actions import replace, told
from .book import award_names, law_name
from .forms import MeasureForm, ProvisionForm, StatementForm
from .models import Amendment, AwardType, Decider, Definition, Measure, Office, Stamp, Statement

_ON = {"fields": [("since", "until"), "law", "place"]}
_SURE = ("Độ chắc chắn", {"fields": ["doubt", "confirmed", "note"], "description": (
    "Ghi lý do nếu chưa đối chiếu được với văn bản: dòng sẽ chờ xác nhận ở trang Danh mục. Trang tra cứu không in lý do này."
)})  # fmt: skip
SMALL = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})}}
_LOG = ("Nhật ký", {"fields": ["changes"]})


class OnFilter(AsOfFilter):
    """Rows that hold on a day."""

    title = "ngày có hiệu lực"

    def queryset(self, request, queryset):
        """Rows whose days include it."""
        return queryset.in_force(self.day) if self.day else queryset


class WaitsFilter(admin.SimpleListFilter):
    """Rows that wait for the office."""

    title = "xác nhận"
    parameter_name = "xac-nhan"

    def lookups(self, request, model_admin):
        """The two of them."""
        return [("cho", "Chờ xác nhận"), ("chac", "Đã chắc chắn")]

    def queryset(self, request, queryset):
        """Those with a doubt that nobody answered, or all others."""
        waits = queryset.filter(confirmed_on=None).exclude(doubt="")
        if self.value() == "cho":
            return waits
        return queryset.exclude(pk__in=waits.values("pk")) if self.value() == "chac" else queryset


class CatalogueAdmin(FoldedSearch, admin.ModelAdmin):
    """One table of the catalogue: one person at a time changes it, every change is logged, nothing is deleted."""

    logged: list[str] = []
    readonly_fields = ["changes"]
    formfield_overrides = SMALL

    def has_delete_permission(self, request, obj=None):
        """A row is ended, not deleted."""
        return False

    def changeform_view(self, request, *args, **kwargs):
        """The whole catalogue is locked before anything is read of it, so that of two rows that overlap one is refused."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic():
            Stamp.lock()
            return super().changeform_view(request, *args, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Awards by their names, laws by number and name."""
        if db_field.related_model is Document:
            kwargs["queryset"] = Document.objects.select_related("type").order_by("-effective_from", "reference")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.related_model is AwardType:
            names = award_names()
            field.label_from_instance = lambda award: names[award.code]
        elif db_field.related_model is Document:
            field.label_from_instance = law_name
        return field

    def save_model(self, request, obj, form, change):
        """What stood there before is kept until the rows that belong to it are stored too."""
        request.stood = self.words_of(self.model.objects.get(pk=obj.pk)) if change else {}
        if change and hasattr(obj, "version"):
            obj.version += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """The log tells the whole row, before and after."""
        super().save_related(request, form, formsets, change)
        row = self.model.objects.get(pk=form.instance.pk)
        after = self.words_of(row)
        if request.stood != after:
            act, what = ("Sửa", "edit") if change else ("Thêm", "add")
            record(About(row._meta.model_name), row, act, by=request.user, what=what, before=request.stood, after=after)

    def words_of(self, row) -> dict:
        """A row as the log tells it."""
        return words_of(row, self.logged)

    @admin.display(description="Đã thay đổi")
    def changes(self, row):
        """Who changed it when, before and after."""
        return log_told(history_of(About(row._meta.model_name), row.pk)) if row.pk else "–"


@admin.register(Office)
class OfficeAdmin(CatalogueAdmin):
    """Who decides."""

    list_display = ["name", "fund", "since", "until"]
    search_fields = ["name", "code"]
    logged = ["code", "name", "fund", "since", "until"]

    def get_fields(self, request, obj=None):
        """A code is given once: rows and decisions know the office by it."""
        return [*(self.logged[1:] if obj else self.logged), "changes"]


@admin.register(Amendment)
class AmendmentAdmin(CatalogueAdmin):
    """Laws that change others: from their day on the changed one is cited with them."""

    list_display = ["__str__"]
    list_select_related = ["law__type", "by__type"]
    logged = ["law", "by"]
    fields = [*logged, "changes"]


def last_name(field):
    """What the award of a row was last called."""
    rows = Definition.objects.filter(award=OuterRef(field)).order_by("-since")
    return Subquery(rows.values("name")[:1], output_field=CharField())


# --- Provisions


class SinceForm(DressedForm, forms.Form):
    """From which day the new row holds."""

    since = forms.DateField(label="Dòng mới có hiệu lực từ ngày")


class ProvisionAdmin(CatalogueAdmin):
    """Rows with days and articles."""

    form = ProvisionForm
    change_form_template = "admin/awards/provision_form.html"
    said = "__str__"
    list_filter = [OnFilter, WaitsFilter]
    list_select_related = ["law", "award"]
    search_fields = ["award__code", "award__definitions__name", "place", "law__reference"]
    search_help_text = "Tìm theo tên danh hiệu, hình thức, số văn bản; không cần gõ dấu."
    readonly_fields = ["confirmed", "changes"]
    about: list[str] = ["award", "form", "whom"]
    says: list = []

    def get_list_display(self, request):
        """What about, what it says, from when to when, where that stands, whether it waits."""
        return ["about_whom", *self.shown, "since", "until", "where", "is_waiting"]

    def get_list_display_links(self, request, list_display):
        return ["about_whom"]

    def get_fieldsets(self, request, obj=None):
        """What it is about and says, its days and article, how sure it is."""
        return [
            (None, {"fields": [*self.about, *self.says, "seen"]}),
            ("Hiệu lực, căn cứ", _ON),
            _SURE,
            *([_LOG] if obj else []),
        ]

    @property
    def logged(self):
        """Every column that is typed."""
        return [*self.about, *self.says, "since", "until", "law", "place", "doubt", "note"]

    def get_queryset(self, request):
        """Each with the last name of its award."""
        return super().get_queryset(request).annotate(award_name=last_name("award"))

    @admin.display(description="Danh hiệu, hình thức", ordering=Coalesce(F("award__position"), Value(0)))
    def about_whom(self, row):
        """The award, all of a form, or all; and whom."""
        form = getattr(row, "form", "")
        of = f"Mọi {AwardType.Form(form).label.lower()}" if form else "Mọi danh hiệu, hình thức"
        whom = row.get_whom_display() if getattr(row, "whom", "") else ""
        return f"{row.award_name or of}{f' – {whom.lower()}' if whom else ''}"

    @admin.display(description="Căn cứ", ordering="law__reference")
    def where(self, row):
        return " ".join(filter(None, (row.place, row.law.reference if row.law else "")))

    @admin.display(description="Xác nhận")
    def is_waiting(self, row):
        return "Chờ" if row.waits else "Đã chắc"

    @admin.display(description="Xác nhận")
    def confirmed(self, row):
        """Who confirmed it when."""
        if row.confirmed_on:
            return f"{row.confirmed_by}, {row.confirmed_on:%d/%m/%Y}"
        return "Chờ xác nhận ở trang Danh mục" if row.waits else "Không cần xác nhận"

    # --- Ended and replaced

    def get_urls(self):
        """Also the page that ends a row and begins the next."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_replace"
        page = path("<path:object_id>/thay/", self.admin_site.admin_view(self.replace_view), name=name)
        return [page, *super().get_urls()]

    def replace_view(self, request, object_id):
        """Ask from which day another rule holds; end the row the day before, and open its copy."""
        row = get_object_or_404(self.model, pk=object_id if str(object_id).isdecimal() else 0)
        if not (self.has_change_permission(request, row) and self.has_add_permission(request)):
            raise PermissionDenied("Trang quản trị chỉ dành cho tài khoản có vai trò Quản trị.")
        form, made = SinceForm(request.POST or None), []
        if request.method == "POST" and form.is_valid():
            since = form.cleaned_data["since"]
            if accepted(form, lambda: made.append(replace(row, since=since, by=request.user))):
                messages.success(request, _REPLACED.format(until=row_end(row), since=since))
                return redirect(
                    reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[made[0].pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": "Kết thúc và thay bằng dòng mới",
            "opts": self.opts,
            "original": row,
            "row_words": told(row),
            "form": form,
        }
        return TemplateResponse(request, "admin/awards/replace.html", context)


_REPLACED = "Dòng cũ kết thúc ngày {until:%d/%m/%Y}. Đây là dòng mới từ {since:%d/%m/%Y}: sửa theo văn bản mới rồi lưu."


def row_end(row):
    """The last day of a row, as it is stored now."""
    return type(row).objects.values_list("until", flat=True).get(pk=row.pk)


@admin.register(Definition)
class DefinitionAdmin(ProvisionAdmin):
    """Names of awards."""

    about, says, shown = ["award"], ["name", "short"], ["name"]


@admin.register(Decider)
class DeciderAdmin(ProvisionAdmin):
    """Who decides on what."""

    says, shown = ["office"], ["office"]
    list_select_related = ["law", "award", "office"]


@admin.register(Measure)
class MeasureAdmin(ProvisionAdmin):
    """Coefficients, base salary, shares of votes, caps."""

    form = MeasureForm
    says = ["kind", "code", "value", "of", "of_award", "office", "is_most", "is_secret"]
    shown = ["kind", "value"]
    list_filter = ["kind", OnFilter, WaitsFilter]


@admin.register(Statement)
class StatementAdmin(ProvisionAdmin):
    """Items, dossiers, deadlines, principles."""

    form = StatementForm
    says, shown = ["kind", "code", "words", "routes"], ["kind", "words"]
    list_filter = ["kind", OnFilter, WaitsFilter]

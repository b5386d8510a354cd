"""The back office of units, their changes and officials."""

from django.contrib import admin
from django.db.models import Count, Prefetch
from django.forms.models import BaseInlineFormSet

from . import account_admin, login_admin  # noqa: F401  register themselves
from .admin_parts import AsOfFilter, FoldedSearch, LabelledUnits, ReadOnly, named, said
from .models import DayOff, Official, Sector, Succession, Term, Unit, UnitChange
from .models.unit import circle_message


@admin.register(Sector)
class SectorAdmin(FoldedSearch, admin.ModelAdmin):
    """Fields of work."""

    list_display = [named(Sector), "code", said(Sector, "is_health"), "unit_count"]
    search_fields = ["name", "code"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(units=Count("unit"))

    @admin.display(description="Số đơn vị", ordering="units")
    def unit_count(self, sector):
        return sector.units


@admin.register(DayOff)
class DayOffAdmin(admin.ModelAdmin):
    """Holidays and days that are worked instead: what deadlines in working days are counted by."""

    list_display = ["day", "is_worked", "source", "doubt"]
    list_display_links = ["day"]
    list_filter = ["is_worked"]
    date_hierarchy = "day"


class _History(ReadOnly, admin.TabularInline):
    """One side of a unit's history; it is changed on the page of the change."""

    model = Succession
    extra = 0
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("change", "predecessor", "successor")

    @admin.display(description="Theo thay đổi")
    def act(self, succession):
        return succession.change


class OriginInline(_History):
    """What a unit came from."""

    fk_name = "successor"
    fields = readonly_fields = ["predecessor", "act", said(Succession, "in_part"), "note"]
    verbose_name_plural = "Hình thành từ"


class FutureInline(_History):
    """What a unit became."""

    fk_name = "predecessor"
    fields = readonly_fields = ["successor", "act", said(Succession, "in_part"), "note"]
    verbose_name_plural = "Trở thành"


@admin.register(Unit)
class UnitAdmin(FoldedSearch, LabelledUnits, admin.ModelAdmin):
    """Units: added, corrected, ended; never deleted. The code is chosen once."""

    list_display = [named(Unit), "code", "kind", "sector", "superior", "founded", "ended"]
    list_filter = [AsOfFilter, "kind", "sector"]
    search_fields = ["search_text"]
    search_help_text = "Tìm theo tên, tên gọi tắt hoặc mã; không cần gõ dấu."
    autocomplete_fields = ["superior"]
    inlines = [OriginInline, FutureInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "short_name", "kind", "sector", "superior"]}),
        ("Thời gian hoạt động", {"fields": ["founded", "ended"]}),
        (
            "Trên văn bản",
            {
                "fields": [
                    "symbol",
                    "letter_section",
                    "archive",
                    "proposer",
                    "place",
                    "address",
                    "letterhead_superior",
                    "letterhead",
                ],
                "description": "Mọi dự thảo bắt đầu với những điều ghi ở đây.",
            },
        ),
        ("Ghi chú", {"fields": ["note"]}),
    ]
    view_on_site = True

    def get_queryset(self, request):
        # ``list_select_related`` adds nothing to a queryset that has chosen already.
        return super().get_queryset(request).select_related("superior", "sector")

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


class SuccessionFormSet(BaseInlineFormSet):
    """The pairs of one change; together they must not lead a unit back to itself."""

    def clean(self):
        """Put a fault beside the successor of each pair that closes a circle with the others on the page."""
        super().clean()
        pairs = [form for form in self.forms if self.is_pair(form)]
        mine = [form.instance.pk for form in self.forms if form.instance.pk]
        stored = Succession.objects.exclude(pk__in=mine).filter(predecessor__isnull=False, successor__isnull=False)
        keys = list(stored.values_list("predecessor", "successor"))
        keys += [(form.instance.predecessor_id, form.instance.successor_id) for form in pairs]
        for form in pairs:
            fault = circle_message(keys, form.instance)
            if fault and "successor" not in form.errors:
                form.add_error("successor", fault)

    def is_pair(self, form):
        """Whether ``form`` holds both units and is to be kept."""
        removed = self.can_delete and self._should_delete_form(form)
        return not removed and form.instance.predecessor_id and form.instance.successor_id


class SuccessionInline(LabelledUnits, admin.TabularInline):
    """Which unit went into which."""

    model = Succession
    formset = SuccessionFormSet
    fields = ["predecessor", "successor", "in_part", "note"]
    autocomplete_fields = ["predecessor", "successor"]
    extra = 1


@admin.register(UnitChange)
class UnitChangeAdmin(FoldedSearch, admin.ModelAdmin):
    """Acts of law that changed units, with the units that they joined."""

    list_display = ["date", "kind", "outcome", "citation"]
    list_display_links = ["date", "outcome"]
    list_filter = ["kind"]
    date_hierarchy = "date"
    search_fields = ["search_text"]
    search_help_text = "Tìm theo số, ký hiệu văn bản hoặc ghi chú; không cần gõ dấu."
    inlines = [SuccessionInline]

    def get_queryset(self, request):
        successions = Succession.objects.select_related("predecessor", "successor")
        return super().get_queryset(request).prefetch_related(Prefetch("successions", successions))

    @admin.display(description="Đơn vị cũ → đơn vị mới")
    def outcome(self, change):
        pairs = change.successions.all()
        old = dict.fromkeys(str(pair.predecessor) for pair in pairs if pair.predecessor)
        new = dict.fromkeys(str(pair.successor) for pair in pairs if pair.successor)
        return f"{', '.join(old)} → {', '.join(new) or 'không có đơn vị kế thừa'}"


class TermInline(LabelledUnits, admin.StackedInline):
    """Posts that an official held."""

    model = Term
    extra = 0
    autocomplete_fields = ["unit"]
    fieldsets = [
        (None, {"fields": ["unit", "post", ("capacity", "on_behalf_of"), ("since", "until"), "authority"]}),
    ]


@admin.register(Official)
class OfficialAdmin(FoldedSearch, admin.ModelAdmin):
    """Persons who sign, with their posts and years."""

    list_display = [named(Official), "posts", said(Official, "invented")]
    list_filter = ["invented"]
    search_fields = ["search_text"]
    search_help_text = "Tìm theo họ tên; không cần gõ dấu."
    inlines = [TermInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms__unit")

    @admin.display(description="Chức vụ")
    def posts(self, official):
        return "; ".join(f"{term.unit}: {' / '.join(term.lines)}" for term in official.terms.all())

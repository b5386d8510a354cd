"""The back office of units, their changes, officials and accounts."""

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.db.models import Count, Prefetch
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.safestring import mark_safe

from units.text import fold

from . import login_admin  # noqa: F401  registers itself
from .models import DayOff, Official, Sector, Succession, Term, Unit, UnitChange, User
from .models.unit import circle_message


class FoldedSearch:
    """Search that finds ``Đặng`` by ``dang``, on every database alike.

    Where a model stores no ``search_text``, the words of ``search_fields`` are folded here: one query over the whole
    table, meant for tables of a few thousand rows.
    """

    def get_search_results(self, request, queryset, search_term):
        """Rows that hold every word of ``search_term``, accents and capitals aside."""
        if self.search_fields == ["search_text"]:
            return queryset.matching(search_term), False
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = self.model._default_manager.values_list("pk", *self.search_fields)
        texts = {row[0]: fold(" ".join(str(part or "") for part in row[1:])) for row in rows}
        return queryset.filter(pk__in=[pk for pk, text in texts.items() if all(word in text for word in words)]), False


class ReadOnly:
    """For rows that are looked at here and changed elsewhere, if at all."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LabelledUnits:
    """Choices of units that tell the old Sở Nội vụ from the new, and one xã Hòa Bình from another."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The field, with labels in place of names where it chooses a unit."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.related_model is Unit:
            field.label_from_instance = lambda unit: unit.label
        return field


def said(model, name):
    """A column that says whether the field ``name`` is set, in words: Django's picture has an English text behind it."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def column(row):
        return "Có" if getattr(row, name) else "Không"

    column.__name__ = name
    return column


def named(model, name="name"):
    """The column of names, sorted as Vietnamese does whatever the database."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering="sort_text")
    def column(row):
        return getattr(row, name)

    column.__name__ = name
    return column


class AsOfFilter(admin.ListFilter):
    """Units alive on a day that is typed or picked; a day that does not exist is told, and filters nothing."""

    title = "ngày hoạt động"
    template = "admin/as_of_filter.html"
    parameter = "ngay"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        value = params.pop(self.parameter, "")
        self.typed = (value[-1] if isinstance(value, list) else value).strip()
        self.day, self.error = None, ""
        if self.typed:
            self.used_parameters[self.parameter] = self.typed
            try:
                self.day = forms.DateField(localize=True).clean(self.typed)
            except forms.ValidationError as refused:
                self.error = refused.messages[0]

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.parameter]

    def queryset(self, request, queryset):
        """Units whose years include the day."""
        return queryset.alive_on(self.day) if self.day else queryset

    def choices(self, changelist):
        """What the template shows: the field, and three days that are asked for again and again."""
        days = [("", "Mọi thời gian"), (f"{timezone.localdate():%d/%m/%Y}", "Hôm nay"), ("25/02/2020", "25/02/2020")]
        links = [
            {
                "selected": self.typed == day,
                "query_string": changelist.get_query_string({self.parameter: day} if day else {}, [self.parameter]),
                "display": words,
            }
            for day, words in days
        ]
        kept = [(key, value) for key, value in changelist.params.items() if key not in (self.parameter, "p")]
        yield {"typed": self.typed, "error": self.error, "name": self.parameter, "kept": kept, "links": links}


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


class NewUserForm(AdminUserCreationForm):
    """A new account with the name of its owner."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "full_name", "unit", "role"]


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to a new one; how it is hashed is of no use to an office."""

    template_name = "admin/password_state.html"


class UserForm(UserChangeForm):
    """An account that exists."""

    password = ReadOnlyPasswordHashField(label="Mật khẩu", widget=PasswordState)


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody's account; Django's warning there is in English and outside its catalogue."""

    usable_password_help_text = mark_safe(
        "Tắt thì tài khoản không đăng nhập được cho đến khi được đặt mật khẩu."
        '<ul id="id_unusable_warning" class="messagelist">'
        '<li class="warning">Nếu tắt, mật khẩu hiện nay của tài khoản này sẽ mất.</li></ul>'
    )


@admin.register(User)
class UserAdmin(FoldedSearch, LabelledUnits, DjangoUserAdmin):
    """Accounts. One that is no longer needed is switched off; what its owner did keeps the name."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = [named(User, "full_name"), "username", "unit", "role", said(User, "is_active"), "last_login"]
    list_filter = ["role", "is_active", "invented"]
    list_select_related = ["unit"]
    search_fields = ["full_name", "username", "unit__name"]
    search_help_text = "Tìm theo họ tên, tên đăng nhập hoặc đơn vị; không cần gõ dấu."
    ordering = ["sort_text", "username"]
    autocomplete_fields = ["unit"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", said(User, "invented")]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Người dùng", {"fields": ["full_name", "email", "unit", "role"]}),
        ("Trạng thái", {"fields": ["is_active", readonly_fields[-1], "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        ("Người dùng", {"fields": ["username", "full_name", "unit", "role"]}),
        ("Mật khẩu", {"fields": ["usable_password", "password1", "password2"]}),
    ]


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, admin.ModelAdmin):
    """What was added, changed and deleted in the back office, by whom and when."""

    list_display = ["action_time", "user", "action", "content_type", "object_repr", "details"]
    list_filter = ["action_flag"]
    list_select_related = ["user", "content_type"]
    date_hierarchy = "action_time"
    fields = readonly_fields = ["action_time", "user", "action", "content_type", "object_repr", "details"]

    @admin.display(description="Thao tác", ordering="action_flag")
    def action(self, entry):
        return entry.get_action_flag_display()

    @admin.display(description="Nội dung")
    def details(self, entry):
        return entry.get_change_message()

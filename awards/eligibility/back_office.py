"""Awards and their criteria in the back office: for whom an award is, what each way to it asks for."""

from django import forms
from django.contrib import admin

from documents.steps.log import words_of

from ..catalogue.back_office import SMALL, CatalogueAdmin, OnFilter, ProvisionAdmin, WaitsFilter, last_name
from ..catalogue.models import AwardType, Criterion, Need
from .facts import GROUP_WORDS
from .need_forms import CriterionEdit, NeedForm, NeedFormSet


class AwardTypeForm(forms.ModelForm):
    """A danh hiệu or hình thức; for somebody."""

    group = forms.ChoiceField(label="Chỉ cho nhóm", choices=[("", "Không"), *GROUP_WORDS.items()], required=False)

    def clean(self):
        """Refuse one that nobody may have."""
        typed = super().clean() or self.cleaned_data
        if not any(typed.get(name) for name in ("for_person", "for_collective", "for_household")):
            self.add_error("for_person", "Hãy chọn ít nhất một đối tượng: cá nhân, tập thể, hộ gia đình.")
        return typed


@admin.register(AwardType)
class AwardTypeAdmin(CatalogueAdmin):
    """Danh hiệu, hình thức. Their names, days and articles are rows of other tables."""

    form = AwardTypeForm
    list_display = ["called", "form", "level"]
    list_display_links = ["called"]
    list_filter = ["form", "level"]
    search_fields = ["code", "definitions__name"]
    search_help_text = "Tìm theo tên hoặc mã; không cần gõ dấu."
    logged = [
        "code",
        "form",
        "level",
        "for_person",
        "for_collective",
        "for_household",
        "is_flag",
        "is_posthumous",
        "group",
        "counts_as",
        "position",
    ]
    fields = [*logged, "changes"]

    def get_readonly_fields(self, request, obj=None):
        """A code stays."""
        return ["changes", *(["code"] if obj else [])]

    def get_queryset(self, request):
        """Each with its last name."""
        return super().get_queryset(request).annotate(award_name=last_name("pk"))

    @admin.display(description="Danh hiệu, hình thức", ordering="position")
    def called(self, award):
        return award.award_name or award.code


class NeedInline(admin.StackedInline):
    """What a criterion asks for. A need is taken out only while the criterion waits to be confirmed."""

    model = Need
    form = NeedForm
    formset = NeedFormSet
    extra = 0
    formfield_overrides = SMALL
    fieldsets = [
        (
            None,
            {"fields": [("position", "alt"), "condition", "of", ("least", "most", "share", "over"), "words", "hard"]},
        ),
        ("Thêm", {"classes": ["collapse"], "fields": ["kind", "within", "span", "by", "at", "only"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        """What was certain stays as it was: another rule is another row."""
        return obj is None or obj.waits


@admin.register(Criterion)
class CriterionAdmin(ProvisionAdmin):
    """Ways to an award."""

    form = CriterionEdit
    says, shown = ["route", "groups", "after", "latest", "each_way"], ["route"]
    inlines = [NeedInline]
    list_filter = ["route", OnFilter, WaitsFilter]

    def words_of(self, row) -> dict:
        """The row, and each of its needs by its place."""
        names = [name for name in NeedForm.Meta.fields if name != "position"]
        needs = {f"Điều kiện {need.position}": _said(need, names) for need in row.needs.all()}
        return super().words_of(row) | needs


def _said(need, names) -> str:
    """The columns of a need that say something."""
    return "; ".join(
        f"{label}: {words}" for label, words in words_of(need, names).items() if words not in ("", "False")
    )

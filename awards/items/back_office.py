"""The kinds of items in the back office."""

from django import forms
from django.contrib import admin

from ..catalogue.back_office import CatalogueAdmin
from ..catalogue.book import award_names
from .kinds import FACTS
from .models import ItemKind


class ItemKindForm(forms.ModelForm):
    """A kind of item; whether its pieces have numbers is laid down before the first of them comes."""

    def clean_has_serials(self):
        """Refuse it for pieces that are in the ledger without numbers, and the other way round."""
        typed = self.cleaned_data["has_serials"]
        if self.instance.pk and typed != self.instance.has_serials and self.instance.lines.exists():
            raise forms.ValidationError(
                "Loại này đã có phiếu nhập, xuất nên không đổi việc ghi số hiệu. Hãy thêm một loại mới, dừng dùng loại này."
            )
        return typed


@admin.register(ItemKind)
class ItemKindAdmin(CatalogueAdmin):
    """Kinds of items of the store, and what the catalogue calls them."""

    form = ItemKindForm
    list_display = ["name", "group", "source", "least", "place", "since", "until"]
    list_filter = ["group", "source"]
    search_fields = ["name", "code", "words"]
    filter_horizontal = ["types"]
    logged = [*FACTS, "has_serials", "position"]

    def get_fields(self, request, obj=None):
        """A code is given once."""
        return [*([] if obj else ["code"]), *self.logged[:5], "types", *self.logged[5:], "changes"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Awards by their names."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "types":
            names = award_names()
            field.label_from_instance = lambda award: names[award.code]
        return field

    def words_of(self, row) -> dict:
        """The row, and of which awards."""
        return super().words_of(row) | {"Của danh hiệu, hình thức": ", ".join(row.types.values_list("code", flat=True))}

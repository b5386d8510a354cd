"""What pages of the back office are made of, of every app: search without accents, columns in words, units as of a day."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from units.text import fold

from .models import Unit


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

"""The back office of the axis between offices: codes of bodies, types and states; packages to look at."""

from django.contrib import admin

from documents.models import AxisOrgan, AxisPackage, AxisState, AxisType
from units.admin import FoldedSearch, ReadOnly, named, said


@admin.register(AxisOrgan)
class AxisOrganAdmin(FoldedSearch, admin.ModelAdmin):
    """Bodies on the axis."""

    list_display = [named(AxisOrgan), "code", "unit"]
    list_select_related = ["unit"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["unit"]


@admin.register(AxisType)
class AxisTypeAdmin(admin.ModelAdmin):
    """Codes of types of papers."""

    list_display = ["code", "type"]
    list_select_related = ["type"]
    autocomplete_fields = ["type"]


@admin.register(AxisState)
class AxisStateAdmin(admin.ModelAdmin):
    """Codes of states that come back."""

    list_display = ["code", "words", said(AxisState, "is_confirmed")]


@admin.register(AxisPackage)
class AxisPackageAdmin(ReadOnly, admin.ModelAdmin):
    """Packages, to look at."""

    list_display = ["subject", "way", "business", "sender", "unit", "at", "done_at"]
    list_select_related = ["unit"]
    list_filter = ["way", "business"]
    fields = readonly_fields = [
        "way",
        "unit",
        "key",
        "business",
        "document",
        "subject",
        "sender",
        "sha256",
        "by",
        "at",
        "done_at",
    ]

    def get_queryset(self, request):
        """Without the bytes."""
        return super().get_queryset(request).defer("content")

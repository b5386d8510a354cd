"""Sources of income and heads of spending in the back office."""

from django.contrib import admin

from ..catalogue.back_office import CatalogueAdmin
from .models import Head


@admin.register(Head)
class HeadAdmin(CatalogueAdmin):
    """Sources of income and heads of spending of the fund."""

    list_display = ["name", "side", "column"]
    list_filter = ["side"]
    search_fields = ["name", "code"]
    logged = ["code", "name", "side", "column", "position"]

    def get_fields(self, request, obj=None):
        """Code and side are given once: lines of the ledger stand under them."""
        return [*(["name", "column", "position"] if obj else self.logged), "changes"]

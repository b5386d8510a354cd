"""The back office of clusters: what law and office lay down, by date."""

from django.contrib import admin

from units.admin_parts import FoldedSearch, said

from .models import Category, RankRule, VoteRule


@admin.register(VoteRule)
class VoteRuleAdmin(FoldedSearch, admin.ModelAdmin):
    """Shares of votes by title and date; ballots that were opened keep the share they were opened with."""

    list_display = ["__str__", "percent", "since", "until", said(VoteRule, "uncertain")]
    search_fields = ["name", "citation"]
    search_help_text = "Tìm theo danh hiệu, hình thức hoặc căn cứ; không cần gõ dấu."


@admin.register(RankRule)
class RankRuleAdmin(admin.ModelAdmin):
    """How equal scores are ranked; a year keeps the way that held on its last day."""

    list_display = ["__str__", "since", "citation"]


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    """Sorts of clusters, each scored by its own criteria."""

    list_display = ["name"]
    fields = ["name"]

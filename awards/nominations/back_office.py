"""The table of who follows whose files, in the back office."""

from django import forms
from django.contrib import admin

from units.models import User
from units.permissions import MANAGERS

from ..catalogue.book import called
from .models import Followed


class FollowedForm(forms.ModelForm):
    """People of the department alone; awards by their names."""

    class Meta:
        model = Followed
        fields = ["officer", "unit", "cluster", "award", "route", "since", "until"]
        help_texts = {
            "unit": "Để trống các ô này là mọi hồ sơ; dòng ghi rõ hơn được dùng trước.",
            "since": "Hai dòng cùng nội dung không trùng thời gian.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "officer" in self.fields:
            people = User.objects.filter(is_active=True, role__in=MANAGERS)
            self.fields["officer"].queryset = people.order_by("full_name")
            self.fields["award"].label_from_instance = called


@admin.register(Followed)
class FollowedAdmin(admin.ModelAdmin):
    """Who of the department follows which units, clusters, awards, grounds; from when to when."""

    form = FollowedForm
    list_display = ["officer", "unit", "cluster", "award_called", "route", "since", "until"]
    list_display_links = ["officer"]
    list_select_related = ["officer", "unit", "cluster__division", "award"]
    autocomplete_fields = ["unit"]

    @admin.display(description="Danh hiệu, hình thức")
    def award_called(self, row):
        """The award by its name."""
        return called(row.award) if row.award else "–"

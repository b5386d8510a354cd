"""Forms about activities and about the duties of the year."""

import django_filters
from django import forms

from documents.steps.forms import EditForm
from documents.uploads.fields import FilesField
from units.filters import DressedFilterSet, WordsFilter

from ..divisions.models import Cluster, Membership
from .actions import Parts, expected, fault_of_day
from .models import Activity, Attendance


class ActivityForm(EditForm):
    """An activity with who came, who was elected, and its files, on one screen."""

    leader = forms.ModelChoiceField(
        label="Được bầu làm trưởng năm sau", queryset=Membership.objects.none(), required=False, empty_label="Không bầu"
    )
    deputies = forms.ModelMultipleChoiceField(
        label="Được bầu làm phó trưởng năm sau",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
    )
    files = FilesField(label="Thêm ảnh, giấy tờ", required=False)
    caption = forms.CharField(label="Chú thích cho các tệp gửi lần này", max_length=200, required=False)

    class Meta:
        model = Activity
        fields = ["kind", "title", "held_on", "place", "held_at", "ended_at", "chair", "secretary", "decided"]
        widgets = {
            "held_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ended_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "decided": forms.Textarea(attrs={"rows": 6, "class": "roomy"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity = self.instance
        for name in self.Meta.fields:
            self.fields[name].half = name != "decided"
        members = activity.cluster.memberships.with_units()
        self.fields["leader"].queryset = self.fields["deputies"].queryset = members.staying()
        choices = [(row.pk, str(row)) for row in members.staying()]
        self.fields["leader"].choices = [("", self.fields["leader"].empty_label), *choices]
        self.fields["deputies"].choices = choices
        self.expected = list(expected(activity.cluster, activity.held_on or activity.cluster.division.begins_on))
        self.kept = list(activity.files.select_related("upload")) if activity.pk else []
        self._add_members()
        self._add_files()
        if activity.pk:
            elected = {row.membership_id: row.role for row in activity.elections.all()}
            self.initial["leader"] = next((key for key, role in elected.items() if role == "leader"), None)
            self.initial["deputies"] = [key for key, role in elected.items() if role == "deputy"]

    def _add_members(self):
        """Two fields a member: whether it came, and who or why not."""
        told = {row.membership_id: row for row in self.instance.attendances.all()} if self.instance.pk else {}
        for row in self.expected:
            radio = forms.RadioSelect(attrs={"class": "form-selectgroup-input"})
            self.fields[f"came_{row.pk}"] = forms.ChoiceField(
                label=str(row), choices=Attendance.Came, widget=radio, required=False
            )
            self.fields[f"note_{row.pk}"] = forms.CharField(
                label=f"{row}: người dự, lý do vắng",
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Người dự, hoặc lý do vắng"}),
            )
            if row.pk in told:
                self.initial |= {f"came_{row.pk}": told[row.pk].came, f"note_{row.pk}": told[row.pk].note}

    def _add_files(self):
        """Two fields a file that is there: its caption, and whether it is taken out."""
        for row in self.kept:
            self.fields[f"caption_{row.pk}"] = forms.CharField(
                label=f"Chú thích của {row.upload.name}",
                max_length=200,
                required=False,
                initial=row.caption,
                widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Chú thích"}),
            )
            self.fields[f"drop_{row.pk}"] = forms.BooleanField(
                label="Xóa tệp này",
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    @property
    def facts(self):
        """The fields of the activity itself, as a page shows them."""
        return [self[name] for name in self.Meta.fields]

    @property
    def members(self):
        """Each expected member with its two fields."""
        return [(row, self[f"came_{row.pk}"], self[f"note_{row.pk}"]) for row in self.expected]

    @property
    def files_kept(self):
        """Each file that is there with its two fields."""
        return [(row, self[f"caption_{row.pk}"], self[f"drop_{row.pk}"]) for row in self.kept]

    def clean_held_on(self):
        """Told together with whatever else is wrong."""
        day = self.cleaned_data["held_on"]
        fault = fault_of_day(self.instance.cluster.division, day)
        if fault:
            raise forms.ValidationError(fault)
        return day

    def clean(self):
        """It ends after it began; the leader is not deputy as well."""
        cleaned = super().clean()
        begins, ends = cleaned.get("held_at"), cleaned.get("ended_at")
        if begins and ends and ends <= begins:
            self.add_error("ended_at", "Giờ kết thúc phải sau giờ bắt đầu. Hãy sửa lại một trong hai giờ.")
        if cleaned.get("leader") and cleaned["leader"] in (cleaned.get("deputies") or []):
            self.add_error("deputies", f"{cleaned['leader']} đã là trưởng. Hãy bỏ khỏi ô này, hoặc chọn trưởng khác.")
        return cleaned

    def parts(self) -> Parts:
        """What was typed beside the activity itself."""
        typed = self.cleaned_data
        elected = dict.fromkeys(typed["deputies"], Membership.Role.DEPUTY)
        if typed["leader"]:
            elected[typed["leader"]] = Membership.Role.LEADER
        return Parts(
            came={row: (typed[f"came_{row.pk}"], typed[f"note_{row.pk}"]) for row in self.expected},
            elected=elected,
            captions={row.pk: typed[f"caption_{row.pk}"] for row in self.kept},
            dropped={row.pk for row in self.kept if typed[f"drop_{row.pk}"]},
            files=typed["files"],
            caption=typed["caption"],
        )


class ActivityFilter(DressedFilterSet):
    """Activities of one cluster: by words, kind, state and day."""

    q = WordsFilter("Tìm tên gọi, địa điểm, chủ trì")
    kind = django_filters.ChoiceFilter(label="Hoạt động", choices=Activity.Kind, empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Activity.State, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="held_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="held_on", lookup_expr="lte")

    class Meta:
        model = Activity
        fields = ["q", "kind", "state", "tu", "den"]


def _clusters(request):
    """The clusters of the division that the address names."""
    return Cluster.objects.filter(division__year=request.resolver_match.kwargs["year"], parts=None)


class DivisionActivityFilter(ActivityFilter):
    """Activities of all clusters of a year."""

    cum = django_filters.ModelChoiceFilter(
        label="Cụm, khối", field_name="cluster", queryset=_clusters, empty_label="Tất cả"
    )

    class Meta:
        model = Activity
        fields = ["q", "cum", "kind", "state", "tu", "den"]

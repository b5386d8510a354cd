"""Forms about the division of a year."""

from datetime import date

from django import forms
from django.db.models import Q

from documents.citations.fields import PaperField
from documents.steps.forms import EditForm
from units.forms import DressedForm

from .actions import USUAL_KINDS
from .models import Cluster, Division, Membership

KINDS = [(kind.value, kind.label) for kind in USUAL_KINDS]


class DivisionForm(EditForm):
    """A new division, or its dates and notes."""

    kinds = forms.MultipleChoiceField(
        label="Loại đơn vị được phân cụm", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Division
        fields = ["year", "begins_on", "ends_on", "kinds", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].widget.attrs["inputmode"] = "numeric"
        for name in ("begins_on", "ends_on"):
            self.fields[name].half = True
        if self.instance.pk:
            self.fields["year"].disabled = True

    def clean(self):
        """The year's dates lie where its year says."""
        cleaned = super().clean()
        year, begins, ends = (cleaned.get(name) for name in ("year", "begins_on", "ends_on"))
        if year and not 2000 <= year <= 2100:
            self.add_error("year", "Hãy ghi năm gồm bốn chữ số, ví dụ 2026.")
        elif year and begins and begins.year != year:
            self.add_error("begins_on", f"Ngày bắt đầu phải trong năm {year}.")
        elif year and ends and ends > date(year + 1, 1, 31):
            self.add_error("ends_on", f"Năm thi đua {year} kết thúc chậm nhất ngày 31/01/{year + 1}.")
        return cleaned


def first_of(year) -> dict:
    """What a new division of ``year`` begins with."""
    return {"year": year, "begins_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}


class ClusterForm(EditForm):
    """A cluster of a draft, with who leads it."""

    leader = forms.ModelChoiceField(
        label="Trưởng", queryset=Membership.objects.none(), required=False, empty_label="Chưa cử"
    )
    deputies = forms.ModelMultipleChoiceField(
        label="Phó trưởng",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
    )

    class Meta:
        model = Cluster
        fields = ["kind", "name", "parent", "category", "position"]

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = division
        parents = Cluster.objects.filter(division=division, parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents.filter(Q(kind=Cluster.Kind.BLOC) | Q(parts__isnull=False)).distinct()
        self.fields["parent"].empty_label = "Không thuộc khối nào"
        self.fields["category"].empty_label = "Chưa chọn"
        self.fields["position"].required = False
        for field in self.fields.values():
            field.half = True
        if not division.is_draft:
            for name in ("kind", "name", "parent"):
                del self.fields[name]
        shown = self.instance.pk and division.is_draft
        members = Membership.objects.filter(cluster=self.instance.pk).with_units() if shown else None
        for field, role in (("leader", Membership.Role.LEADER), ("deputies", Membership.Role.DEPUTY)):
            if not members:
                del self.fields[field]
                continue
            self.fields[field].queryset = members
            chosen = [row.pk for row in members if row.role == role]
            self.initial[field] = chosen if field == "deputies" else next(iter(chosen), None)

    def clean_position(self):
        """Nothing typed: behind the others."""
        return self.cleaned_data["position"] or 0

    def clean(self):
        """The leader is not deputy as well."""
        cleaned = super().clean()
        leader = cleaned.get("leader")
        if leader and leader in (cleaned.get("deputies") or []):
            self.add_error("deputies", f"{leader} đã là trưởng. Hãy bỏ khỏi ô này, hoặc chọn trưởng khác.")
        return cleaned

    def roles(self) -> dict:
        """{membership: role} that the form asks for, of all members."""
        members = self.fields["leader"].queryset if "leader" in self.fields else []
        asked = dict.fromkeys(members, Membership.Role.MEMBER)
        asked |= dict.fromkeys(self.cleaned_data.get("deputies") or [], Membership.Role.DEPUTY)
        if self.cleaned_data.get("leader"):
            asked[self.cleaned_data["leader"]] = Membership.Role.LEADER
        return asked


class NoticeForm(DressedForm, forms.Form):
    """The notice that announced a division, when it was made outside the program."""

    paper = PaperField(
        label="Số, ký hiệu thông báo", help_text="Văn bản đã có trong sổ, ví dụ 109/TB-UBND.", dated=True
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user

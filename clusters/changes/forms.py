"""What is typed of a change within the year."""

from django import forms
from django.db.models import Q

from documents.citations.fields import PaperField
from units.forms import DressedForm
from units.models import Unit

from ..divisions.models import Leadership


class ChangeForm(DressedForm, forms.Form):
    """A change within the year: who leads, who joins, who takes part no more."""

    CHOICES = [
        ("leader", "Cử làm trưởng"),
        ("deputy", "Cử làm phó trưởng"),
        ("member", "Thôi làm trưởng, phó trưởng"),
        ("leave", "Thôi tham gia cụm, khối"),
        ("join", "Thêm vào cụm, khối"),
    ]
    what = forms.ChoiceField(label="Thay đổi", choices=CHOICES)
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), widget=forms.Select(attrs={"data-search": ""})
    )
    since = forms.DateField(label="Từ ngày")
    how = forms.ChoiceField(label="Do", choices=Leadership.How, required=False)
    paper = PaperField(
        label="Theo văn bản", required=False, help_text="Số, ký hiệu văn bản đã có trong sổ, ví dụ 312/QĐ-UBND."
    )
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}), max_length=300)

    def __init__(self, *args, cluster, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.cluster = cluster
        self.fields["paper"].user = user
        for name in ("what", "unit", "since", "how"):
            self.fields[name].half = True
        free = cluster.division.unplaced() if not cluster.parts.exists() else Unit.objects.none()
        members = Unit.objects.filter(memberships__cluster=cluster)
        self.fields["unit"].queryset = Unit.objects.filter(
            Q(pk__in=members.values("pk")) | Q(pk__in=free.values("pk"))
        ).select_related("superior")
        self.fields["unit"].label_from_instance = lambda unit: unit.label

    def clean(self):
        """Every change but the end of a unit names its paper; who joins is no member yet, all others are."""
        cleaned = super().clean()
        what, unit = cleaned.get("what"), cleaned.get("unit")
        if not unit or "paper" in self.errors:
            return cleaned
        self.membership = self.cluster.memberships.filter(unit=unit).select_related("unit", "division").first()
        if what != "join" and not self.membership:
            self.add_error("unit", f"{unit} chưa ở {self.cluster}. Hãy chọn «Thêm vào cụm, khối» trước.")
        ended = what == "leave" and unit.ended is not None
        if not cleaned.get("paper") and not ended:
            self.add_error("paper", "Hãy ghi văn bản quy định thay đổi này.")
        return cleaned

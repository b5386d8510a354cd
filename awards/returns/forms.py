"""What is typed of a case when it comes."""

from django import forms
from django.utils import timezone

from units.forms import DressedForm

from ..items.models import ItemKind
from .models import ItemCase
from .rules import kinds_of


class CaseForm(DressedForm, forms.ModelForm):
    """A case about one award: why, which of its items, by which application."""

    kinds = forms.ModelMultipleChoiceField(
        label="Hiện vật", queryset=ItemKind.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ItemCase
        fields = ["why", "applicant", "letter", "applied_on", "told"]
        widgets = {"told": forms.Textarea(attrs={"rows": 3})}

    field_order = ["why", "kinds", "applicant", "letter", "applied_on", "told"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        award = self.instance.award
        found = kinds_of(award)
        self.fields["kinds"].queryset = ItemKind.objects.filter(pk__in=[kind.pk for kind in found])
        self.fields["letter"].label = f"{self.instance.letter_kind} số, ngày"
        self.initial |= {"applicant": award.name[:200], "applied_on": timezone.localdate()}

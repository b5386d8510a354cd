"""What is typed of a case when it comes."""

from django import forms
from django.utils import timezone

from units.forms import DressedForm

from .models import ItemCase
from .rules import items_of


class CaseForm(DressedForm, forms.ModelForm):
    """A case about one award: why, which of its items, by which application."""

    kinds = forms.MultipleChoiceField(label="Hiện vật", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ItemCase
        fields = ["why", "applicant", "letter", "applied_on", "told"]
        widgets = {"told": forms.Textarea(attrs={"rows": 3})}

    field_order = ["why", "kinds", "applicant", "letter", "applied_on", "told"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        award = self.instance.award
        found = items_of(award)
        self.fields["kinds"].choices = [
            *((str(kind.pk), kind.name) for kind in found.kinds),
            *((word, word[:1].upper() + word[1:]) for word in found.unknown),
        ]
        self.fields["letter"].label = f"{self.instance.letter_kind} số, ngày"
        self.initial |= {"applicant": award.name[:200], "applied_on": timezone.localdate()}

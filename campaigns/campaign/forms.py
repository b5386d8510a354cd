"""What is typed when a step is taken back: why, and which version the person had on screen."""

from django import forms

from units.forms import DressedForm, rows


class WhyForm(DressedForm, forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label="Lý do", max_length=1000, widget=rows(3))


class _OfVersion(DressedForm, forms.Form):
    """Beside what is typed, the version that the person had on screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def typed(self) -> dict:
        """What was typed, by the names of the actions; without a version nothing is overwritten."""
        typed = dict(self.cleaned_data)
        return {"seen_version": typed.pop("version") or 0} | typed


class BackForm(WhyForm, _OfVersion):
    """Why a step is taken back."""

"""The form on which what is missing for the statistics is filled in, a field for each award or decision."""

import re

from django import forms

from units.forms import DressedForm

from ..records.models import Award, Decision
from .actions import OF_AWARDS, TAKEN

# Awards, and decisions, that one page asks about.
MOST = 40
_NAMED = re.compile(r"(positions|bodies|submitters)-\d+")


class LackForm(DressedForm, forms.Form):
    """What awards and decisions do not say; what is left empty stays open. A person's class of today is offered."""

    marks_required = False

    def __init__(self, awards, decisions, titles, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {}
        for name, rows in awards.items():
            column = OF_AWARDS[name][0]
            for award in rows[:MOST]:
                self._ask((name, award), f"{name}-{award.pk}", Award._meta.get_field(column).choices, award.name)
                field = self.fields[f"{name}-{award.pk}"]
                field.initial = getattr(award.recipient, column)
                place = award.post or (award.unit.name if award.unit else "")
                paper = f"{titles(award)}, {award.decision.number} ngày {award.decided_on:%d/%m/%Y}"
                field.help_text = f"{place}; {paper}" if place else paper
        for decision in decisions[:MOST]:
            words = f"Quyết định số {decision.number} ngày {decision.day:%d/%m/%Y}"
            self._ask(decision, f"submitters-{decision.pk}", Decision.Submitter.choices, words)
            self.fields[f"submitters-{decision.pk}"].help_text = decision.subject

    def _ask(self, what, name, choices, label):
        self.asked[name] = what
        self.fields[name] = forms.ChoiceField(
            choices=[("", "Chưa ghi"), *choices],
            required=False,
            label=label,
            widget=forms.Select({"class": "form-select"}),
        )
        self.fields[name].half = True

    def clean(self):
        """Raises where something was typed for what somebody else has filled in meanwhile."""
        cleaned = super().clean()
        if any(_NAMED.fullmatch(name) and value and name not in self.fields for name, value in self.data.items()):
            self.add_error(None, TAKEN)
        return cleaned

    def found(self) -> dict:
        """What was chosen, as ``actions.fill_in`` takes it."""
        chosen = {self.asked[name]: value for name, value in self.cleaned_data.items() if value}
        awards = {what: value for what, value in chosen.items() if isinstance(what, tuple)}
        decisions = {what: value for what, value in chosen.items() if isinstance(what, Decision)}
        return {"awards": awards, "decisions": decisions}

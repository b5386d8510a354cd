"""What is typed when a step is taken: its hidden parts and its reason are the same everywhere."""

from django import forms

from units.forms import DressedForm, rows

# A reason is asked for when the other fields are dressed already.
_DRESSED = {"class": "form-control"}


class StepForm(DressedForm, forms.Form):
    """One step with ``row``: which, and the version that the person looked at. A subclass adds what the step needs.

    A step that needs a reason asks for it last, and a field that asks whose it is gets ``user``.
    """

    act = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, step, row, user):
        self.step, self.row, self.user = step, row, user
        super().__init__(data, files, initial={"act": step.what}, auto_id=f"{step.what}_%s")
        self.initial["version"] = step.table.versioned(row).version
        if step.needs_reason and "reason" not in self.fields:
            self.fields["reason"] = forms.CharField(
                label="Lý do", max_length=step.table.reason_length, widget=rows(3, **_DRESSED)
            )
        for field in self.fields.values():
            if hasattr(field, "user"):
                field.user = user
        self.prepare()

    def prepare(self):
        """Offer what follows from the row and the person."""

    def typed(self) -> dict:
        """What was typed, by the names of the action."""
        typed = dict(self.cleaned_data)
        del typed["act"]
        return {"seen_version": typed.pop("version")} | typed


class EditForm(DressedForm, forms.ModelForm):
    """A row that is begun or changed, with the version that the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def seen(self) -> int | None:
        """What ``seen_version`` is: nothing for a row that is begun; no version that there is where the page told none."""
        return None if self.instance.pk is None else self.cleaned_data["version"] or 0

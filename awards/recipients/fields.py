"""Fields of the forms about recipients: a unit typed by its name, groups in one column, yes, no or not known."""

from django import forms
from django.utils import timezone

from units.models import Unit
from units.text import fold

from ..eligibility.facts import GROUP_WORDS


class UnitNames:
    """Every unit, or those of ``among``, for the fields of one page: read once. One question."""

    def __init__(self, among=None):
        self.units = list((Unit.objects.all() if among is None else among).select_related("superior"))

    @property
    def choices(self):
        """(key, label) of all."""
        return [(unit.pk, unit.label) for unit in self.units]

    def find(self, words: str) -> Unit:
        """The unit that ``words`` mean: its label, code or name; of several of one name the one that lives.

        Raises ``ValidationError`` where there is none, or more than one.
        """
        wanted = fold(words)
        for call in (lambda unit: unit.label, lambda unit: unit.code, lambda unit: unit.name):
            found = [unit for unit in self.units if fold(call(unit)) == wanted]
            living = [unit for unit in found if unit.is_alive_on(timezone.localdate())]
            if len(found) == 1 or len(living) == 1:
                return (found if len(found) == 1 else living)[0]
            if found:
                raise forms.ValidationError(
                    f"Có {len(found)} đơn vị tên «{words}». Hãy chọn một dòng trong danh sách gợi ý."
                )
        raise forms.ValidationError(f"Không có đơn vị «{words}». Hãy gõ đủ tên và chọn trong danh sách gợi ý.")


class UnitField(forms.CharField):
    """A unit typed by its name, with the list of all names of the page beside it (``names`` must be set)."""

    names: UnitNames

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"list": "units", "placeholder": "Gõ tên rồi chọn", "autocomplete": "off"})
        super().__init__(max_length=300, widget=widget, **kwargs)

    def clean(self, value):
        """Gives the unit, or None."""
        words = super().clean(value)
        return self.names.find(words) if words else None


class GroupsField(forms.MultipleChoiceField):
    """What some awards are for alone, kept in one column, parted by commas."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, slugs, **kwargs):
        words = [(slug, GROUP_WORDS[slug][:1].upper() + GROUP_WORDS[slug][1:]) for slug in slugs]
        super().__init__(choices=words, required=False, **kwargs)

    def prepare_value(self, value):
        """The slugs as they are ticked."""
        return [slug for slug in value.split(",") if slug] if isinstance(value, str) else value

    def clean(self, value):
        """Gives them as they are stored."""
        return ",".join(super().clean(value))


class KnownField(forms.TypedChoiceField):
    """Yes, no, or not known yet."""

    def __init__(self, yes="Có", no="Không", **kwargs):
        choices = [("", "Chưa rõ"), ("True", yes), ("False", no)]
        super().__init__(
            choices=choices, coerce=lambda value: value == "True", empty_value=None, required=False, **kwargs
        )

"""The field of a form that an editor writes: its value is the source, beside it comes the document that the person saw."""

from django import forms
from django.core.exceptions import ValidationError

from units.forms import CONVERT

from .comparing import difference
from .reading import shown

# Added to the name of the field: where the page sends the editor's document.
DOCUMENT = "-document"


class Sent(str):
    """A source as it was sent, and the document that came with it: JSON, or nothing where the source itself was typed."""

    document = ""


class WritingArea(forms.Textarea):
    """A text area with an editor above it; without scripts it is the text area alone."""

    template_name = "documents/writing/field.html"

    def __init__(self, attrs=None):
        super().__init__({"spellcheck": "false", "data-source": "", **(attrs or {})})

    def get_context(self, name, value, attrs):
        """With the document of the value, as the editor begins with it."""
        context = super().get_context(name, value, attrs)
        text = (context["widget"]["value"] or "").replace("\r\n", "\n")
        context["widget"]["document"] = shown(text) if text.strip() else None
        context["widget"]["sent"] = name + DOCUMENT
        return context

    def value_from_datadict(self, data, files, name):
        """The source, with the document beside it; of a text whose encoding is being converted the source alone."""
        value = super().value_from_datadict(data, files, name)
        if value is None:
            return None
        sent = Sent(value)
        sent.document = "" if CONVERT in data else data.get(name + DOCUMENT, "")
        return sent


class WritingField(forms.CharField):
    """The words of a paper, written in an editor. Refuses a source that is not what the editor showed."""

    widget = WritingArea

    def clean(self, value):
        """The source. Raises where the document that was sent with it says something else."""
        text = super().clean(value)
        document = getattr(value, "document", "")
        told = difference(text.replace("\r\n", "\n"), document) if document else ""
        if told:
            raise ValidationError(told, code="not_what_was_shown")
        return text

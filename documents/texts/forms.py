"""What may be typed into a text and into a phrase."""

from django import forms

from units.forms import rows
from units.permissions import may_manage

from ..papers.models import DocumentType
from ..papers.rules import MARKED, secret_mark
from ..source.source import text_faults
from ..steps.forms import EditForm
from ..writing.fields import WritingArea, WritingField
from . import gaps
from .models import OfficeText, Phrase

MINE, UNIT, ALL = "rieng", "don-vi", "moi"


class KeptForm(EditForm):
    """Words under a name, and who uses them. What is shared goes back to no single person: others rely on it."""

    whose = forms.ChoiceField(label="Dùng cho", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, row = user, self.instance
        offered = [(UNIT, str(row.unit if row.pk and row.unit_id and not row.owner_id else user.unit))]
        if row.pk is None or row.owner_id:
            offered.insert(0, (MINE, "Riêng tôi"))
        if may_manage(user):
            offered.append((ALL, "Mọi đơn vị"))
        self.fields["whose"].choices = offered
        self.initial["whose"] = MINE if row.owner_id else UNIT if row.unit_id or row.pk is None else ALL

    def _get_validation_exclusions(self):
        """What the page sets belongs to the check that a name is there once."""
        return super()._get_validation_exclusions() - {"owner", "unit", "type", "state"}

    def clean(self):
        """Set whose it is; refuse gaps that there are not."""
        cleaned = super().clean()
        row, whose = self.instance, cleaned.get("whose", None)
        if whose is not None:
            whose = whose or self.initial["whose"]
            # What a unit keeps stays with it; what was one's own, or everybody's, goes to where this person is now.
            stays = row.pk and row.unit_id and not row.owner_id
            row.owner = self.user if whose == MINE else None
            row.unit = None if whose == ALL else row.unit if stays else self.user.unit
        for name in self._meta.model.WORDS:
            words = cleaned.get(name) or ""
            if fault := gaps.fault_of(words):
                self.add_error(name, fault)
            if found := secret_mark(words, whole_line=name == "body"):
                self.add_error(name, MARKED.format(found))
        for fault in text_faults(cleaned.get("body") or "", "body"):
            self.add_error("body", f"Dòng {fault.line}: {fault.message}" if fault.line else fault.message)
        return cleaned


class TextForm(KeptForm):
    """One text, from which papers of a type begin."""

    printed = OfficeText.WORDS

    class Meta:
        model = OfficeText
        fields = ["type", "name", "subject", "bases", "to", "recipients", "body"]
        widgets = {"subject": rows(2), "bases": rows(3), "to": rows(2), "recipients": rows(3)}
        widgets["body"] = WritingArea({"rows": 18})
        field_classes = {"body": WritingField}

    field_order = ["type", "name", "whose"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What papers of a type began from stays of that type.
        if self.instance.type_id:
            del self.fields["type"]
        else:
            self.fields["type"].queryset = DocumentType.objects.written_here()
            self.fields["type"].empty_label = "– Chọn loại –"
        self.fields["body"].strip = False


class PhraseForm(KeptForm):
    """One phrase."""

    printed = Phrase.WORDS

    class Meta:
        model = Phrase
        fields = ["name", "body"]
        widgets = {"body": WritingArea({"rows": 6})}
        field_classes = {"body": WritingField}
        help_texts = {"name": "Gọi sao cho dễ tìm, ví dụ «kính trình», «liên hệ phòng TĐKT»."}

    field_order = ["name", "whose"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].strip = False

"""What may be typed into the parts of a draft: appendices, whom it goes to, the duties that it gives."""

from datetime import date
from itertools import count

from django import forms

from units.forms import DressedForm, dress, rows
from units.lines import Placed, PlacedForm

from ..deliveries import addressees
from ..papers.models import Appendix, Duty, labels
from ..source.paper import Fault
from ..source.vietnamese import roman
from ..writing.fields import WritingArea, WritingField

LABEL = "Phụ lục"


class ChosenOnly(forms.SelectMultiple):
    """A select that draws only what is chosen: the script offers the rest from one list for the whole page."""

    def optgroups(self, name, value, attrs=None):
        """The options that are selected, without their groups, in the order in which they were chosen."""
        # Of some four hundred; making every option and leaving it out again would take longer than the rest of the page.
        offered = {str(key): label for key, label in self.choices}
        chosen = [(key, offered[key]) for key in dict.fromkeys(value) if key in offered]
        made = [self.create_option(name, *row, True, index, attrs=attrs) for index, row in enumerate(chosen)]
        return [(None, [option], index) for index, option in enumerate(made)]


class AddresseesField(forms.MultipleChoiceField):
    """Groups and units, as ``documents.deliveries.addressees`` offers them. Gives the keys in the order they were chosen."""

    widget = ChosenOnly(attrs={"data-addressees": ""})

    def offer(self, user, day, kept=(), keys=()):
        """Offer what ``user`` may address on ``day``, and what was chosen before: the rows ``kept``, and ``keys`` of duties."""
        self.groups = addressees.choices(user, day)
        self.labels = {key: label for _, choices in self.groups for key, label in choices}
        self.labels |= {row.key: row.label for row in kept if row.key not in self.labels}
        self.labels |= labels([key for key in keys if key not in self.labels])
        self.choices = list(self.labels.items())


class AppendixForm(PlacedForm, DressedForm, forms.ModelForm):
    """One appendix of a draft."""

    printed = ("title", "body")

    class Meta:
        model = Appendix
        fields = ["type", "title", "orientation", "body"]
        widgets = {"body": WritingArea({"rows": 8})}
        field_classes = {"body": WritingField}

    def __init__(self, *args, issued, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].half = self.fields["orientation"].half = True
        # One list for all forms of the page.
        self.fields["type"].choices = [("", LABEL), *issued]

    def add_fault(self, name, fault):
        """Show a fault of the paper beside the field ``name``; without one it is about what the appendix is."""
        where = f"Dòng {fault.line}: " if fault.line else ""
        message = where + fault.message
        self.add_error(name if name in self.fields else "type", message[:1].upper() + message[1:])

    def part(self) -> Appendix:
        """The row as typed, not stored."""
        return Appendix(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class DutyForm(DressedForm, forms.ModelForm):
    """One duty that a draft gives."""

    keys = AddresseesField(label="Đơn vị thực hiện", required=False, help_text="Để trống: mọi đơn vị nhận văn bản này.")

    class Meta:
        model = Duty
        fields = ["clause", "words", "keys", "until"]
        widgets = {"words": rows(2)}

    def __init__(self, *args, paper, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["clause"].half = self.fields["until"].half = True
        # One list for all forms of the page: computing it costs queries.
        self.fields["keys"].labels, self.fields["keys"].choices = offered, list(offered.items())

    def clean(self):
        """Raises beside the last day where it is over before ``paper`` is there, whose own form was judged before."""
        cleaned = super().clean()
        known = self.paper.date
        until = cleaned["until"] if known.day and not self.errors else None
        if until and until < date(known.year, known.month, known.day):
            told = f"Nhiệm vụ «{self.part()}» có hạn trước ngày văn bản ({self.paper.date_text})."
            self.add_error("until", f"{told} Hãy sửa lại một trong hai ngày.")
        return cleaned

    def part(self) -> Duty:
        """The row as typed, not stored."""
        return Duty(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class PartForms(forms.BaseFormSet):
    """Parts of a draft, each of which can be crossed out. A subclass names one (``noun``) and all, and says what they are for."""

    noun = label = hint = ""

    def add_fields(self, form, index):
        """The box that crosses out, in the office's words."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = f"Xóa {self.noun} này"
        dress(form)

    def in_order(self):
        """The forms as the page has them."""
        return self.forms

    def own_faults(self):
        """What is wrong with each that is not crossed out, as faults of the paper."""
        standing = [form for form in self.in_order() if not self._should_delete_form(form)]
        return [
            Fault(f"{called}, {form.fields[name].label.lower()}: {error}", field=f"{form.prefix}-{name}")
            for called, form in zip(self.called(standing), standing, strict=True)
            for name, errors in form.errors.items()
            for error in errors
            if name in form.fields
        ]

    def called(self, standing):
        """What the page calls each of the forms ``standing``."""
        return [f"{self.noun.capitalize()} {number}" for number, _ in enumerate(standing, start=1)]

    def kept(self):
        """The forms of the rows in order, without those crossed out and those left empty."""
        return [
            form
            for form in self.in_order()
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def parts(self):
        """The rows as typed, without those crossed out and those left empty."""
        return [form.part() for form in self.kept()]


class AppendixForms(Placed, PartForms):
    """The appendices of a draft, each on a tab of its own: its place and whether it is crossed out are told by the tabs."""

    noun, label = "phụ lục", "Phụ lục"

    def add_fields(self, form, index):
        """Place and crossing out stay out of sight."""
        super().add_fields(form, index)
        form.fields["ORDER"].widget = forms.HiddenInput()
        form.fields["DELETE"].widget.attrs["hidden"] = True

    def called(self, standing):
        """As on paper: numbered where there are several; what is issued with the paper by the name of its type."""
        types = [dict(form.fields["type"].choices).get(form["type"].value() or "", LABEL) for form in standing]
        plain = [type_ for type_ in types if type_ == LABEL]
        numbers = count(1)
        several = len(plain) > 1
        return [
            f"{LABEL} {roman(next(numbers))}" if type_ == LABEL and several else str(type_).rpartition(": ")[2]
            for type_ in types
        ]


class DutyForms(PartForms):
    """The duties that a draft gives."""

    noun, label = "nhiệm vụ", "Nhiệm vụ giao"
    hint = (
        "Việc mà văn bản giao cho các đơn vị. Khi phát hành, từng đơn vị thấy việc của mình và báo kết quả; nơi gửi theo dõi "
        "ai đã làm, ai quá hạn."
    )


AppendixFormSet = forms.formset_factory(
    AppendixForm, formset=AppendixForms, extra=0, can_delete=True, can_order=True, max_num=30
)
DutyFormSet = forms.formset_factory(DutyForm, formset=DutyForms, extra=0, can_delete=True, max_num=60)

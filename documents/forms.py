"""What may be typed into a draft."""

import calendar
import re
from datetime import date

from django import forms

from units.forms import DressedForm, dress
from units.models import Term

from .drafts import symbol_for
from .models import Appendix, Document
from .paper import Fault, PartialDate

# Where a fault of a paper is shown: the key of the source file → the field of the form.
FIELD_OF = {
    "signature": "capacity",
    "signature.capacity": "capacity",
    "signature.name": "signer_name",
    "second_signature": "second_capacity",
    "second_signature.capacity": "second_capacity",
    "second_signature.name": "second_signer_name",
    "date": "date",
}


# How the rules of the source file say that something is not there yet.
_MISSING = re.compile(r"thiếu |chưa có nội dung")
_KEY = re.compile(r"^thiếu [\w.]+: ")


# Short answers stand two in a row.
HALF = ["type", "symbol", "place", "date", "urgency", "circulation"]
HALF += ["capacity", "signer_name", "second_capacity", "second_signer_name"]


# Years that a paper of this state can bear; others are slips of the hand.
EARLIEST, LATEST = 1945, 2100


class PartialDateField(forms.CharField):
    """A date as far as it is known: ``25/02/2020``, ``02/2020`` or nothing. Gives a ``PartialDate``."""

    def to_python(self, value):
        """Raises ``ValidationError`` for a date that does not exist, or another form."""
        text = super().to_python(value)
        if not text:
            return PartialDate()
        found = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text)
        if not found:
            raise forms.ValidationError("Ghi ngày như 25/02/2020, hoặc 02/2020 nếu chưa định ngày, hoặc để trống.")
        day, month, year = (int(part) if part else None for part in found.groups())
        try:
            date(year, month, day or 1)
            if not EARLIEST <= year <= LATEST:
                raise ValueError
        except ValueError:
            raise forms.ValidationError(f"Không có ngày {text}. Hãy kiểm tra lại ngày và tháng.") from None
        return PartialDate(year, month, day)


class SignerSelect(forms.Select):
    """A choice of signers that carries each one's printed lines, for the script that fills them in."""

    def create_option(self, name, value, *args, **kwargs):
        """Each option with the lines and the name that it prints."""
        option = super().create_option(name, value, *args, **kwargs)
        term = getattr(value, "instance", None)
        if term:
            option["attrs"] |= {"data-lines": "\n".join(term.lines), "data-name": term.official.name}
        return option


def _rows(count, **attrs):
    return forms.Textarea(attrs={"rows": count, **attrs})


class DocumentForm(DressedForm, forms.ModelForm):
    """One draft: its facts by field, its words as text. The same rules judge it as a source file."""

    date = PartialDateField(label="Ngày văn bản", required=False, help_text="25/02/2020, hoặc 02/2020, hoặc để trống.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Document
        fields = [
            "type",
            "issuer",
            "superior",
            "symbol",
            "place",
            "subject",
            "urgency",
            "circulation",
            "authority_line",
            "bases",
            "to",
            "recipients",
            "archive",
            "signer",
            "signer_reason",
            "capacity",
            "signer_name",
            "second_capacity",
            "second_signer_name",
            "contact",
            "body",
        ]
        widgets = {
            "issuer": _rows(2),
            "superior": _rows(1),
            "subject": _rows(2),
            "bases": _rows(4),
            "to": _rows(3),
            "recipients": _rows(5),
            "capacity": _rows(2),
            "second_capacity": _rows(1),
            "body": _rows(24, spellcheck="false", **{"data-source": ""}),
            "signer": SignerSelect(attrs={"data-signer": ""}),
        }
        labels = {"archive": "Lưu", "signer_reason": "Lý do chọn người ký ngoài nhiệm kỳ"}
        help_texts = {
            "subject": "Không ghi «V/v», «Về việc»: chương trình tự thêm theo loại văn bản.",
            "bases": "Mỗi căn cứ một dòng, không ghi dấu chấm phẩy ở cuối.",
            "to": "Mỗi nơi nhận một dòng. Để trống nếu loại văn bản này không có Kính gửi.",
            "recipients": "Mỗi dòng một nơi nhận, không ghi gạch đầu dòng và dấu chấm phẩy.",
            "archive": "Ví dụ: VT, TĐKT (NTB).",
            "issuer": "Mỗi dòng in một dòng.",
            "symbol": "Phần sau dấu gạch chéo, ví dụ UBND-KGVX, QĐ-UBND.",
            "signer_reason": "Chỉ cần khi ngày văn bản nằm ngoài thời gian giữ chức vụ của người ký.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for name in HALF:
            self.fields[name].half = True
        self.fields["signer"].queryset = self._signers()
        self.fields["signer"].label_from_instance = _signer_label
        self.fields["signer"].empty_label = "– Chọn người ký –"
        self.fields["body"].strip = False
        self.fields["subject"].max_length = 500
        self.fields["urgency"].choices = [("", "Không"), *Document.Urgency.choices]
        self.fields["circulation"].choices = [("", "Không hạn chế"), *Document.Circulation.choices]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        self.fields["date"].initial = self.instance.date_text

    def _signers(self):
        """Those who sign for the issuing body, and the one already chosen."""
        terms = Term.objects.select_related("official", "unit")
        return terms.filter(unit=self.instance.issuer_unit_id) | terms.filter(pk=self.instance.signer_id)

    def clean(self):
        """Set the row's facts, then judge the whole paper as a source file would be judged."""
        cleaned = super().clean()
        signer = cleaned.get("signer")
        if signer and not cleaned.get("capacity"):
            cleaned["capacity"] = "\n".join(signer.lines)
        if signer and not cleaned.get("signer_name"):
            cleaned["signer_name"] = signer.official.name
        self._follow_type(cleaned)
        known = cleaned.get("date") or PartialDate()
        self.instance.year, self.instance.month, self.instance.day = known.year, known.month, known.day
        self._judge_signer(cleaned, known)
        return cleaned

    def _follow_type(self, cleaned):
        """Another type has another symbol, unless the writer changed that too."""
        issuer, unit = self.instance.issuer_unit, self.instance.unit
        if (
            "type" in self.changed_data
            and "symbol" not in self.changed_data
            and cleaned.get("type")
            and issuer
            and unit
        ):
            cleaned["symbol"] = symbol_for(cleaned["type"], issuer, unit)

    def _judge_signer(self, cleaned, known):
        """A signer outside the term on the document's date is a warning that a reason overrules."""
        signer = cleaned.get("signer")
        if not signer or not known.year or cleaned.get("signer_reason"):
            return
        first = date(known.year, known.month, known.day or 1)
        last = date(known.year, known.month, known.day or calendar.monthrange(known.year, known.month)[1])
        if not (signer.includes(first) or signer.includes(last)):
            self.add_error(
                "signer_reason",
                f"{signer.official.name} không giữ chức vụ này vào {known_text(known)}. "
                "Hãy chọn người ký khác, hoặc ghi lý do để vẫn dùng người ký này.",
            )

    def draft(self):
        """The row with what was typed, not stored; for the preview too, where fields may be at fault."""
        for name in self.Meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        return self.instance

    def own_faults(self):
        """The form's own errors as faults of the paper; what is only missing is told by the rules of the paper."""
        return [
            Fault(message, field=name)
            for name, errors in self.errors.as_data().items()
            for error in errors
            for message in error.messages
            if error.code != "required" and name not in ("signer_reason", "version")
        ]

    def tell(self, fault):
        """A fault in the words of the page: the field's label instead of the source file's key."""
        name = FIELD_OF.get(fault.field, fault.field)
        label = self.fields[name].label if name in self.fields else ""
        missing = bool(_MISSING.match(fault.message))
        message = _KEY.sub("còn thiếu, ", fault.message) if label else fault.message
        line = None if missing else fault.line
        return {"name": name, "label": label, "line": line, "message": message, "missing": missing}

    def add_faults(self, faults):
        """Show the faults of a paper beside the fields that they are about."""
        for fault in map(self.tell, faults):
            where = f"Dòng {fault['line']}: " if fault["line"] else ""
            message = where + fault["message"]
            self.add_error(fault["name"] if fault["name"] in self.fields else None, message[:1].upper() + message[1:])


def known_text(known) -> str:
    """A partial date in words: ``ngày 25/02/2020``, ``tháng 02/2020``."""
    return (
        f"ngày {known.day:02d}/{known.month:02d}/{known.year}" if known.day else f"tháng {known.month:02d}/{known.year}"
    )


def _signer_label(term):
    until = f", {term.begins:%m/%Y}–{term.ends:%m/%Y}" if term.begins and term.ends else ""
    return f"{term.official.name} – {' / '.join(term.lines)}{until}"


class AppendixForm(DressedForm, forms.ModelForm):
    """One appendix of a draft."""

    class Meta:
        model = Appendix
        fields = ["title", "orientation", "body"]
        widgets = {"body": _rows(8)}


class AppendixForms(forms.BaseFormSet):
    """The appendices of a draft, each of which can be crossed out."""

    def add_fields(self, form, index):
        """The box that crosses out, in the office's words."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Xóa phụ lục này"
        dress(form)

    def own_faults(self):
        """What is wrong with each, as faults of the paper."""
        return [
            Fault(f"Phụ lục {number}, {form.fields[name].label.lower()}: {error}", field="phu-luc")
            for number, form in enumerate(self.forms, start=1)
            for name, errors in form.errors.items()
            for error in errors
        ]


AppendixFormSet = forms.formset_factory(AppendixForm, formset=AppendixForms, extra=0, can_delete=True, max_num=30)

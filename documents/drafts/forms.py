"""What may be typed into a draft."""

import calendar
import re
from datetime import date

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.utils import timezone

from units.forms import DressedForm, rows
from units.models import Term, Unit

from ..papers.fields import PartialDateField
from ..papers.models import TYPED, Addressee, Document, DocumentType
from ..papers.rules import AS_ABOVE, MARKED, begin, issuers_for, secret_mark
from ..source.paper import Fault, PartialDate
from ..writing.fields import WritingArea, WritingField
from .folds import SAYS
from .part_forms import AddresseesField

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
_OF_PART = re.compile(r"(phu-luc|nhiem-vu)-\d+-")


_GAP = re.compile(r"\[[^\[\]]*\]")
# What follows from type, body and day, and of it what another type or body changes whatever stands there.
BEGUN = [
    "issuer", "superior", "symbol", "place", "archive", "authority_line", "bases", "recipients", "signer", "capacity",
    "signer_name", "second_capacity", "second_signer_name",
]  # fmt: skip
ALWAYS = ("issuer", "superior", "symbol", "place")

# Short answers stand two in a row.
HALF = ["type", "symbol", "place", "date", "urgency", "circulation"]
HALF += ["capacity", "signer_name", "second_capacity", "second_signer_name"]


class SignerSelect(forms.Select):
    """A choice of signers that carries each one's printed lines, for the script that fills them in."""

    def create_option(self, name, value, *args, **kwargs):
        """Each option with the lines and the name that it prints."""
        option = super().create_option(name, value, *args, **kwargs)
        term = getattr(value, "instance", None)
        if term:
            option["attrs"] |= {"data-lines": "\n".join(term.lines), "data-name": term.official.name}
        return option


class DocumentForm(DressedForm, forms.ModelForm):
    """One draft: its facts by field, its words as text. The same rules judge it as a source file."""

    date = PartialDateField(label="Ngày văn bản", required=False, help_text="25/02/2020, hoặc 02/2020, hoặc để trống.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    addressees = AddresseesField(label="Gửi đến", required=False)
    remember = forms.BooleanField(
        label="Các văn bản sau của tôi cũng ghi phòng, nơi lưu, người ký, người đề nghị, chân trang như văn bản này",
        required=False,
    )

    printed = frozenset(TYPED) - {"symbol"}

    class Meta:
        model = Document
        fields = TYPED
        widgets = {
            "issuer": rows(2),
            "superior": rows(1),
            "subject": rows(2),
            "bases": rows(4),
            "to": rows(3),
            "recipients": rows(5),
            "capacity": rows(2),
            "second_capacity": rows(1),
            "body": WritingArea({"rows": 24}),
            "signer": SignerSelect(attrs={"data-signer": ""}),
        }
        field_classes = {"body": WritingField}
        labels = {"archive": "Lưu", "signer_reason": "Lý do chọn người ký ngoài nhiệm kỳ"}
        help_texts = {
            "body": "Đánh số gõ thế nào in thế ấy. Dấu «./.» cuối văn bản được tự thêm.",
            "subject": "Không ghi «V/v», «Về việc»: chương trình tự thêm theo loại văn bản.",
            "bases": "Mỗi căn cứ một dòng, không ghi dấu chấm phẩy ở cuối.",
            "to": "Mỗi nơi một dòng, in đúng như ghi. Các nơi chọn ở ô trên được ghi thêm vào đây khi lưu.",
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
        self.fields["type"].queryset = DocumentType.objects.written_here()
        self.fields["issuer_unit"].queryset = self._issuers()
        self.fields["issuer_unit"].required = False
        self.fields["signer"].label_from_instance = signer_label
        self.fields["signer"].empty_label = "– Chọn người ký –"
        self.fields["body"].strip = False
        self.fields["subject"].max_length = 500
        self.fields["urgency"].choices = [("", "Không"), *Document.Urgency.choices]
        self.fields["circulation"].choices = [("", "Không hạn chế"), *Document.Circulation.choices]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        self.fields["date"].initial = self.instance.date_text
        self.stored = list(self.instance.addressees.all()) if self.instance.pk else []
        # As of the paper's own day: a letter of 2020 goes to the units of 2020.
        keys = [key for duty in self.instance.duties.all() for key in duty.keys] if self.instance.pk else []
        day = self.instance.date.for_rules(timezone.localdate())
        self.fields["addressees"].offer(user, day, self.stored, keys)
        self.fields["addressees"].initial = [row.key for row in self.stored]
        self._name_the_box(self.instance.type.is_addressed)
        if not self.instance.pk:
            self.fields["subject"].widget.attrs["autofocus"] = True
        for name, words in SAYS.items():
            self.fields[name].widget.attrs["data-say"] = words

    def _name_the_box(self, is_addressed):
        """Call the box of addressees as the paper does, and say where what is typed there, and is no unit, is printed."""
        box, place = self.fields["addressees"], "to" if is_addressed else "recipients"
        box.label = "Kính gửi" if is_addressed else "Gửi đến"
        box.widget.attrs["data-free"] = place
        where = "" if is_addressed else "In ở Nơi nhận. "
        box.help_text = f"{where}Nơi không có trong danh sách: gõ tên rồi bấm Enter."

    def _issuers(self):
        """The bodies that this person drafts for, and the one already chosen."""
        own = issuers_for(self.user).values("pk")
        return Unit.objects.filter(Q(pk__in=own) | Q(pk=self.instance.issuer_unit_id))

    def _signers(self):
        """Those who sign for the issuing body, and the one already chosen."""
        bodies = [self.instance.issuer_unit_id, self.data.get("issuer_unit") or None]
        bodies = [int(key) for key in bodies if str(key).isdecimal()]
        terms = Term.objects.select_related("official", "unit")
        return terms.filter(unit__in=bodies) | terms.filter(pk=self.instance.signer_id)

    def clean(self):
        """Set the row's facts, then judge the whole paper as a source file would be judged."""
        cleaned = super().clean()
        signer = cleaned.get("signer")
        if signer and not cleaned.get("capacity"):
            cleaned["capacity"] = "\n".join(signer.lines)
        if signer and not cleaned.get("signer_name"):
            cleaned["signer_name"] = signer.official.name
        self._follow_choices(cleaned)
        self._name_addressees(cleaned)
        known = cleaned.get("date") or PartialDate()
        self.instance.year, self.instance.month, self.instance.day = known.year, known.month, known.day
        self._judge_signer(cleaned, known)
        for name in ("subject", "body"):
            if found := secret_mark(cleaned.get(name, ""), whole_line=name == "body"):
                self.add_error(name, MARKED.format(found))
        return cleaned

    def _follow_choices(self, cleaned):
        """Another type, body or day has another head, signer, bases, unless the writer wrote something else there."""
        issuer = cleaned.get("issuer_unit") or self.instance.issuer_unit
        cleaned["issuer_unit"] = issuer
        moved = {"type", "issuer_unit", "date"} & set(self.changed_data)
        if not (moved and issuer and self.instance.unit and self.instance.issuer_unit and cleaned.get("type")):
            return
        if "issuer_unit" in moved:
            self.instance.issuer_name = issuer.name
        day = (cleaned.get("date") or PartialDate()).for_rules(timezone.localdate())
        old_day = self.instance.date.for_rules(timezone.localdate())
        before = begin(by=self.user, type=self.instance.type, issuer=self.instance.issuer_unit, day=old_day)
        after = begin(by=self.user, type=cleaned["type"], issuer=issuer, day=day)
        for name in _following(moved, after):
            is_own = name not in ALWAYS and cleaned.get(name) != getattr(before, name)
            if name not in self.changed_data and not is_own and getattr(before, name) != getattr(after, name):
                cleaned[name] = getattr(after, name)

    def _name_addressees(self, cleaned):
        """Print the names of those newly chosen where a paper of this type names them; take out those no longer chosen."""
        labels = self.fields["addressees"].labels
        chosen = cleaned.get("addressees") or []
        stored = {row.key: row.label for row in self.stored}
        place = "to" if ("type" in cleaned and cleaned["type"].is_addressed) or cleaned.get("to") else "recipients"
        gone = {label for key, label in stored.items() if key not in chosen}
        for name in ("to", "recipients"):
            cleaned[name] = "\n".join(line for line in cleaned.get(name, "").split("\n") if line.strip() not in gone)
        printed = {line.strip() for name in ("to", "recipients") for line in cleaned[name].split("\n")}
        new = [labels[key] for key in chosen if key not in stored and labels[key] not in printed]
        # A text that a paper was begun from leaves a gap for those names: ``[Tên các đơn vị nhận]``.
        kept = [line for line in cleaned[place].strip("\n").split("\n") if not (new and _GAP.fullmatch(line.strip()))]
        cleaned[place] = "\n".join(filter(None, [*kept, *new]))
        if "type" in cleaned and cleaned["type"].is_addressed and cleaned["to"] and not cleaned["recipients"].strip():
            cleaned["recipients"] = AS_ABOVE

    def addressee_rows(self) -> list[Addressee]:
        """The chosen groups and units, not yet stored."""
        labels, stored = self.fields["addressees"].labels, {row.key: row.label for row in self.stored}
        return [
            Addressee(key=key, label=stored.get(key) or labels[key]) for key in self.cleaned_data.get("addressees", [])
        ]

    def _judge_signer(self, cleaned, known):
        """A signer outside the term on the document's date is a warning that a reason overrules."""
        signer, issuer = cleaned.get("signer"), cleaned.get("issuer_unit")
        if signer and issuer and signer.unit_id != issuer.pk and {"signer", "issuer_unit"} & set(self.changed_data):
            self.add_error("signer", f"{signer} không ký văn bản của {issuer}. Hãy chọn người ký của cơ quan này.")
            return
        if not signer or not known.year or cleaned.get("signer_reason"):
            return
        first = date(known.year, known.month, known.day or 1)
        last = date(known.year, known.month, known.day or calendar.monthrange(known.year, known.month)[1])
        if not (signer.in_force(first) or signer.in_force(last)):
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
        told = {"name": name, "label": label, "line": line, "message": message, "missing": missing}
        return told | {"is_of_part": bool(_OF_PART.match(name or ""))}

    def add_faults(self, faults):
        """Show the faults of a paper beside the fields that they are about, but for fields whose own fault was told."""
        told = {*self.errors} - {NON_FIELD_ERRORS}
        for fault in map(self.tell, faults):
            if fault["name"] in told:
                continue
            where = f"Dòng {fault['line']}: " if fault["line"] else ""
            message = where + fault["message"]
            self.add_error(fault["name"] if fault["name"] in self.fields else None, message[:1].upper() + message[1:])


def _following(moved, after) -> list[str]:
    """The fields that follow what was ``moved``: by the day the bases alone, and no signer where the body has none."""
    if moved == {"date"}:
        return ["bases"]
    return [name for name in BEGUN if after.signer or name not in ("signer", "capacity", "signer_name")]


def known_text(known) -> str:
    """A partial date in words: ``ngày 25/02/2020``, ``tháng 02/2020``."""
    return (
        f"ngày {known.day:02d}/{known.month:02d}/{known.year}" if known.day else f"tháng {known.month:02d}/{known.year}"
    )


def signer_label(term) -> str:
    """Who signs, as a list of signers tells it: name, what is printed above it, and of a term that ended, when."""
    until = f", {term.since:%m/%Y}–{term.until:%m/%Y}" if term.since and term.until else ""
    return f"{term.official.name} – {' / '.join(term.lines)}{until}"

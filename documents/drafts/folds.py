"""How the page of a draft shows its fields: what every paper asks for stands open, what is right by itself is folded away.

A usual letter asks for its subject, whom it goes to, its words. Everything else is told in a line each, which opens by one
click, and is open where something in it is wrong or could not be known.
"""

import re
from dataclasses import dataclass

from ..papers.models import DocumentType

Form = DocumentType.Form
SIGNATURE = [
    "signer", "signer_reason", "capacity", "signer_name", "second_capacity", "second_signer_name", "contact",
]  # fmt: skip
HEAD = ["type", "date", "issuer_unit", "symbol", "place", "superior", "issuer", "urgency", "circulation"]
BASES = ["authority_line", "bases"]
# What the line of a fold says: {field: the words before it}. The page's script reads it off the fields.
SAYS = {
    "symbol": "Số …/", "place": "", "date": "", "urgency": "", "circulation": "", "to": "", "authority_line": "",
    "bases": "", "recipients": "", "archive": "Lưu: ", "signer_name": "", "capacity": "", "contact": "",
}  # fmt: skip


@dataclass(frozen=True)
class Fold:
    """One part of the page: its anchor, its name, the bound fields in it, what they say in a line, and whether it is open."""

    key: str
    label: str
    fields: list
    said: str
    nothing: str
    is_open: bool


def laid_out(form) -> dict:
    """The fields of a draft by their places on its page: ``above``, ``open``, ``below`` the words; each field once."""
    type_ = form.instance.type
    is_decision = type_.form == Form.DECISION
    head = HEAD if is_decision else [*HEAD, *BASES]
    receivers = ["recipients", "archive"] if type_.is_addressed else ["recipients", "archive", "to"]
    first = [_fold(form, "dau-van-ban", "Đầu văn bản", head)]
    middle = [_fold(form, "can-cu", "Căn cứ", BASES, nothing="chưa có căn cứ")] if is_decision else []
    if type_.is_addressed:
        middle.append(_fold(form, "kinh-gui", "In trên văn bản", ["to"], nothing="tên các nơi chọn ở trên"))
    last = [
        _fold(form, "noi-nhan", "Nơi nhận, lưu", receivers, nothing="tên các nơi chọn ở trên"),
        _fold(form, "nguoi-ky", "Người ký", SIGNATURE, nothing="chưa có người ký", wanted="signer_name"),
    ]
    return {"above": first, "asked": [form["subject"], form["addressees"]], "between": middle, "below": last}


def _fold(form, key, label, names, nothing="", wanted=""):
    """The fold of the fields ``names``; open where one has an error, or ``wanted`` is empty."""
    fields = [form[name] for name in names]
    is_open = any(field.errors for field in fields) or bool(wanted and not form[wanted].value())
    return Fold(key, label, fields, said_in(form, names), nothing, is_open)


def said_in(form, names) -> str:
    """What the fields ``names`` hold, in a line."""
    found = [(SAYS[name], _line(form[name].value())) for name in SAYS if name in names]
    return " · ".join(f"{before}{words}" for before, words in found if words)


def _line(value) -> str:
    return re.sub(r"\s*\n\s*", "; ", str(value or "").strip())

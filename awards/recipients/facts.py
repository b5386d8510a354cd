"""What is kept of a person, a collective, a household: which facts, what each is called, and how it is told."""

from documents.steps.log import words_of

from ..catalogue.models import Whom
from ..eligibility.facts import GROUP_WORDS
from .models import Recipient

# What is asked of each kind, and no more.
_LIFE = ["began_on", "began_year", "ended_on", "known_from", "note"]
FACTS = {
    Whom.PERSON: [
        "name", "gender", "ethnicity", "unit", "post", "position_class", "staff_code", "address", *_LIFE,
    ],
    Whom.COLLECTIVE: ["name", "unit", "is_unit", "body_class", "may_receive_flags", *_LIFE],
    Whom.HOUSEHOLD: ["name", "head", "members", "address", "unit", "known_from", "note"],
}  # fmt: skip
LABELS = {
    Whom.PERSON: {
        "name": "Họ và tên", "began_on": "Ngày sinh", "began_year": "Năm sinh", "ended_on": "Ngày mất", "address": "Nơi ở",
    },
    Whom.COLLECTIVE: {
        "name": "Tên tập thể", "began_on": "Ngày thành lập", "began_year": "Năm thành lập", "ended_on": "Ngày giải thể",
        "is_unit": "Là chính đơn vị", "may_receive_flags": "Được tặng cờ",
    },
    Whom.HOUSEHOLD: {"name": "Tên hộ", "unit": "Xã, phường"},
}  # fmt: skip
_FLAGS = {True: "Có", False: "Không"}


def groups_of(row: Recipient) -> list[str]:
    """The groups that it belongs to, in words."""
    return [GROUP_WORDS.get(slug, slug) for slug in row.groups.split(",") if slug]


def facts_in_words(row: Recipient) -> dict[str, str]:
    """Everything that is kept of it apart from the identity number, {what a person calls it: words}."""
    labels, found = LABELS[row.kind], {}
    for name in FACTS[row.kind]:
        [(label, words)] = words_of(row, [name]).items()
        value = getattr(row, name)
        found[labels.get(name, label)] = _FLAGS[value] if value is True or value is False else words
    return found | {"Thuộc nhóm": ", ".join(groups_of(row))}

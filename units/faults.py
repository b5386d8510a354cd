"""What is wrong in the forms of a page, for the list at its top; each fault stands beside its field as well."""

from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet


@dataclass(frozen=True)
class Fault:
    """One thing to put right: ``words``; where it is about a field, its ``label`` and the ``field``'s id in the page."""

    words: str
    label: str = ""
    field: str = ""


def faults_of(values) -> list[Fault]:
    """The faults of the forms and sets of forms among ``values``, in lists and pairs of them too; each form once."""
    seen: dict[int, BaseForm | BaseFormSet] = {}
    for value in values:
        _gather(value, seen)
    return [fault for form in seen.values() for fault in _faults(form)]


def _gather(value, seen):
    """Note ``value`` in ``seen`` by its identity, if it was filled in; rows of a list are looked at, those of a query are not."""
    if isinstance(value, BaseForm | BaseFormSet):
        if value.is_bound:
            seen[id(value)] = value
    elif isinstance(value, list | tuple):
        for part in value:
            _gather(part, seen)


def _faults(form):
    """What is wrong in one form, or in a set of them, in the order of its fields."""
    if isinstance(form, BaseFormSet):
        yield from (Fault(words) for words in form.non_form_errors())
        for row in form.forms:
            yield from _faults(row)
        return
    yield from (Fault(words) for words in form.non_field_errors())
    for bound in form:
        for words in bound.errors:
            yield Fault(words) if bound.is_hidden else Fault(words, str(bound.label), _id_of(bound))


def _id_of(bound) -> str:
    """The id of what a person fills in first: of a group of choices, its first choice."""
    return bound.id_for_label or f"{bound.auto_id}_0"

"""Everything that can be typed into a draft, as one."""

from ..papers.models import DocumentType
from .forms import DocumentForm
from .part_forms import AppendixForm, AppendixFormSet, DutyForm, DutyFormSet

# The parts of a draft, and the form of each.
PARTS = {"appendices": AppendixForm, "duties": DutyForm}


class Sheet:
    """The form of a draft, its appendices, its duties; ``data``: what was typed, None where nothing was."""

    def __init__(self, user, document, data=None):
        self.form = DocumentForm(data, instance=document, user=user)
        # What was typed is judged by itself: beside rows that somebody else stored since, it would look unchanged.
        rows = {name: None if data else _rows(document, name, form) for name, form in PARTS.items()}
        self.appendices = AppendixFormSet(
            data,
            initial=rows["appendices"],
            prefix="phu-luc",
            form_kwargs={"issued": DocumentType.objects.issued_with()},
        )
        known = {"paper": document, "offered": self.form.fields["addressees"].labels}
        self.duties = DutyFormSet(data, initial=rows["duties"], prefix="nhiem-vu", form_kwargs=known)

    @property
    def sets(self):
        """The parts, each a set of forms."""
        return self.appendices, self.duties

    def is_valid(self):
        """Whether everything that was typed can be stored; every part is looked at."""
        return all([self.form.is_valid(), *[part.is_valid() for part in self.sets]])

    def has_errors(self):
        """Whether something typed was refused."""
        return bool(self.form.errors or any(part.total_error_count() for part in self.sets))

    def add_faults(self, faults):
        """Show the faults of the paper beside the fields that they are about: those of an appendix on its tab."""
        behind, own = self.appendices.kept(), []
        for fault in faults:
            owner, number, part = [*(fault.field or "").split("."), "", ""][:3]
            if owner == "appendices" and number.isdecimal() and int(number) < len(behind):
                behind[int(number)].add_fault(part, fault)
            else:
                own.append(fault)
        self.form.add_faults(own)

    def own_faults(self):
        """What the forms themselves refuse, as faults of the paper."""
        parts = [part for part in self.sets if not part.is_valid()]
        return [*self.form.own_faults(), *(fault for part in parts for fault in part.own_faults())]


def _rows(document, name, form):
    """The stored parts of a draft, as a set of forms begins with them."""
    stored = getattr(document, name).all() if document.pk else []
    # What points to another row is begun with by its key, which is there already.
    names = [(field, f"{field}_id" if hasattr(form.Meta.model, f"{field}_id") else field) for field in form.Meta.fields]
    return [{field: getattr(row, name) for field, name in names} for row in stored]

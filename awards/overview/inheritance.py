"""What units that went into another were given: whether it counts for the new one is the officer's decision, with its reason."""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.log import record
from documents.steps.refusing import Refused, refuse_stale
from units.forms import DressedForm, rows
from units.permissions import may_manage

from ..log import About
from ..recipients.models import Inheritance, Recipient
from ..records.facts import predecessors_of

COUNTS = {True: "Được tính", False: "Không tính", None: "Chưa quyết định"}


class InheritanceForm(DressedForm, forms.Form):
    """Of which former unit, whether it counts, and why."""

    predecessor = forms.ModelChoiceField(label="Tập thể trước khi sáp nhập", queryset=Recipient.objects.none())
    counts = forms.TypedChoiceField(
        label="Thành tích của tập thể đó",
        choices=[("yes", "Được tính cho tập thể này"), ("no", "Không tính")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Lý do, căn cứ", max_length=1000, widget=rows(3))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, recipient):
        super().__init__(data, initial={"version": recipient.version})
        former = [row.pk for row, _ in former_of(recipient)]
        self.fields["predecessor"].queryset = Recipient.objects.filter(pk__in=former)


def former_of(recipient, predecessors=None) -> list[tuple[Recipient, Inheritance | None]]:
    """(record of a unit that went wholly into this one's, what was decided of it), as they ended; see ``facts_of``."""
    rows = predecessors_of({recipient.pk: recipient}) if predecessors is None else predecessors
    keys = [former for _, former, _ in rows]
    if not keys:
        return []
    decided = {row.predecessor_id: row for row in recipient.inheritances.select_related("by")}
    found = Recipient.objects.filter(pk__in=keys).select_related("unit").order_by("-unit__ended", "sort_text")
    return [(row, decided.get(row.pk)) for row in found]


@transaction.atomic
def decide(recipient, *, by, predecessor, counts, reason, seen_version):
    """Decide whether what ``predecessor`` was given counts; decided anew, the latest holds and the log keeps the former.

    Raises ``Refused`` for whoever does not decide it or for a unit that did not go into this one, ``Stale`` for an old page.
    """
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if not may_manage(by):
        raise Refused("Việc này do chuyên viên, lãnh đạo Sở Nội vụ làm.")
    refuse_stale(About.RECIPIENT, found, seen_version)
    known = {row.pk: old for row, old in former_of(found)}
    if predecessor.pk not in known:
        raise Refused(f"«{predecessor}» không nhập vào «{found}».", "predecessor")
    old = known[predecessor.pk]
    facts = {"counts": counts, "reason": reason.strip(), "by": by, "on": timezone.localdate()}
    Inheritance.objects.update_or_create(recipient=found, predecessor=predecessor, defaults=facts)
    found.version += 1
    found.save()
    words = f"Thành tích của {predecessor}"
    before, after = {words: COUNTS[old.counts if old else None]}, {words: COUNTS[counts]}
    record(
        About.RECIPIENT, found, "Quyết định tính thành tích của đơn vị trước", by=by, before=before, after=after,
        reason=reason, what="inherit", of=predecessor.pk,
    )  # fmt: skip

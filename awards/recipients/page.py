"""What a page shows of a recipient itself: facts, second records, who looked at the number, history; for any page about one."""

from documents.models import history_of
from documents.steps.pages import offers
from units.permissions import may_manage, may_oversee

from ..catalogue.models import Whom
from ..log import About
from . import identities
from .actions import STEPS
from .facts import facts_in_words
from .matching import Reason
from .merging import histories, merges_of
from .models import Double, Identity, Recipient


def facts_of(recipient: Recipient, user, refused=None) -> dict:
    """What ``_facts.html`` needs; ``refused``: the form of a step as it was typed. The same few questions whatever there is.

    History and second records are shown to the department, who looked at the number to who may look.
    """
    manages, oversees = may_manage(user), may_oversee(user)
    is_person = recipient.kind == Whom.PERSON
    identity = Identity.objects.filter(recipient=recipient).first() if is_person else None
    return {
        "recipient": recipient,
        "facts": [(label, words) for label, words in facts_in_words(recipient).items() if words],
        "is_person": is_person,
        "postings": recipient.postings.select_related("unit") if is_person else (),
        "has_identity": identity is not None,
        "masked": identity.masked if identity and manages else "",
        "looks": identities.looks(recipient)[:20] if is_person and manages else (),
        "second": recipient.merged.select_related("unit") if oversees else (),
        "merges": merges_of(recipient) if oversees else (),
        "manages": manages,
        "steps": offers(STEPS, recipient, user, refused),
        "changes": history_of(About.RECIPIENT, recipient.pk)[:50] if oversees else (),
    }


def compared(first: Recipient, second: Recipient) -> dict:
    """What ``_compare.html`` needs of two records: facts side by side, what each was given, what both were given."""
    mine, other = facts_in_words(first), facts_in_words(second)
    (given, clash), (other_given, _) = histories(first, second)
    return {
        "pair": (first, second),
        "compared": [
            (label, mine.get(label, ""), other.get(label, ""), mine.get(label, "") != other.get(label, ""))
            for label in dict.fromkeys([*mine, *other])
            if mine.get(label) or other.get(label)
        ],
        "histories": [(first, given), (second, other_given)],
        "clash": clash,
        "clashing": [entry for entry in given if entry.once in clash],
    }


def reasons_of(pair: Double) -> list[str]:
    """Why two are a pair, in words."""
    return [Reason(slug).label for slug in pair.reasons]

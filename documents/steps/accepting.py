"""What a form, or a page that has none, shows when something is refused."""

from django.contrib import messages
from django.template.loader import render_to_string

from .refusing import Refused, Stale


def accepted(form, act) -> bool:
    """Whether ``act()`` was done; a refusal stands beside the field that it is about, and everything typed stays.

    Where somebody else was faster, the form shows what that person changed.
    """
    try:
        act()
    except Stale as stale:
        form.overtaken(told(stale), stale.version)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return not form.errors


def attempted(request, act):
    """What ``act()`` gives; None where it was refused, which the page that follows tells at its top."""
    try:
        return act()
    except Refused as refused:
        messages.error(request, str(refused))
        return None


def told(stale: Stale) -> str:
    """That somebody else saved first, what was changed, and what to do; HTML."""
    return render_to_string("_parts/stale.html", {"stale": stale})

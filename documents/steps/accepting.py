"""What a form, or a page that has none, shows when something is refused."""

from django.contrib import messages
from django.template.loader import render_to_string

from .refusing import Refused, Stale


def accepted(form, act, *others) -> bool:
    """Whether ``act()`` was done; a refusal stands beside the field that it is about, and everything typed stays.

    Where somebody else was faster, the form shows what that person changed. ``others``: forms that were sent with it.
    """
    try:
        act()
    except Stale as stale:
        form.overtaken(told(stale), stale.version)
    except Refused as refused:
        asked = next((one for one in (form, *others) if refused.field in one.fields), None)
        (asked or form).add_error(refused.field if asked else None, str(refused))
    return not any(one.errors for one in (form, *others))


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

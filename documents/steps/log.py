"""The one log of the program: who took which step with what, when, from what to what, and why."""

from .models import Change, differences, history_of


def record(about: str, row, act: str, *, by, before=None, after=None, reason="", what="", of=None, day=None):
    """Leave the row that tells of ``act``. ``before`` and ``after`` are {what a person calls it: words}.

    ``what`` names the step for the program, ``of`` the part of ``row`` that it was taken with, ``day`` the day that it was
    about: decisions hang on these, never on words.
    """
    told = noted(about, row, act, by=by, before=before, after=after, reason=reason, what=what, of=of, day=day)
    told.save()
    return told


def noted(about: str, row, act: str, *, by, before=None, after=None, reason="", what="", of=None, day=None):
    """As ``record``, not stored: for many rows, which are stored together."""
    facts = {"changes": differences(before or {}, after or {}), "reason": reason.strip()}
    facts |= {"what": what, "of": of, "day": day, "version": getattr(row, "version", None)}
    return Change(about=about, key=row.pk, act=act, by=by, **facts)


def forget(about: str, key: int) -> None:
    """Empty what the log tells of one thing, for a person who asked that what is kept of them be erased.

    Who did which step when stays; what was written, before and after, and the reasons go. Nothing else changes rows of the
    log: whoever calls this records the erasure after it.
    """
    history_of(about, key).select_related(None).update(changes={}, reason="")


def words_of(row, names) -> dict:
    """The fields ``names`` of ``row`` as a person reads them, by what the forms call them."""
    return {_label(row, name): _words(row, name) for name in names}


def _label(row, name):
    label = str(row._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _words(row, name):
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") and hasattr(value, "year") else str(value)

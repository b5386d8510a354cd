"""The one refusal of the program, and the one of a version that is old."""

from contextlib import contextmanager
from copy import copy

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from .models import Change, history_of


class Refused(Exception):
    """Something that cannot be done; says why, and what to do. ``field`` is the one of the form that it is about.

    Raised while a paper is issued it keeps the paper from being issued, and the clerk reads it.
    """

    def __init__(self, message, field=None):
        self.field = field
        super().__init__(message)


class Stale(Refused):
    """Somebody else saved it in the meantime: ``latest`` tells what, None where no log does; ``version`` stands now.

    ``step`` names what was about to be done, where that keeps nothing that was typed: ``xóa``.
    """

    def __init__(self, latest: Change | None, version: int, step: str = ""):
        self.latest, self.version, self.step = latest, version, step
        super().__init__(f"{newer_words(latest)}.")


# How names go on where there are more, by what stands between them: sentences end, other words do not.
_GOES_ON = {"; ": "; và {} {} khác", ", ": " và {} {} khác", " ": " Và {} {} khác."}


def first_of(told, others: str, *, between="; ", most=5, number=None) -> str:
    """The first of what is ``told``, each as words, and how many ``others`` there are: ``A; B; và 12 dòng khác``.

    ``between``: ``"; "``, ``", "``, or ``" "`` for sentences. ``number``: of how many they are, where ``told`` has not all.
    """
    told = list(told)
    left = (len(told) if number is None else number) - min(most, len(told))
    more = _GOES_ON[between].format(left, others) if left > 0 else ""
    return between.join(map(str, told[:most])) + more


def newer_words(latest: Change | None) -> str:
    """That there is a newer version, and who saved it when, as far as that is known."""
    if not latest:
        return "Bản bạn đang xem không phải bản mới nhất"
    return f"{latest.by} đã lưu một bản mới hơn lúc {timezone.localtime(latest.at):%H:%M %d/%m/%Y}"


def refuse_stale(about: str, row, seen: int | None, *, log=None, step: str = "") -> None:
    """Raise ``Stale`` where ``row`` is not the version that the person had on screen; None where nothing was on screen.

    ``log``: the changes that tell of ``row``, where they stand under the key of something else. ``step``: see ``Stale``.
    """
    if seen is not None and seen != row.version:
        raise Stale((history_of(about, row.pk) if log is None else log).first(), row.version, step)


@contextmanager
def unless_taken(words: str, field=None):
    """Store what there can be one of: raises ``Refused`` with ``words`` where somebody else stored it at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(words, field) from None


def delete(row, words: str) -> None:
    """Take ``row`` out; raises ``Refused``, beginning with ``words``, where something that is kept still names it.

    The object in hand keeps its key, by which the log tells of it.
    """
    try:
        copy(row).delete()
    except ProtectedError as error:
        kinds = {str(other._meta.verbose_name) for other in error.protected_objects}
        raise Refused(f"{words} đang được dùng ở: {', '.join(sorted(kinds))}. Hãy gỡ ở đó trước.") from None

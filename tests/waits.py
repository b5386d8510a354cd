"""What the first page tells a person, for the tests of every area."""

from dataclasses import replace

from django.utils import timezone

from documents.areas import waiting
from units.models import User


def waits_for(user) -> dict[str, waiting.Group]:
    """{title: the group} of all that waits for ``user`` as another request finds it, what has waited for long included."""
    fresh, today = User.objects.select_related("unit").get(pk=user.pk), timezone.localdate()
    new, old = waiting.groups(fresh, today, waiting.counts(fresh, today))
    found = {}
    for group in [*new, *old]:
        first = found.get(group.title)
        count, rows = (first.count, first.rows) if first else (0, [])
        found[group.title] = replace(group, count=count + group.count, rows=[*rows, *group.rows])
    return found


def words_for(user) -> dict[str, list[str]]:
    """{title: words of the rows} of all that waits for ``user``."""
    return {title: [row.words for row in group.rows] for title, group in waits_for(user).items()}

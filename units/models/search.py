"""Rows that are found by words."""

from django.db import models

from units.text import searched


class Searched(models.QuerySet):
    """Rows that keep the words they are found by in ``search_text``, as ``units.text.searchable`` makes it."""

    def matching(self, words: str):
        """Rows that hold every one of ``words`` at the beginning of one of theirs, accents, capitals and marks aside.

        None for marks that say nothing; all for nothing.
        """
        found = self if searched(words) or not words.strip() else self.none()
        for word in searched(words):
            found = found.filter(search_text__contains=word)
        return found

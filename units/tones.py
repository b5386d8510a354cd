"""Choices that a page shows in a colour: a member carries its tone, between its value and its label.

The tag ``state`` of ``units.templatetags.desk`` shows one; ``static/css/tokens.css`` holds the colours.
"""

from django.db import models


class Toned(models.TextChoices):
    """Choices in the desk's own tones: ``late``, ``wait``, ``open``, ``done``, ``done_late``, ``not_asked``.

    ``RETURNED = "returned", "late", "Bị trả lại"``; without a tone the value is one.
    """

    def __new__(cls, value, tone=""):
        """The member ``value``; Django has kept the label."""
        member = str.__new__(cls, value)
        member._value_, member.tone = value, tone or value
        return member

    @property
    def look(self) -> str:
        """The classes of what shows it."""
        return f"standing standing-{self.tone}"


class Badged(Toned):
    """Choices that are shown as a badge, in one of its colours: ``DRAFT = "draft", "azure", "Dự thảo"``."""

    @property
    def look(self) -> str:
        """The classes of the badge."""
        return f"badge bg-{self.tone}-lt"

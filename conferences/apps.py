"""Conferences that honour advanced models, congresses, review conferences: planned, held, told of."""

from django.apps import AppConfig

from units.rooms import open_rooms


class ConferencesConfig(AppConfig):
    """Plans, the conference of each unit, its delegates, the door, what was reduced or stopped, those honoured."""

    name = "conferences"
    verbose_name = "Hội nghị, đại hội"

    def ready(self):
        """Let what each room registers be known."""
        open_rooms(self.name)

"""Awards: who has what, and who may have what, by which law, on which day."""

from django.apps import AppConfig

from units.rooms import open_rooms


class AwardsConfig(AppConfig):
    """The catalogue by law and date, recipients, what they were given, and whether they may be given more."""

    name = "awards"
    verbose_name = "Khen thưởng"

    def ready(self):
        """Let what each room registers be known."""
        open_rooms(self.name)

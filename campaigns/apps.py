"""Campaigns of emulation: launched by the province, taken up by units, reviewed, adjusted."""

from django.apps import AppConfig

from units.rooms import open_rooms


class CampaignsConfig(AppConfig):
    """Campaigns, who joined them and with what results, and the good examples met on the way."""

    name = "campaigns"
    verbose_name = "Phong trào thi đua"

    def ready(self):
        """Let what each room registers be known."""
        open_rooms(self.name)

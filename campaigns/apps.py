"""Campaigns of emulation: launched by the province, taken up by units, reviewed, adjusted."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns, who joined them and with what results, and the good examples met on the way."""

    name = "campaigns"
    verbose_name = "Phong trào thi đua"

    def ready(self):
        """Let campaigns hear of their papers, and pages of others tell of campaigns."""
        from . import adjusting_papers, files, finding, home, papers, review_papers, unit_page  # noqa: F401

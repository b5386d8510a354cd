"""Clusters and blocs: the units of the province divided for a year of emulation."""

from django.apps import AppConfig

from units.rooms import open_rooms


class ClustersConfig(AppConfig):
    """Divisions, leaders, activities, pacts, scores and ballots."""

    name = "clusters"
    verbose_name = "Cụm, khối thi đua"

    def ready(self):
        """Let what each room registers be known."""
        open_rooms(self.name)

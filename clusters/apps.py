"""Clusters and blocs: the units of the province divided for a year of emulation."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Divisions, leaders, activities, pacts, scores and ballots."""

    name = "clusters"
    verbose_name = "Cụm, khối thi đua"

    def ready(self):
        """Let papers be addressed to clusters, clusters hear of their papers, and files belong to what they do."""
        from . import (  # noqa: F401
            activity_papers,
            ballot_papers,
            files,
            finding,
            groups,
            home,
            milestones,
            pact_papers,
            papers,
            unit_page,
        )

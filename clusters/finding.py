"""How clusters are found by the one search."""

from units.finding import Found, Search
from units.text import searchable, searched

from .area import CLUSTERS
from .models import Cluster


def find_clusters(user, words: str, most: int) -> list[Found]:
    """Clusters that ``user`` may look into, by name and year, the latest year first. One question.

    A year has some forty clusters, so their names are read and compared here.
    """
    clusters = Cluster.objects.visible_to(user).order_by("-division__year", "position", "pk")
    rows = clusters.values_list("pk", "name", "division__year")
    wanted = searched(words)
    named = [row for row in rows if _holds(searchable(row[1], str(row[2])), wanted)]
    return [Found(name, Cluster(pk=key).get_absolute_url(), f"năm {year}") for key, name, year in named[:most]]


def _holds(text, wanted) -> bool:
    """Whether ``text`` has each of the words at the beginning of one of its own."""
    return all(word in text for word in wanted)


CLUSTERS.searches.append(Search("Cụm, khối thi đua", find_clusters))

"""What pages about a cluster or a year show of its duties, wherever they stand."""

from django import template

from units.permissions import may_oversee, sits_on_council

from ..year.progress import progress

register = template.Library()


@register.filter
def oversees(user) -> bool:
    """Whether ``user`` sees every cluster."""
    return may_oversee(user)


@register.inclusion_tag("clusters/year/_late.html")
def late_duties(cluster):
    """What the cluster should have done by now."""
    rows = [] if cluster.division.is_draft else progress(cluster.division, clusters=[cluster.pk])
    return {"cluster": cluster, "late": rows[0].late if rows else []}


@register.filter
def on_council(user) -> bool:
    """Whether the page is read by a member of the council, who looks into no cluster."""
    return sits_on_council(user)

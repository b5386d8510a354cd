"""Points in templates."""

from django import template

from clusters.points import points_text

register = template.Library()

register.filter("points", points_text)

"""Points in templates."""

from django import template

from units.figures import figure_text

register = template.Library()

register.filter("points", figure_text)

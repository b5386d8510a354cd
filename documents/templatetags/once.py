"""The tag that every form has anyway, with a second token in it: nobody can write a form that may be sent twice."""

import secrets

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from ..steps.once import FIELD

register = template.Library()


class FormTokensNode(CsrfTokenNode):
    """The token against forgery, and the one that is good once. A form that is only shown again gets another one."""

    def render(self, context):
        """Two hidden fields; browsers do not fill them in again when one goes back."""
        forgery = super().render(context)
        if not forgery:
            return forgery
        once = format_html(
            '<input type="hidden" name="{}" value="{}" autocomplete="off">', FIELD, secrets.token_urlsafe(18)
        )
        return forgery + once


@register.tag
def csrf_token(parser, token):
    """In the place of Django's own tag, in all templates: a builtin of the engine (config.settings)."""
    return FormTokensNode()

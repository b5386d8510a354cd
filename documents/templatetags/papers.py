"""How pages name papers: a builtin of the engine (config.settings)."""

from django import template
from django.utils.html import format_html

from units.permissions import may_write
from units.templatetags.desk import state
from units.templatetags.parts import link, link_button

register = template.Library()


@register.filter
def link_in(paper, open_to):
    """The name of ``paper``, as a link where it is among those ``open_to`` the reader."""
    return link(paper, paper.name) if paper.pk in open_to else paper.name


@register.simple_tag
def paper_link(paper):
    """A line of a list of papers: name, state, what it is about."""
    line = '<a class="list-group-item list-group-item-action" href="{}">{} {}<div class="muted">{}</div></a>'
    about = f"{paper.subject[:1].upper()}{paper.subject[1:]}"
    return format_html(line, paper.get_absolute_url(), paper.name, state(paper), about)


@register.simple_tag(takes_context=True)
def begin_from_text(context, kind, row):
    """The button that leads from a record to the texts whose gaps it fills, for those who write papers; below its facts."""
    if not may_write(context["user"]):
        return ""
    button = link_button("Soạn văn bản từ mẫu", "texts_for", kind, row.pk, icon="file-plus", look="sm")
    return format_html('<div class="mb-3">{}</div>', button)

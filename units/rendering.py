"""How forms become HTML: the widgets of which a page has dozens without their templates, everything else by its template.

A page of a draft has forty widgets, each of two or three nested templates: that was half of its time. The HTML is Django's own
to the letter, which a test holds for every widget here; a label has a star beside.
"""

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    """Django's renderer, with shortcuts."""

    def render(self, template_name, context, request=None):
        """The HTML of a widget, label or list of errors."""
        if template_name == _ERRORS and not context["errors"]:
            return SafeString("")
        shortcut = _SHORTCUTS.get(template_name)
        return shortcut(context) if shortcut else super().render(template_name, context, request)


def _text(value) -> str:
    """A value as ``{{ value|stringformat:'s' }}`` shows it."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attrs(attrs) -> str:
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {conditional_escape(name)}")
        elif value is not False:
            parts.append(f' {conditional_escape(name)}="{_text(value)}"')
    return "".join(parts)


def _input(context) -> SafeString:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    start = f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"'
    return SafeString(f"{start}{value}{_attrs(widget['attrs'])}>")


def _textarea(context) -> SafeString:
    widget = context["widget"]
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    return SafeString(
        f'<textarea name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>\n{text}</textarea>'
    )


def _select(context) -> SafeString:
    widget = context["widget"]
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{conditional_escape(group)}">'] if group else []
        parts += map(_option, options)
        parts += ["\n  </optgroup>"] if group else []
    return SafeString("".join([*parts, "\n</select>"]))


def _option(option) -> str:
    return f'\n  <option value="{_text(option["value"])}"{_attrs(option["attrs"])}>{_text(option["label"])}</option>\n'


# For the eye; the widget itself says ``required``.
_STAR = '\n<span class="required-mark" aria-hidden="true">*</span>'


def _label(context) -> SafeString:
    """The label, with a star where the desk's form must be filled in."""
    words, field = conditional_escape(context["label"]), context["field"]
    if not context["use_tag"]:
        return SafeString(words)
    star = _STAR if field.field.required and getattr(field.form, "marks_required", False) else ""
    tag = context["tag"]
    return SafeString(f"<{tag}{_attrs(context['attrs'] or {})}>{words}{star}</{tag}>")


_ERRORS = "django/forms/errors/list/default.html"
_WIDGETS = "django/forms/widgets/{}.html".format
_SHORTCUTS = {
    **{_WIDGETS(name): _input for name in ("text", "hidden", "number", "email", "date", "checkbox")},
    _WIDGETS("textarea"): _textarea,
    _WIDGETS("select"): _select,
    "django/forms/label.html": _label,
}

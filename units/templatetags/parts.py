"""The parts that pages are made of, each drawn in one place: links, days, buttons, cards, facts, tabs, heads of tables.

A part that every row of a list has is drawn here; what a page has a few times is a template of ``_parts``.
"""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote, urlencode

from django import template
from django.template.library import parse_bits
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime

from units.figures import figure_text
from units.tones import Toned

from .desk import change_query, sort_head, state
from .desk import icon as picture

register = template.Library()


def address_of(target, *args) -> str:
    """The address of a row, of a page by its name (``documents?state=draft``) and arguments, or the address that is given."""
    if hasattr(target, "get_absolute_url"):
        return target.get_absolute_url()
    if not target or target[0] in "/?#":
        return target
    name, mark, asked = target.partition("?")
    return reverse(name, args=args) + mark + asked


def _classes(first, more) -> str:
    """``btn`` and ``sm primary`` make ``btn btn-sm btn-primary``."""
    return " ".join([first, *(f"{first}-{word}" for word in more.split())])


def _attribute(name, value) -> str:
    return format_html(' {}="{}"', name, value) if value else SafeString("")


# Words, days, links


@register.filter(expects_localtime=True)
def day(moment) -> str:
    """A day as papers write it, ``25/02/2020``; nothing for none."""
    return f"{moment:%d/%m/%Y}" if moment else ""


@register.filter(expects_localtime=True)
def minute(moment) -> str:
    """A moment to the minute, ``09:30 25/02/2020``; nothing for none."""
    return f"{moment:%H:%M %d/%m/%Y}" if moment else ""


@register.filter
def dot(words, more):
    """Two facts in one line with a dot between; only the one that there is."""
    return format_html("{} · {}", words, more) if words and more else words or more


@register.filter
def after(fact, words):
    """A fact with ``words`` before it; nothing for none."""
    return format_html("{} {}", words, fact) if fact else ""


@register.filter
def link(row, words=None):
    """A link to the page of ``row``, under its own name or under ``words``; nothing where there is no row."""
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), words or row) if row else ""


@register.filter
def main_link(row, words=None):
    """As ``link``: the one by which a row of a list is opened."""
    return _opener(row.get_absolute_url(), words or row)


def _opener(address, words, more=""):
    frame = '<a class="list-main{}" href="{}">{}</a>' if address else '<span class="list-main{0}">{2}</span>'
    return format_html(frame, more, address, words)


@register.filter
def to(words, target):
    """``words`` as a link to a page, by its name or its address; nothing where there is no such page."""
    return format_html('<a href="{}">{}</a>', address_of(target), words) if target else ""


# The top of a page


class _Top(template.Node):
    """Blocks that one tag tells: a page that extends another one finds them in it."""

    child_nodelists = ("blocks",)

    def __init__(self, blocks):
        self.blocks = template.NodeList(blocks)

    def render(self, context):
        """Nothing: what is in the blocks stands where the page that is extended has them."""
        return ""


class _Words(template.Node):
    """What ``expressions`` say, one after the other."""

    def __init__(self, expressions):
        self.expressions = expressions

    def render(self, context):
        """The words, which can be none."""
        return _joined([expression.resolve(context) for expression in self.expressions])


def _joined(words) -> str:
    return format_html_join(" ", "{}", ((word,) for word in words if word not in ("", None)))


_TOP = ["heading", "up", "sub"]


@register.tag
def titled(parser, token):
    """The top of a page: ``{% titled "Sửa" milestone up=division|link sub=milestone.words %}``.

    The words are title and heading; ``heading`` where that differs, ``up`` stands above it, ``sub`` below. A page that has more
    there than words writes that block out, after this tag.
    """
    _, *bits = token.split_contents()
    words, named = parse_bits(parser, bits, [], "words", None, None, _TOP, dict.fromkeys(_TOP), False, "titled")
    parts = {"title": words, "heading": words} | {name: [expression] for name, expression in named.items()}
    blocks = [(name, _Words(expressions)) for name, expressions in parts.items()]
    for _, node in blocks:
        # Where a fault in it is told to stand.
        node.token, node.origin = token, parser.origin
    return _Top([BlockNode(name, template.NodeList([node])) for name, node in blocks])


# Buttons


@register.simple_tag
def link_button(words, target, *args, icon="", look="", **query):
    """A link that looks like a button; ``look``: ``primary``, ``sm ghost-danger``; ``query`` is what the address asks for."""
    asked = f"?{urlencode(query, quote_via=quote, safe='/')}" if query else ""
    button = '<a class="{}" href="{}{}">{}{}</a>'
    return format_html(button, _classes("btn", look), address_of(target, *args), asked, icon and picture(icon), words)


@register.inclusion_tag("_parts/post_button.html")
def post_button(words, target, *args, icon="", look="", place="", query="", **more):
    """A form that is nothing but its button; ``more``: ``version`` of the row, ``name`` and ``value`` that the button sends,
    ``label`` where it has no words.
    """
    address = f"{address_of(target, *args)}{query}"
    return {"words": words, "address": address, "icon": icon, "look": _classes("btn", look), "place": place, **more}


@register.inclusion_tag("_parts/post_form.html")
def post_form(form, words, target="", *args, icon="", look="", place="", id=""):
    """A form with all its fields and its one button, which is sent to the page it stands on, or to ``target``."""
    address, look = address_of(target, *args), _classes("btn", look)
    return {"form": form, "words": words, "address": address, "icon": icon, "look": look, "place": place, "id": id}


@register.simple_tag
def save_buttons(words, form, back="", icon="device-floppy"):
    """What saves the form of that id, and before it the way out, if ``back`` says where to."""
    button = '<button class="btn btn-primary" type="submit" form="{}">{}{}</button>'
    out = link_button("Thôi", back) if back else SafeString("")
    return out + format_html(button, form, icon and picture(icon), words)


@register.simple_tag(takes_context=True)
def excel(context):
    """The list of this page as a file."""
    return link_button("Xuất Excel", f"?{change_query(context, xuat='xlsx')}", icon="file-spreadsheet")


# Cards and what is in them


_HELD = {
    "body": '<div class="card-body{}">{}</div>',
    "list": '<div class="list-group list-group-flush{}">{}</div>',
    "rows": '<ul class="list-group list-group-flush{}">{}</ul>',
    "facts": '<div class="card-body{}"><dl class="row mb-0">{}</dl></div>',
    "table": "{1}",
}


@register.simple_block_tag
def card(content, *words, holds="body", inner="", side="", note="", look="mb-3", id="", name_id="", label=""):
    """A card under a heading, or without one. It ``holds`` a body, ``facts``, a ``list`` of links, ``rows`` or a ``table``;
    ``look`` and ``inner`` are further classes of the card and of that.

    ``side`` stands at the right of the heading, ``note`` too, smaller; the card is named by ``label`` or by its heading, which
    then has the id ``name_id``. With nothing in it there is no card.
    """
    if not content.strip():
        return ""
    head = _card_head(_joined(words), side or note, "card-actions" if side else "card-actions muted small", name_id)
    named = _attribute("id", id) + _attribute("aria-label", label) + _attribute("aria-labelledby", name_id)
    held = format_html(_HELD[holds], inner and f" {inner}", content)
    return format_html('<section class="card{}"{}>{}{}</section>', look and f" {look}", named, head, held)


def _card_head(words, side, look, name_id):
    if not words:
        return ""
    beside = format_html('<div class="{}">{}</div>', look, side) if side else ""
    head = '<div class="card-header"><h2 class="card-title"{}>{}</h2>{}</div>'
    return format_html(head, _attribute("id", name_id), words, beside)


@register.simple_block_tag
def alert(content, look, head="", role=""):
    """Something to know, under a bold ``head``. What only informs is a note; what warns is the state of things."""
    role = role or ("note" if look == "info" else "status")
    strong = format_html("<strong>{}</strong> ", head) if head else ""
    return format_html('<div class="alert alert-{}" role="{}">{}{}</div>', look, role, strong, content)


_FACT = '<dt class="col-5">{}</dt><dd class="col-7">{}</dd>'


@register.simple_tag
def list_link(target, words, note="", clip=True):
    """A line of a list of links, with a note below it; ``clip`` cuts words that are too long for a line."""
    below = format_html('<div class="muted small">{}</div>', note) if note else ""
    line = '<a class="list-group-item list-group-item-action" href="{}">{}{}</a>'
    return format_html(
        line, address_of(target), format_html('<div class="clip">{}</div>', words) if clip else words, below
    )


@register.simple_tag
def fact(label, value):
    """A line of a list of facts; none where there is no value."""
    return "" if value in ("", None) else format_html(_FACT, label, value)


@register.simple_block_tag
def long_fact(content, label):
    """A line of a list of facts whose value is more than words; none where nothing is in it."""
    return format_html(_FACT, label, content) if content.strip() else ""


@register.simple_tag
def count(label, number, of=None, unit="", late=False):
    """A figure in large type, of how many or of what; red where it is ``late``."""
    more = format_html('<span class="muted">/{}</span>', of) if of is not None else SafeString("")
    more += format_html(' <span class="muted">{}</span>', unit) if unit else SafeString("")
    frame = "<div{}><dt>{}</dt><dd>{}{}</dd></div>"
    return format_html(frame, _attribute("class", "counts-late" if late else ""), label, number, more)


@register.inclusion_tag("_parts/empty.html")
def nothing(icon, title, hint):
    """What stands where a list would be, and what to do about it."""
    return {"icon": icon, "title": title, "hint": hint}


@register.inclusion_tag("_parts/empty.html")
def nothing_found(what, hint="Hãy bỏ bớt điều kiện lọc."):
    """What stands where a list would be that the filter left nothing of."""
    return nothing("search", f"Không có {what} nào như vậy", hint)


# Tables, tabs, forms


@register.simple_tag(takes_context=True)
def heads(context, *columns, look=""):
    """Heads of columns. ``ten:Tên đơn vị`` sorts by ``ten``; an empty one is above the buttons of each row."""
    return format_html_join(
        "", "<th{}>{}</th>", ((_attribute("class", look), _head(context, each)) for each in columns)
    )


@register.simple_tag(takes_context=True)
def column_heads(context, columns):
    """Headings of the columns of a list (``units.columns``)."""
    named = ((column.th, f"{column.sort}:{column.head}" if column.sort else column.head) for column in columns)
    return format_html_join("", "<th{}>{}</th>", ((look, _head(context, name)) for look, name in named))


@register.filter
def td(column, row) -> str:
    """The attributes of the cell that ``column`` has in ``row``."""
    return column.td(row)


@register.simple_tag
def rows_in(columns, rows, look="one-line"):
    """The table of ``rows`` in the columns of a list, where that is not sorted."""
    columns = [column for column in columns if column.on_page]
    frame = '<table class="table card-table list-table {}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    heads = format_html_join("", "<th{}>{}</th>", ((column.th, column.head) for column in columns))
    cells = (((column.td(row), cell(column, row)) for column in columns) for row in rows)
    lines = format_html_join("", "<tr>{}</tr>", ((format_html_join("", "<td{}>{}</td>", line),) for line in cells))
    return format_html(frame, look, heads, lines)


@register.filter
def cell(column, row):
    """What ``column`` shows of ``row``."""
    value, note = template_localtime(column.seen(row)), column.noted(row)
    # A figure stands at the right; a number elsewhere is a year.
    words = figure_text(value) if isinstance(value, int | Decimal) and column.th else _shown(value)
    if column.main and words:
        words = _opener(column.address(row), words, " clip" if column.clip else "")
    return format_html('{}<div class="muted small">{}</div>', words, note) if note else words


def _shown(value):
    """A state in its colour, a moment, a day as papers write them; nothing for none."""
    if isinstance(value, Toned):
        return state(value)
    if isinstance(value, date):
        return minute(value) if isinstance(value, datetime) else day(value)
    return "" if value is None else value


@register.simple_block_tag(takes_context=True)
def table(context, content, *columns, look=""):
    """The table of a list under the ``heads`` of its columns; between the tags stand its rows."""
    frame = '<table class="table card-table list-table{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return format_html(frame, look and f" {look}", heads(context, *columns), content)


def _head(context, column):
    name, sorts, words = column.rpartition(":")
    return sort_head(context, name, words) if sorts else column or _OF_BUTTONS


_OF_BUTTONS = SafeString('<span class="visually-hidden">Việc làm được</span>')


@register.simple_tag(takes_context=True)
def tab(context, words, name, target, *args):
    """A tab of the bar above a page; the page names its own in ``tab``."""
    frame = '<li class="nav-item"><a class="nav-link{}" href="{}">{}</a></li>'
    return format_html(frame, " active" if context.get("tab") == name else "", address_of(target, *args), words)


@register.simple_tag
def fields(*found):
    """Fields with label, hint and faults: those that are named, and all that can be seen of a form."""
    return SafeString("".join(field.as_field_group() for each in found for field in _fields_of(each)))


def _fields_of(found):
    if hasattr(found, "as_field_group"):
        return [found]
    return found.visible_fields() if hasattr(found, "visible_fields") else found

"""What the desk's lists need in templates: numbers in Vietnamese, links that keep the filter."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from units.columns import state as standing_of
from units.faults import faults_of
from units.tones import Toned

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name, size="") -> str:
    """The picture ``name`` of the sprite; large where ``size`` is ``lg``. Made once: a page shows dozens of them."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " icon-lg" if size == "lg" else "",
        static("vendor/icons/sprite.svg"),
        name,
    )


@register.simple_tag
def state(of, more="") -> str:
    """How ``of`` stands, in its colour: a member of ``units.tones.Toned``, or a row with such a ``standing`` or ``State``.

    ``more`` stands behind its words.
    """
    found = of if isinstance(of, Toned) else standing_of(of)
    return format_html('<span class="{}">{}</span>', found.look, f"{found.label} {more}".strip())


@register.filter
def thousands(number) -> str:
    """``1234567`` as ``1.234.567``."""
    return f"{number:,}".replace(",", ".")


@register.filter
def weekday(day) -> str:
    """A day of the week as letters write it: ``Thứ Hai``."""
    return ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"][day.weekday()]


@register.filter
def short_weekday(day) -> str:
    """A day of the week as calendars shorten it: ``T2``, ``CN``."""
    return "CN" if day.weekday() == 6 else f"T{day.weekday() + 2}"


@register.filter
def page_numbers(paginator, number):
    """Numbers of the pages to offer, with gaps: 1 2 … 8 9 10 … 40."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def change_query(context, **changes) -> str:
    """The address's query with ``changes``; None takes a part away. Changing anything but the page starts at page 1."""
    query = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()


@register.inclusion_tag("_parts/faults.html", takes_context=True)
def faults(context, words=""):
    """What is wrong in any form that the page was given, with links to the fields; ``words``: what was therefore not done."""
    found, request = faults_of(context.flatten().values()), context["request"]
    words = words or ("Chưa lưu được." if request.method == "POST" else "Chưa tìm được.")
    return {"faults": found, "words": words, "files_lost": bool(request.FILES)}


@register.simple_tag(takes_context=True)
def sort_head(context, name, label):
    """A column's heading that sorts by ``name``: first up, then down."""
    current = context["request"].GET.get("sap", "")
    query = change_query(context, sap=f"-{name}" if current == name else name)
    arrow = {name: "arrow-up", f"-{name}": "arrow-down"}.get(current, "selector")
    return format_html('<a href="?{}">{} {}</a>', query, label, icon(arrow))


# Fields of a filter that stand on its one line on an office machine; the others fold behind a button.
ON_THE_LINE = 4


@register.simple_tag
def filter_fields(form) -> dict:
    """The fields of a filter: the ``first``, those ``near`` on the same line, those ``far`` behind a button.

    ``is_open`` where one behind the button is filled or at fault: nothing filters that cannot be seen.
    """
    first, *others = form.visible_fields() or [None]
    near, far = others[: ON_THE_LINE - 1], others[ON_THE_LINE - 1 :]
    if len(far) == 1:
        near, far = others, []
    return {"first": first, "near": near, "far": far, "is_open": any(field.errors or field.data for field in far)}

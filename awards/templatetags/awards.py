"""How pages show what the law says of a recipient: marks with icon and word, routes by their names, facts with their pages."""

from django import template
from django.utils.html import format_html

from units.templatetags.desk import icon

from ..catalogue.book import called
from ..catalogue.models import AwardType, Route
from ..eligibility.answers import EMULATION
from ..eligibility.rules import STANDS

register = template.Library()
register.filter("award_called", called)

_MARKS = {True: ("done", "circle-check"), False: ("late", "x"), None: ("wait", "alert-circle")}


@register.simple_tag
def stands(met, by_word=False) -> str:
    """Met, not met, not known, as icon and word; ``by_word``: what the unit has yet to confirm is no lack."""
    tone, picture = _MARKS[met]
    words = STANDS[met]
    if by_word and met is None:
        tone, picture, words = "open", "clipboard-check", "Cần xác nhận"
    return format_html('<span class="standing standing-{} mark">{}{}</span>', tone, icon(picture), words)


@register.simple_tag
def there(is_there) -> str:
    """Whether what a checklist asks for is in the file."""
    tone, picture, words = ("done", "circle-check", "Có") if is_there else ("wait", "alert-circle", "Thiếu")
    return format_html('<span class="standing standing-{} mark">{}{}</span>', tone, icon(picture), words)


@register.filter
def route_name(code, is_title=False) -> str:
    """``merit`` as offices call it, of a danh hiệu as emulation; the code itself where nobody gave it a name."""
    if is_title and code in EMULATION:
        return EMULATION[code]
    return Route(code).label if code in Route.values else code


@register.filter
def fact_link(fact) -> str:
    """A fact in words; a link where its ``key`` is a row that has a page."""
    address = getattr(fact.key, "get_absolute_url", None)
    return format_html('<a href="{}">{}</a>', address(), fact.words) if address else fact.words


@register.filter
def by_year(facts) -> list:
    """Facts a finding rests on, oldest first."""
    return sorted(facts, key=lambda fact: getattr(fact, "year", 0))


@register.filter
def ways_in_order(judgement) -> list:
    """The ways to an award: the best one, those of which something is known, those that nobody claims."""
    best = judgement.best
    return sorted(judgement.routes, key=lambda way: (way is not best, not way.is_known))


@register.simple_tag
def award_kind(form) -> str:
    """Whether an award is a danh hiệu thi đua or a hình thức khen thưởng, told by word, picture and colour."""
    if form == AwardType.Form.TITLE:
        return format_html('<span class="award-kind award-title">{}Danh hiệu</span>', icon("trophy"))
    return format_html('<span class="award-kind award-form">{}Hình thức</span>', icon("certificate"))


@register.simple_tag
def award_name(award) -> str:
    """What was given, a danh hiệu and a hình thức told apart; reads the award's ``type``."""
    return _marked(award.type, award.title)


def _marked(award_type, words) -> str:
    look, picture = ("title", "trophy") if award_type.is_title else ("form", "certificate")
    kind = "Danh hiệu" if award_type.is_title else "Hình thức"
    mark = '<span class="award-kind award-{}" title="{}">{}<span class="visually-hidden">{}: </span></span> {}'
    return format_html(mark, look, kind, icon(picture), kind, words)


@register.simple_tag
def type_name(award) -> str:
    """A danh hiệu or hình thức by its name of today, told apart by mark and colour."""
    return _marked(award, called(award))

"""Those honoured at the sample congress of 2025 and at a conference that is to come: awards, examples, a few named, portraits.

Who was honoured then is not public by name: all of it is chosen among invented people, and portraits are drawn.
"""

import io
from contextlib import contextmanager
from datetime import date

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from awards.presentation.rules import collected
from documents.sample.life import moment
from documents.steps.refusing import Refused
from units.models import User

from ..events.models import Event
from ..honours import actions
from ..honours.models import Honour
from ..honours.rules import award_candidates, example_candidates

_MOST_AT_CONGRESS, _MOST_AT_UNIT = 24, 12
# High awards, as an order of calling shows them; the rest follows.
_HIGH = ["HCLD1", "HCLD2", "HCLD3", "CSTDTQ", "BKTTG", "CTDCP", "CSTDT", "CTDT", "TTLDXS", "BKT"]
_NAMED = [
    ("collective", "Tổ hòa giải thôn Nà Mẫu (minh họa)", "", "Mười năm hòa giải thành mọi việc trong thôn"),
    ("household", "Hộ bà Hoàng Thị Mẫu (minh họa)", "", "Hiến đất mở đường liên thôn"),
    ("person", "Nông Văn Mẫu (minh họa)", "Trưởng thôn", "Vận động nhân dân làm nhà văn hóa"),
]
_LIFE = (
    "Gắn bó với công việc nhiều năm, luôn tận tụy, gần dân, được đồng nghiệp và nhân dân tin yêu. (Nội dung minh họa.)\n"
    "Những việc đã làm được đơn vị nhân rộng, góp phần hoàn thành nhiệm vụ của địa phương."
)
_COLOURS = ["#dbe7f1", "#e9e2d2", "#dcebdf"]


def play(by):
    """The congress VI, then the next conference of Sở Y tế; nothing where these are not there."""
    congress = Event.objects.filter(kind=Event.Kind.CONGRESS, plan__number=6).select_related("unit", "plan").first()
    if congress:
        with _open(congress), moment(date(2025, 9, 10)):
            _fill(congress, by, _MOST_AT_CONGRESS)
    keeper = User.objects.filter(invented=True, username="donvi").select_related("unit").first()
    event = _coming(keeper) if keeper else None
    if event:
        with moment(date(2026, 11, 24)):
            _fill(event, keeper, _MOST_AT_UNIT)
            _present(event, keeper)
    Honour.objects.update(sample=True)


def _coming(keeper) -> Event | None:
    """The next conference of the unit of ``keeper``."""
    rows = Event.objects.filter(unit__in=keeper.inherited_units, state__in=Event.COMING)
    return rows.select_related("unit", "plan").order_by("day").first()


@contextmanager
def _open(event):
    """What was held long ago takes those whom it honoured, as it did then."""
    held = {name: getattr(event, name) for name in ("state", "held_on")}
    Event.objects.filter(pk=event.pk).update(state=Event.State.READY, held_on=None)
    yield
    Event.objects.filter(pk=event.pk).update(**held)


def _fill(event, by, most):
    actions.choose_awards(event, by=by, keys=_keys(award_candidates(event, by), most))
    if examples := set(example_candidates(event, by).published().values_list("pk", flat=True)[:3]):
        actions.choose_examples(event, by=by, keys=examples)
    for kind, name, post, reason in _NAMED:
        row = Honour(kind=kind, name=name, post=post, reason=reason, unit=event.unit, biography=_LIFE)
        actions.name_one(event, by=by, honour=row, portrait=_portrait(len(name)))
    _tell(event, by)


def _keys(rows, most) -> set[int]:
    """What was collected and waits to be presented, some of each high award, then of what there is; one of a person."""
    waiting = collected(rows.filter(presented=None)).values_list("pk", "recipient")[:4]
    found, seen = [key for key, _ in waiting], {who for _, who in waiting}
    for code in [*_HIGH, None]:
        of_code = rows.filter(type__code=code)[:5] if code else rows.order_by("-decided_on", "pk")[: 4 * most]
        for row in of_code:
            if len(found) < most and row.recipient_id not in seen:
                found.append(row.pk)
                seen.add(row.recipient_id)
    return set(found)


def _tell(event, by):
    """Biography and portrait of the first of them; every second person agrees."""
    rows = actions.rows_of(event)
    for place, row in enumerate(rows[:8]):
        typed = event.honours.get(pk=row.pk)
        typed.biography = _LIFE
        actions.edit(row, by=by, typed=typed, portrait=_portrait(place))
    for row in rows[::2]:
        if row.kind != Honour.Kind.COLLECTIVE and not row.example_id:
            actions.give_consent(row, by=by, on=date(2025, 9, 1), words="bản đồng ý có chữ ký (minh họa)")


def _present(event, by):
    """What of it may be presented there."""
    for row in event.honours.filter(award__isnull=False, award__presented=None):
        try:
            actions.present(event, by=by, keys=[row.pk])
        except Refused:  # its items were not collected
            continue


def _portrait(number):
    """A drawn one: head and shoulders."""
    picture = Image.new("RGB", (450, 600), _COLOURS[number % len(_COLOURS)])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((135, 110, 315, 330), fill="#c9ad94")
    draw.pieslice((60, 340, 390, 800), 180, 360, fill="#3d566b")
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return ContentFile(content.getvalue(), name="chan-dung-minh-hoa.jpg")

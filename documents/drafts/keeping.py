"""Nothing typed is lost: each page of a draft sends what changed every few seconds, and is told who else is there.

What is kept is no version of the draft and leaves no line in the log. A page has a key; it may go on with what another page
of the same person left (``offered``), by its key and serial. Where two pages hold one key, the second is told ``Taken`` and
takes a key of its own: neither writes over the other.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import get_random_string

from ..jobs import jobs
from ..life.actions import DISCARDED
from ..writing.fields import DOCUMENT
from .models import THERE, Writing

# What a page sends beside the fields of the form, and never keeps.
CONTROL = "giu-"
KEY, TAB, SERIAL, SENDINGS, WHOLE, GONE, PERSON = (
    f"{CONTROL}{name}" for name in ("khoa", "the", "so", "lan", "ca", "bo", "ai")
)
NOT_KEPT = {"csrfmiddlewaretoken", "once", "pk"}
_KEY = re.compile(r"[\w-]{8,40}", re.ASCII)
# Neither a database nor a sheet takes these: NUL, halves of letters.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Pages of one person that may be kept; beyond them the oldest goes.
MOST = 60
CLEAR_EVERY = 100
# So many are listed where papers are begun.
MOST_LEFT = 20


class Behind(Exception):
    """What was sent changes something that the server does not have: the page sends everything."""


class Taken(Exception):
    """Another page of the same person goes on with this key: the page takes another one."""


@dataclass
class Sent:
    """What a page sent: who it is, upon what, what changed, and for the how manieth time it sends something."""

    key: str
    tab: str
    serial: int
    is_whole: bool
    changed: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    sendings: int = 0

    def onto(self, fields) -> dict:
        """``fields`` with what changed."""
        kept = {} if self.is_whole else {name: values for name, values in fields.items() if name not in self.gone}
        return kept | self.changed


def sent(post) -> Sent:
    """What ``post`` sends. Raises ``Behind`` where its key is none."""
    key, tab = post.get(KEY, ""), post.get(TAB, "")
    if not (_KEY.fullmatch(key) and _KEY.fullmatch(tab)):
        raise Behind
    changed = {name: list(map(_storable, values)) for name, values in post.lists() if _is_kept(name)}
    return Sent(
        key,
        tab,
        serial=number(post.get(SERIAL, "")),
        is_whole=post.get(WHOLE) == "1",
        changed=changed,
        gone=post.getlist(GONE),
        sendings=number(post.get(SENDINGS, "")),
    )


def number(text) -> int:
    """The number that a page sent; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _is_kept(name) -> bool:
    is_ours = name.startswith(CONTROL) or name.endswith(DOCUMENT) or name in NOT_KEPT
    return not is_ours and not _UNSTORABLE.search(name)


def _storable(value) -> str:
    return _UNSTORABLE.sub("", value)


def typed(user, post) -> QueryDict:
    """The whole form as typed, where a page sends only what changed since it was kept. Raises ``Behind``."""
    if SERIAL not in post or post.get(WHOLE) == "1":
        return post
    page = sent(post)
    row = Writing.objects.filter(by=user, key=page.key, serial=page.serial).first()
    if row is None or not row.fields:
        raise Behind
    whole = QueryDict(mutable=True)
    for name, values in page.onto(row.fields).items():
        whole.setlist(name, values)
    return whole


@transaction.atomic
def keep(user, page: Sent, *, document=None, address="", version=0) -> Writing:
    """Keep what ``page`` sent, of ``document`` or of a paper begun at ``address``. Raises ``Behind``, ``Taken``."""
    rows = Writing.objects.select_for_update(of=("self",)).filter(by=user, key=page.key)
    row = rows.first()
    if row is None and page.is_whole:
        _enter(user, page, document, address)
        row = rows.get()
    _refuse(row, page)
    row.fields, row.version, row.tab = page.onto(row.fields), version, page.tab
    # As high as the page has counted: what waits on its machine says by its own count whether it is newer.
    row.serial, row.typed_at = max(row.serial + 1, page.sendings), timezone.now()
    row.seen_at = row.typed_at
    row.save()
    return row


def _refuse(row, page):
    if row is None:
        raise Behind
    if row.tab != page.tab and row.serial != page.serial:
        raise Taken
    # Overtaken on its way by what the same page sent later.
    if row.tab == page.tab and 0 < page.sendings <= row.serial:
        raise Behind
    if not page.is_whole and not (row.serial == page.serial and row.fields):
        raise Behind


def _enter(user, page, document, address):
    """A row for a page that was not heard of before. Rows that are too old or too many go."""
    row, _ = Writing.objects.get_or_create(
        by=user, key=page.key, defaults={"tab": page.tab, "document": document, "address": address[:200]}
    )
    # Those that only were open go first.
    latest_first = Writing.objects.filter(by=user).order_by(F("typed_at").desc(nulls_last=True), "-seen_at")
    oldest = latest_first.exclude(pk=row.pk).values_list("pk", flat=True)[MOST - 1 :]
    Writing.objects.filter(pk__in=list(oldest)).delete()
    if row.pk % CLEAR_EVERY == 0:
        clear()


def keep_posted(user, post, document) -> None:
    """Keep the whole form as it was posted to a paper that is no draft any more; its page is left."""
    fields = {name: list(map(_storable, values)) for name, values in post.lists() if _is_kept(name)}
    key = post.get(KEY, "") if _KEY.fullmatch(post.get(KEY, "")) else get_random_string(20)
    now = timezone.now()
    kept = {"document": document, "fields": fields, "typed_at": now, "seen_at": now - THERE}
    Writing.objects.update_or_create(by=user, key=key, defaults=kept)


def be_there(user, page: Sent, *, document) -> None:
    """The page is open; what was typed on it before stays."""
    seen = {"seen_at": timezone.now()}
    if not Writing.objects.filter(by=user, key=page.key).update(**seen):
        _enter(user, page, document, "")


def leave(user, page: Sent) -> None:
    """The page was closed: what was typed stays, who typed it is not there any more."""
    rows = Writing.objects.filter(by=user, key=page.key, tab=page.tab)
    rows.filter(typed_at=None).delete()
    rows.update(seen_at=timezone.now() - THERE)


def forget(user, key) -> None:
    """What ``user`` typed on the page ``key`` was stored, or is not wanted."""
    Writing.objects.filter(by=user, key=key[:40]).delete()


def offered(user, document=None, address=""):
    """What ``user`` typed on other pages of the same paper, the latest first."""
    rows = Writing.objects.of(user)
    return rows.filter(document=document) if document else rows.filter(document=None, address=address[:200])


def left(user):
    """What ``user`` typed and did not store, whatever paper it is of: what is not on an open page, the latest first."""
    return (
        Writing.objects.of(user).filter(seen_at__lt=timezone.now() - THERE).select_related("document__type")[:MOST_LEFT]
    )


def others(user, document, page: Sent) -> list[Writing]:
    """The other pages on which the draft is open now: each person once; ``user`` too, where it is another window."""
    found = {
        row.by_id: row for row in Writing.objects.there(document).exclude(by=user, key=page.key).order_by("seen_at")
    }
    return sorted(found.values(), key=lambda row: (row.by_id == user.pk, row.by.full_name))


def clear() -> int:
    """Take out what is too old to be wanted, and pages that only were open; how many rows those were."""
    now = timezone.now()
    old = Writing.objects.filter(seen_at__lt=now - timedelta(days=settings.TYPED_KEPT_DAYS))
    idle = Writing.objects.filter(typed_at=None, seen_at__lt=now - timedelta(days=1))
    return old.delete()[0] + idle.delete()[0]


def _forget_discarded(document, by):
    """Who throws a draft away wants nothing of it; what others were typing stays theirs."""
    Writing.objects.filter(document=document, by=by).delete()


DISCARDED.append(_forget_discarded)
jobs.SWEEPERS.append(clear)

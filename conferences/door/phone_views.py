"""What a phone at a door asks for, without an account: the page and its parts, the list, and where it sends scans."""

import hashlib
import json
from functools import cache, wraps

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from units.slowing import SECONDS, failed, is_slowed

from ..events.models import Event
from . import taking
from .models import Door, digest_of
from .rules import GRACE, OPENABLE

COOKIE, HEADER, BY_COOKIE = "cua", "X-Cua", "1"
_KIND = "door"
# What the service worker keeps: nothing else, never a list, never an answer.
FILES = [
    "css/door.css", "js/door-store.js", "js/door-cards.js", "js/door-line.js", "js/door-camera.js", "js/door.js",
    "vendor/zxing/reader.js", "vendor/zxing/zxing_reader.wasm", "img/mark.svg", "img/door-192.png",
]  # fmt: skip
_PARTS = ["door_reader", "door_manifest"]


# --- The page, which is the same for everybody


def _shell(name, kind="text/html"):
    """The answer of a part of the page: the same for all who ask, asked anew each time, read by no proxy as somebody's own."""
    response = HttpResponse(_drawn(name), content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@cache
def _drawn(name) -> str:
    """A part of the page; the service worker's name of its store changes with whatever is in any of them."""
    context = {"scripts": [file for file in FILES if file.startswith("js/")]}
    if name == "sw.js":
        addresses = [reverse("at_door"), *map(reverse, _PARTS), *map(static, FILES)]
        parts = "".join([*map(_drawn, ("page.html", "reader.js", "app.webmanifest")), *addresses])
        context = {"files": json.dumps(addresses), "digest": hashlib.sha256(parts.encode()).hexdigest()[:16]}
    return render_to_string(f"conferences/door/phone/{name}", context)


@login_not_required
@require_safe
def page(request):
    """The page of a phone: nobody's name is in it."""
    return _shell("page.html")


@login_not_required
@require_safe
def service_worker(request):
    """What shows the page without a line."""
    return _shell("sw.js", "text/javascript")


@login_not_required
@require_safe
@csp({"default-src": [NONE], "script-src": [SELF, "'wasm-unsafe-eval'"], "connect-src": [SELF]})
def reader(request):
    """The worker that reads codes. It alone may compile the decoder: a worker has the policy of its own answer."""
    return _shell("reader.js", "text/javascript")


@login_not_required
@require_safe
def manifest(request):
    """How a phone installs the page."""
    return _shell("app.webmanifest", "application/manifest+json")


# --- What it asks


def at_door(view):
    """A view for a phone with the secret of a door: 401 for another one, 410 where the door is closed, 403 from another site."""

    @login_not_required
    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request):
        secret = request.headers.get(HEADER, "")
        # A header of our own: no form of another site can set it, and its scripts may not.
        if not secret or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return JsonResponse({"error": "site"}, status=403)
        # Where the page has none (an iPhone installed it and left its store behind), the cookie has.
        secret = request.COOKIES.get(COOKIE, "") if secret == BY_COOKIE else secret
        door = Door.objects.filter(digest=digest_of(secret)).select_related("event").first() if secret else None
        if door is None:
            return _unknown(request, secret)
        if door.closed_at or door.event.state not in (*OPENABLE, Event.State.REPORTED):
            return JsonResponse({"error": "closed"}, status=410)
        if timezone.now() > door.until + GRACE:
            return JsonResponse({"error": "closed"}, status=410)
        request.door_secret = secret
        return view(request, door)

    return guarded


def _unknown(request, secret):
    """401; who tries many waits. Whoever has a right one is never slowed: all phones of a hall may share an address."""
    if is_slowed(request, _KIND):
        return JsonResponse({"error": "slow"}, status=429, headers={"Retry-After": str(SECONDS)})
    if secret:
        failed(request, _KIND)
    return JsonResponse({"error": "no door"}, status=401)


def _kept(request, door, response):
    """``response``, by which the phone keeps the secret where an installed page finds it and no script reads it."""
    left = int((door.until + GRACE - timezone.now()).total_seconds())
    facts = {"path": reverse("at_door"), "httponly": True, "samesite": "Lax", "secure": request.is_secure()}
    response.set_cookie(COOKIE, request.door_secret, max_age=left, **facts)
    return response


@require_POST
def _enter(request, door):
    """Which door a secret opens; the page asks once, when the link was opened."""
    return _kept(request, door, JsonResponse({"event": door.event_id, "door": door.name, "name": door.event.name}))


@require_POST
def _leave(request, door):
    """The phone is done: it keeps no secret."""
    response = JsonResponse({})
    response.delete_cookie(COOKIE, path=reverse("at_door"))
    return response


@require_safe
def _people(request, door):
    """The list of those who are to be there, within the times of the door: 304 where the phone has this one."""
    if not door.since <= timezone.now() <= door.until:
        early = timezone.now() < door.since
        return JsonResponse({"error": "early" if early else "over", "since": _ms(door.since)}, status=403)
    rows = taking.people_of(door.event)
    told = {
        "event": door.event_id, "name": door.event.name, "letters": door.event.letters or "", "door": door.name,
        "since": _ms(door.since), "until": _ms(door.until), "people": rows,
    }  # fmt: skip
    body = json.dumps(told, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return _kept(request, door, HttpResponse(body, content_type="application/json", headers={"ETag": tag}))


def _ms(moment) -> float:
    return moment.timestamp() * 1000


@require_POST
def _send(request, door):
    """Take in what a phone scanned, and tell it what changed since it last asked."""
    try:
        body = json.loads(request.body)
        now, since = taking.milliseconds(body["now"]), min(max(int(body.get("since") or 0), 0), 2**62)
        scans = list(body["scans"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return JsonResponse({"error": "body"}, status=400)
    if body.get("event") not in (None, door.event_id):
        return JsonResponse({"error": "event"}, status=409)
    if scans and timezone.now() < door.since:
        # Kept on the phone until the door is open: nobody is there before.
        return JsonResponse({"error": "early", "since": _ms(door.since)}, status=403)
    return JsonResponse(taking.take(door, now=now, since=since, scans=scans))


enter, leave, people, send = map(at_door, (_enter, _leave, _people, _send))

urlpatterns = [
    path("cua/", page, name="at_door"),
    path("cua/sw.js", service_worker, name="door_worker"),
    path("cua/doc-ma.js", reader, name="door_reader"),
    path("cua/app.webmanifest", manifest, name="door_manifest"),
    path("cua/vao", enter, name="door_enter"),
    path("cua/ra", leave, name="door_leave"),
    path("cua/danh-sach", people, name="door_people"),
    path("cua/gui", send, name="door_send"),
]

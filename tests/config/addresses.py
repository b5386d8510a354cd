"""Every address of the program, the back office included, for tests that must miss none."""

import re

from django.urls import get_resolver

# A value for each argument that an address takes. Nothing with these values need exist.
SAMPLE = {
    "act": "tra-lai",
    "code": "so-y-te",
    "pk": "1",
    "key": "1",
    "id": "1",
    "object_id": "1",
    "content_type_id": "1",
    "url": "khong-co/",
    "kind": "minutes",
    "paper": "decision",
    "party": "1",
    "year": "2026",
    "joining": "1",
    "duty": "1",
    "month": "3",
    "number": "1",
    "name": "bien-ban",
    "about": "state",
}
# <int:pk> or (?P<url>.*), and (?P<app_label>documents|units), which gives its own values.
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<path>\w+)>|\(\?P<(?P<regex>\w+)>(?:(?P<first>\w+)(?:\|\w+)*|[^)]*)\)")


def patterns(resolver=None, prefix=""):
    """Each pattern as text, spelled as ``resolve(…).route`` spells it: ``van-ban/<int:pk>/``."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry, route)
        else:
            yield route


def address(pattern):
    """The pattern with its arguments filled in. ``KeyError``: a new argument, which ``SAMPLE`` must learn."""
    return "/" + ARGUMENT.sub(_filled, pattern).removesuffix("$")


def _filled(match):
    value = match["first"] or SAMPLE[match["path"] or match["regex"]]
    return value if match["kind"] != "int" or value.isdigit() else "1"

"""The rooms of an app, opened when the program starts."""

import pkgutil
from importlib import import_module

# What registers nothing: pages, what is typed into them, and what only commands need.
_LEFT_SHUT = ("migrations", "management", "sample", "admin", "urls", "templatetags", "data")


def open_rooms(app: str) -> None:
    """Import each module of the rooms of ``app`` that may register something: a listener, files, what waits, what is found.

    A room that is there is heard of; no list has to name it.
    """
    for module in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
        words = module.name.split(".")
        if words[1] not in _LEFT_SHUT and not words[-1].endswith(("views", "forms", "filters")):
            import_module(module.name)

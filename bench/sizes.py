"""Databases of several sizes beside each other, asked in turn: what slows the machine meanwhile slows them all alike."""

import os
import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DEMO", "True")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from units.models import User  # noqa: E402


class Database:
    """One more database of the kind that DATABASE_URL names, empty and migrated; its pages are asked for by name."""

    def __init__(self, name: str):
        usual = connections["default"]
        stored = Path(usual.settings_dict["NAME"]).with_name(f"{name}.sqlite3") if usual.vendor == "sqlite" else name
        if usual.vendor == "postgresql":
            with usual.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name}")
        else:
            stored.unlink(missing_ok=True)
        self.wrapper = type(usual)({**usual.settings_dict, "NAME": str(stored)}, "default")
        self.visitors = {}
        with self.used():
            call_command("migrate", verbosity=0)

    @contextmanager
    def used(self):
        """Everything within asks this database."""
        usual, connections["default"] = connections["default"], self.wrapper
        try:
            yield self
        finally:
            connections["default"] = usual

    def settle(self):
        """Counts the rows anew for the planner, as the database itself does before long."""
        with self.used(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def visitor(self, person: str) -> Client:
        """A client signed in here."""
        if person not in self.visitors:
            self.visitors[person] = Client(headers={"host": "localhost"})
            self.visitors[person].force_login(User.objects.get(username=person))
        return self.visitors[person]

    def get(self, person: str, address: str, query=None) -> float:
        """Seconds of one whole request by the account ``person``."""
        with self.used():
            visitor = self.visitor(person)
            started = time.perf_counter()
            answer = visitor.get(address, query, follow=True)
            taken = time.perf_counter() - started
        assert answer.status_code == 200, (address, person, answer.status_code)
        return taken

    def queries(self, person: str, address: str, query=None) -> int:
        """How many questions one request asks the database."""
        asked = []
        self.get(person, address, query)
        with self.used(), connection.execute_wrapper(lambda execute, *call: asked.append(1) or execute(*call)):
            self.get(person, address, query)
        return len(asked)


def medians(databases, rounds, person: str, address, query=None) -> list[float]:
    """Median seconds of a page in each of ``databases``, which are asked in turn."""
    times = [[database.get(person, address, query) for database in databases] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]

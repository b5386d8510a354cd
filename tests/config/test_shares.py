"""Every test runs on a database where it can tell something, and what the share of SQLite is named by is still there."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.shares import CAN_DIFFER, is_for_postgresql, is_for_sqlite

TESTS = Path(__file__).resolve().parents[1]


def addresses():
    for path in TESTS.rglob("test_*.py"):
        for name in re.findall(r"^ *def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield f"tests/{path.relative_to(TESTS)}::{name}"


def test_each_part_that_names_what_can_differ_names_a_test():
    known = list(addresses())
    assert [part for part in CAN_DIFFER if not any(part in address for address in known)] == []


def refused():
    raise IntegrityError  # noqa: F821  only its name is looked at


@pytest.mark.parametrize(
    ("address", "marks", "function", "share"),
    [
        ("tests/a/test_b.py::test_a_search", ["django_db", "sample"], addresses, "PostgreSQL"),
        ("tests/a/test_b.py::test_c", ["django_db", "front_end", "sample"], addresses, "PostgreSQL"),
        ("tests/a/test_b.py::test_c", [], addresses, "SQLite"),
        ("tests/a/test_b.py::test_c", ["django_db"], addresses, "PostgreSQL"),
        ("tests/a/test_b.py::test_c[_search]", ["django_db"], addresses, "PostgreSQL"),
        ("tests/a/test_b.py::test_c", ["django_db", "front_end"], addresses, "SQLite"),
        ("tests/a/test_b.py::test_a_search", ["django_db"], addresses, "both"),
        ("tests/a/test_b.py::test_a_search", ["django_db", "postgresql"], addresses, "PostgreSQL"),
        ("tests/a/test_b.py::test_c", ["django_db"], refused, "both"),
    ],
)
def test_who_runs_what(address, marks, function, share):
    item = SimpleNamespace(nodeid=address, fixturenames=marks, function=function, get_closest_marker=marks.__contains__)
    found = [name for name, mine in (("SQLite", is_for_sqlite), ("PostgreSQL", is_for_postgresql)) if mine(item)]
    assert found == {"both": ["SQLite", "PostgreSQL"]}.get(share, [share])

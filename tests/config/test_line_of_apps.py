"""One line of apps: each imports only from those to its left, and nothing imports ``config``.

Names given as text count as imports: a foreign key, ``get_model``, a migration that depends on another app.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINE = ("units", "documents", "clusters", "campaigns", "awards", "conferences")
ALL = (*LINE, "config")
APPS = [app for app in ALL if (ROOT / app).is_dir()]
BY_LABEL = {"get_model", "get_app_config", "import_module", "get_app_configs"}


def out_of_reach(app):
    """What ``app`` may not import: all to its right."""
    return ALL[ALL.index(app) + 1 :]


def imported(tree, package):
    """``(line, dotted name)`` of everything that the module names of other modules and apps.

    ``package``: the package of the module, to which relative imports are relative.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, node.module] if node.module else above)
            yield from ((node.lineno, f"{module}.{alias.name}".lstrip(".")) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            if getattr(node.func, "attr", getattr(node.func, "id", "")) in BY_LABEL:
                yield node.lineno, str(node.args[0].value)
        elif isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
            # ("documents", "0001_initial") among a migration's dependencies
            yield node.lineno, f"{node.elts[0].value}.(tuple)"
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"\w+(\.\w+)+", node.value)
        ):
            yield node.lineno, node.value


def breaches(app, source, package):
    """Each breach of the line in a module of ``app``: ``"12: documents.Document"``."""
    forbidden = out_of_reach(app)
    return [f"{line}: {name}" for line, name in imported(ast.parse(source), package) if name.split(".")[0] in forbidden]


def modules(app):
    return sorted((ROOT / app).rglob("*.py"))


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_from_those_to_its_left(app):
    found = []
    for module in modules(app):
        package = ".".join(module.relative_to(ROOT).parent.parts)
        found += [
            f"{module.relative_to(ROOT)}:{breach}" for breach in breaches(app, module.read_text("utf-8"), package)
        ]
    assert found == []


def test_there_is_no_app_outside_the_line():
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")}
    assert packages - {"tests"} <= set(ALL)


@pytest.mark.parametrize(
    "source",
    [
        "import documents",
        "import documents.models as papers",
        "from documents.models import Document",
        "def late():\n    from documents.models import Document",
        "from .. import documents",
        "from ..documents import models",
        "from config.settings import DEBUG",
        "paper = models.ForeignKey('documents.Document', models.PROTECT)",
        "paper = models.ForeignKey(to='awards.Award', on_delete=models.PROTECT)",
        "apps.get_model('documents', 'Document')",
        "apps.get_model('documents.Document')",
        "importlib.import_module('documents')",
        "dependencies = [('documents', '0001_initial')]",
    ],
)
def test_every_way_to_import_is_seen(source):
    assert breaches("units", source, "units")


@pytest.mark.parametrize(
    "source",
    [
        "from django.db import models",
        "from . import models",
        "from .models import Unit",
        "area = 'documents'",
        "text = 'Loads documents. Then units.'",
    ],
)
def test_what_is_no_import_is_left_alone(source):
    assert breaches("units", source, "units") == []


# --- The rooms of an app

# Each room imports only from those before it. Ground stands under all of them, the roof over all.
ROOMS = {
    "documents": (
        "steps", "form", "source", "writing", "typesetting", "figures", "checks", "uploads", "excel", "papers",
        "citations", "proofing", "printing", "areas", "deliveries", "jobs", "envelopes", "register", "duties", "signing",
        "exchange", "scans", "life", "word", "texts", "drafts", "books", "changes", "desk",
    ),
    "clusters": (
        "divisions", "criteria", "scores", "activities", "pacts", "ballots", "year", "reports", "changes", "council",
    ),
    "campaigns": (
        "campaign", "launches", "joinings", "examples", "reviews", "adjustments", "endings", "figures", "overview",
    ),
    "awards": (
        "catalogue", "eligibility", "recipients", "records", "decisions", "registrations", "nominations", "council", "issuing",
        "fund", "items", "stock", "certificates", "handover", "presentation", "returns", "figures", "overview",
    ),
    "conferences": ("plans", "events", "delegates", "cards", "door", "changes", "honours", "overview"),
}  # fmt: skip
GROUND = ("area", "log", "data")
ROOF = ("models", "admin", "apps", "home", "finding", "unit_page", "management", "sample", "templatetags", "urls")
FRAMEWORK = {"__init__", "migrations"}


def line_of(app):
    """The parts of ``app`` from the ground to the roof."""
    return (*GROUND, *ROOMS[app], *ROOF)


def part_of(name, app):
    """Which part of ``app`` a dotted name is in, by its second word."""
    words = name.split(".")
    return words[1] if words[0] == app and len(words) > 1 and words[1] in line_of(app) else ""


@pytest.mark.parametrize("app", ROOMS)
def test_a_room_imports_only_from_those_before_it(app):
    line, found = line_of(app), []
    for module in modules(app):
        path = module.relative_to(ROOT)
        here = path.parts[1].removesuffix(".py")
        if here in FRAMEWORK or here in ROOF:
            continue
        for number, name in imported(ast.parse(module.read_text("utf-8")), ".".join(path.parent.parts)):
            there = part_of(name, app)
            if there and line.index(there) > line.index(here):
                found.append(f"{path}:{number}: {name}")
    assert found == []


@pytest.mark.parametrize("app", ROOMS)
def test_every_file_of_an_app_is_in_a_room_or_belongs_to_the_whole_app(app):
    parts = {path.name.removesuffix(".py") for path in (ROOT / app).iterdir() if path.name != "__pycache__"}
    assert parts - FRAMEWORK <= set(line_of(app))


@pytest.mark.parametrize("app", ROOMS)
def test_the_readme_names_every_room(app):
    told = (ROOT / "README.md").read_text("utf-8")
    assert [room for room in ROOMS[app] if f"`{room}`" not in told] == []

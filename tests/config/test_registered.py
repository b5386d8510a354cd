"""Whatever an area registers is there after ``django.setup()`` alone: a worker imports no page and no address."""

import json
import subprocess
import sys

from .test_line_of_apps import APPS

# Prints what is registered after setup, then after every module of the program was imported.
SCRIPT = """
import importlib, json, pkgutil
import tests.environment
import django
django.setup()
from documents.areas import agenda, papers as areas, waiting
from documents.duties import parts as duty_parts
from documents.papers import addressees
from documents.uploads import models as upload
from units import finding

def registered():
    named = {"areas": areas._LISTENERS, "files": [], "addressees": addressees._PROVIDERS}
    lists = {
        "duties": duty_parts._PARTS,
        "waits": [*(kind.rows for kind in waiting._KINDS), *waiting._PARTS],
        "days": [line for _, line in agenda._SOURCES],
        "found": [row.search for row in finding._SEARCHES],
    }
    return {name: sorted(rows) for name, rows in named.items()} | {
        name: sorted(f"{part.__module__}.{part.__qualname__}" for part in rows) for name, rows in lists.items()
    }

print(json.dumps(registered()))
for app in APPS:
    for module in pkgutil.walk_packages([app], f"{app}."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)
print(json.dumps(registered()))
"""


def test_nothing_is_registered_by_a_module_that_setup_does_not_import():
    script = f"APPS = {[app for app in APPS if app != 'config']!r}\n{SCRIPT}"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    after_setup, after_all = map(json.loads, told.strip().split("\n"))
    assert after_setup == after_all
    assert {"huong-dan-cum", "don-doc-cum", "giao-uoc"} <= set(after_setup["areas"])

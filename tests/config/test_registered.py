"""Whatever an area tells of itself is there after ``django.setup()`` alone: a worker imports no page and no address."""

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
from units.areas import areas

def name_of(part):
    return getattr(part, "__qualname__", str(part))

def registered():
    return {
        area.name: {what: list(map(name_of, parts)) for what, parts in vars(area).items() if what not in ("name", "title")}
        for area in areas()
    }

print(json.dumps(registered()))
for app in APPS:
    for module in pkgutil.walk_packages([app], f"{app}."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)
print(json.dumps(registered()))
"""


def test_nothing_is_told_by_a_module_that_setup_does_not_import():
    script = f"APPS = {[app for app in APPS if app != 'config']!r}\n{SCRIPT}"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    after_setup, after_all = map(json.loads, told.strip().split("\n"))
    assert after_setup == after_all
    assert {"huong-dan-cum", "don-doc-cum", "giao-uoc"} <= set(after_setup["cum"]["papers"])
    assert list(after_setup) == ["don-vi", "van-ban", "cum", "phong-trao", "khen-thuong", "hoi-nghi"]

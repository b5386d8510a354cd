"""Files that people add: what is taken, how each is looked into before it is kept, and under which name.

A file is judged by opening it, never by its name or by what the browser says. What is refused here could run on the
machine of whoever opens it or make it ask another, could not be opened at all, or would cost a server its memory.
"""

from ..checks.baring import bare
from ..checks.inspecting import ALLOWED, SUFFIXES, TYPES, Facts, check_size, inspect, own_name
from ..checks.refusing import UploadRefused
from .actions import add_to, bare_kept, drop, drop_from, drop_left, inspect_picture, keep

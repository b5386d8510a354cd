"""The entry point for gunicorn. Refuses to start where a system check fails."""

import io
import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# manage.py runs the checks by itself; a server that imports this module would not. What they find is raised.
call_command("check", stdout=io.StringIO())

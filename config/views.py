"""What belongs to no area: whether the program is alive, and what is said of a request that cannot be read."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache

from documents.models import Worker

from .refusals import WORDS
from .troubles import trouble_of


@never_cache
@login_not_required
def healthz(request):
    """200 and ``ok`` while the database answers, then how many workers do long jobs; for the proxy and the supervisor."""
    return HttpResponse(f"ok\nworkers {Worker.alive().count()}\n", content_type="text/plain")


def server_error(request):
    """500 where the program is at fault; 503 with what it is and who can mend it where the machine is."""
    trouble = trouble_of(sys.exc_info()[1])
    if not trouble:
        return defaults.server_error(request)
    # Without a request: who is logged in and what was said are asked of the database, which may be the trouble.
    answer = HttpResponse(render_to_string("trouble.html", {"trouble": trouble}), status=503)
    if trouble.seconds:
        answer["Retry-After"] = str(trouble.seconds)
    return answer


def bad_request(request, exception):
    """413 for what is too large, in bytes, fields or files; 400 for what is broken, or was not sent by a page of ours."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if too_large else 400
    title, words = WORDS[status]
    return render(request, "refusal.html", {"title": title, "words": words}, status=status)

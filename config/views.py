"""What belongs to no area: whether the program is alive."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from documents.models import Worker


@never_cache
@login_not_required
def healthz(request):
    """200 and ``ok`` while the database answers, then how many workers do long jobs; for the proxy and the supervisor."""
    return HttpResponse(f"ok\nworkers {Worker.alive().count()}\n", content_type="text/plain")

"""The true pages of what is typed right now: only those that changed, with where on them each piece of text stands."""

from base64 import b64encode

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..papers.models import Document
from ..printing.pages import faults_of, follow_pages
from ..printing.views import PREVIEW_LIMIT, find, show_faults
from . import keeping
from .forms import DocumentForm
from .judged import judge
from .keeping_views import address_of
from .places import placed
from .views import begun

# What is longer is no key of a row.
PK_DIGITS = 18
# Keys of pages that a browser may name.
MOST_KNOWN = 200
# Seconds.
RETRY_AFTER = 2


@require_POST
@writers_only
def preview(request):
    """The pages of what is typed, as JSON; or what is wrong with it, as HTML.

    The form may be sent whole or as what changed since it was kept (``documents.drafts.keeping``); 409 where the server has
    not what that builds on. ``giu-trang`` are the keys of pages that the browser has: those come without a picture; ``giu-tu`` is
    the page from which a long paper is drawn. ``Retry-After`` where the server has no time now.
    """
    try:
        data = keeping.typed(request.user, request.POST)
    except keeping.Behind:
        return HttpResponse(status=409)
    key = request.POST.get("pk", "")
    pk = int(key) if key.isdecimal() and len(key) < PK_DIGITS else 0
    known = request.POST.getlist(f"{keeping.CONTROL}trang")[:MOST_KNOWN]
    first = keeping.number(request.POST.get(f"{keeping.CONTROL}tu", ""))
    typed, refused = judge(
        request.user,
        data,
        whose=_whose(request, pk) if key else (address_of(request), timezone.localdate()),
        found=lambda: find(request, pk) if key else begun(request),
    )
    if refused:
        return show_faults(request, refused.form, _faults(refused))
    seen, faults = follow_pages(
        typed.document, user=request.user, appendices=typed.parts, known=known, first=first, limit=PREVIEW_LIMIT
    )
    if faults:
        answer = show_faults(request, DocumentForm(instance=typed.document, user=request.user), faults)
        if any(fault.passes for fault in faults):
            answer["Retry-After"] = RETRY_AFTER
        return answer
    return _shown(typed, seen)


def _whose(request, pk) -> tuple:
    """What tells a stored draft as it stands; 404 where this person may not see it."""
    papers = Document.objects.open_to(request.user).filter(pk=pk)
    if found := papers.values_list("pk", "version", "created_at").first():
        return found
    raise Http404


def _faults(sheet):
    """What the forms refuse, then what the rules of a paper find beside it."""
    own = sheet.own_faults()
    told = {fault.field for fault in own}
    found = faults_of(sheet.form.draft(), sheet.appendices.parts())
    return own + [fault for fault in found if fault.field not in told]


def _shown(typed, seen):
    """The pages and places for the script that shows them."""
    shown = {
        "pages": [{"key": key, "png": png and _address(png)} for key, png in seen["pages"]],
        "first": seen["first"],
        "total": seen["total"],
        "places": placed(seen["places"], typed.texts),
    }
    return JsonResponse(shown, json_dumps_params={"separators": (",", ":")})


def _address(png) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"

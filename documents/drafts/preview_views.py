"""The true pages of what is typed right now: only those that changed, with where on them each piece of text stands."""

from base64 import b64encode

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..printing.pages import faults_of, follow_pages
from ..printing.views import PREVIEW_LIMIT, find, show_faults
from . import keeping
from .places import placed
from .sheet import Sheet
from .views import begun

# Keys of pages that a browser may name.
MOST_KNOWN = 200


@require_POST
@writers_only
def preview(request):
    """The pages of what is typed, as JSON; or what is wrong with it, as HTML.

    The form may be sent whole or as what changed since it was kept (``documents.drafts.keeping``); 409 where the server has
    not what that builds on. ``giu-trang`` are the keys of pages that the browser has: those come without a picture.
    """
    try:
        data = keeping.typed(request.user, request.POST)
    except keeping.Behind:
        return HttpResponse(status=409)
    key = request.POST.get("pk", "")
    sheet = Sheet(request.user, find(request, int(key)) if key.isdecimal() else begun(request), data)
    form, parts = sheet.form, sheet.appendices.parts()
    own = [] if form.is_valid() and sheet.appendices.is_valid() and sheet.duties.is_valid() else sheet.own_faults()
    if own:
        told = {fault.field for fault in own}
        faults = own + [fault for fault in faults_of(form.draft(), parts) if fault.field not in told]
        return show_faults(request, form, faults)
    known = request.POST.getlist(f"{keeping.CONTROL}trang")[:MOST_KNOWN]
    seen, faults = follow_pages(form.draft(), user=request.user, appendices=parts, known=known, limit=PREVIEW_LIMIT)
    return show_faults(request, form, faults) if faults else _shown(sheet, parts, seen)


def _shown(sheet, parts, seen):
    """The pages and places for the script that shows them."""
    names = ["body", *(f"{form.prefix}-body" for form in sheet.appendices.kept())]
    texts = [sheet.form.instance.body, *(part.body for part in parts)]
    shown = {
        "pages": [{"key": key, "png": png and _address(png)} for key, png in seen["pages"]],
        "total": seen["total"],
        "places": placed(seen["places"], list(zip(names, texts, strict=True))),
    }
    return JsonResponse(shown, json_dumps_params={"separators": (",", ":")})


def _address(png) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"

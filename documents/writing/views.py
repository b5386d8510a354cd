"""What an editor asks the server while somebody writes: how a source reads, and what words from before Unicode say."""

import json

from django.http import HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_POST

from units.encodings import converted, old_lines
from units.permissions import writers_only

from .reading import shown

MOST_WORDS = 20_000


@require_POST
@writers_only
def open_source(request):
    """The document of a source that another part of the page wrote; ``null`` where the editor cannot hold it."""
    text = request.POST.get("source", "").replace("\r\n", "\n")
    return JsonResponse({"document": shown(text)})


@require_POST
@writers_only
def convert(request):
    """What pasted pieces of text say in Unicode, and the encoding they came in: nothing where they are as they should be."""
    try:
        pieces = json.loads(request.POST.get("words", "[]"))
    except ValueError:
        return HttpResponseBadRequest()
    if not isinstance(pieces, list) or len(pieces) > MOST_WORDS or not all(isinstance(piece, str) for piece in pieces):
        return HttpResponseBadRequest()
    text = "\n".join(piece.replace("\n", " ") for piece in pieces)
    old = old_lines(text)
    if not old:
        return JsonResponse({"old": None})
    sample = str(old[0]).partition(": ")[2]
    return JsonResponse({"old": old[0].name, "sample": sample, "words": converted(text).split("\n")})

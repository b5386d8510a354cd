"""A phrase as it is put into a draft: its gaps filled from the record that the draft is about, and from what is typed now."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from units.models import Term
from units.permissions import writers_only
from units.text import key_or_none

from ..papers.fields import PartialDateField
from ..papers.rules import issuers_for
from ..texts import gaps
from ..texts.models import Phrase
from ..writing.reading import shown
from .keeping_views import draft_of
from .views import begun

# Sent where no paper is written, as on the page of a text: gaps stay gaps.
AS_IT_IS = "nguyen"


@require_POST
@writers_only
def put(request, pk):
    """The document of a phrase, as JSON, for the editor to put where the caret stands; 404 for a phrase of another unit."""
    words = get_object_or_404(Phrase.objects.usable_by(request.user), pk=pk).body
    if AS_IT_IS not in request.POST:
        paper = draft_of(request) or begun(request)
        kind, row = gaps.record_of(paper, request.user)
        _follow(paper, request)
        words = gaps.filled(words, gaps.facts_of(paper, kind, row, user=request.user))
    return JsonResponse({"document": shown(words), "source": words})


def _follow(paper, request):
    """What is typed at this moment, where it is other than what is stored."""
    typed = request.POST
    if issuer := issuers_for(request.user).filter(pk=key_or_none(typed.get("issuer_unit", ""))).first():
        paper.issuer_unit, paper.issuer_name = issuer, issuer.name
    if "signer" in typed:
        signers = Term.objects.select_related("official").filter(unit=paper.issuer_unit_id)
        paper.signer = signers.filter(pk=key_or_none(typed["signer"])).first()
        paper.signer_name = typed.get("signer_name", "")
    paper.place = typed.get("place", paper.place)
    with suppress(ValidationError):
        paper.year = PartialDateField(required=False).clean(typed.get("date", "")).year or paper.year

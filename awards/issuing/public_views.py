"""The list of awards that anybody reads without an account, where the office switches it on; the bundle of a decision."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.permissions import overseers_only

from ..decisions.views import find
from ..recipients.models import Recipient
from ..recipients.names import name_key
from ..records.models import Award
from . import bundle

_SHOWN = 50


@login_not_required
def public_awards(request):
    """Name, unit, award, decision of what stands; nothing else. A page like any other where the office has not switched it on."""
    if not settings.AWARDS_ARE_PUBLIC:
        if request.user.is_anonymous:
            return redirect_to_login(request.get_full_path())
        raise Http404
    rows = Award.objects.standing().filter(cancelled_on=None, decided_on__lte=timezone.localdate())
    words = request.GET.get("q", "").strip()[:200]
    if words:
        # By the name alone: codes and names of units are found by the words as well, and are nobody's business here.
        called = Recipient.objects.matching(words).filter(name_key__contains=name_key(words))
        rows = rows.filter(recipient__in=called)
    rows = rows.select_related("type", "unit", "decision").only(
        "name", "decided_on", "type__code", "type__form", "unit__name", "decision__number", "decision__day"
    )
    page = Paginator(rows, _SHOWN).get_page(request.GET.get("page"))
    return render(request, "awards/issuing/public.html", {"page": page, "words": words})


@overseers_only
@require_POST
def decision_bundle(request, pk):
    """Papers, list and votes of a decision in one file; a long one is made by a worker."""
    decision = find(request, pk)
    if decision.awards.count() > bundle.SHORT:
        messages.info(request, "Danh sách dài nên bộ văn bản được làm ở máy chạy nền; xong sẽ tải được ở trang này.")
        return redirect(bundle.apart(decision, by=request.user))
    response = HttpResponse(bundle.make(decision, request.user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="quyet-dinh-{decision.pk}.zip"'
    return response

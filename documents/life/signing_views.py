"""The desk's page on which an approved paper is signed digitally, and the pages that are fetched for that."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from units.permissions import writers_only

from ..printing.showing import asked_way, inline
from ..printing.views import find, to_look_at
from ..signing.actions import given
from ..signing.signers import signers_of
from ..steps.accepting import accepted, attempted
from . import actions as moves
from .forms import SignForm
from .signing import sign_with, take_back
from .signing_many import to_sign


def _found(request, pk):
    """(the paper, why it cannot be signed by this person now)."""
    document = find(request, pk)
    return document, moves.sign.stranger(document, request.user) or moves.sign.untimely(document, request.user)


@writers_only
def sign_page(request, pk):
    """Sign the pages that were approved, by one of three ways."""
    document, told = _found(request, pk)
    if told:
        messages.error(request, told)
        return redirect(document)
    form = SignForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _sign(request, document, form)):
        return redirect(document)
    context = {
        "document": document,
        "form": form,
        "signed": moves.signed_pages(document),
        "signers": signers_of(document),
        "warnings": to_look_at(document, request.user),
        "others": to_sign(request.user, timezone.localdate()).count() - 1,
        "area": "documents",
    }
    return render(request, "documents/life/sign.html", context, status=422 if form.errors else 200)


def _sign(request, document, form):
    """Take the step; raises ``Refused``."""
    if form.cleaned_data["way"] == form.ELSEWHERE:
        file = form.cleaned_data["file"]
        file.seek(0)
        names = take_back(document, file.read(), by=request.user)
    else:
        with form.opened() as key:
            names = [sign_with(document, key, by=request.user)]
    messages.success(request, f"Đã ký số các trang đã duyệt bằng chứng thư của {' và '.join(names)}.")


@writers_only
def pages_to_sign(request, pk):
    """The pages as they are signed in another program: the very bytes that are expected back."""
    document, told = _found(request, pk)
    if told:
        messages.error(request, told)
        return redirect(document)
    approval, _ = moves.to_sign(document)
    pages = attempted(request, lambda: given(document, approval, user=request.user))
    if pages is None:
        return redirect("sign", document.pk)
    return inline(
        bytes(pages.signed if pages.signed and pages.missing else pages.given),
        f"de-ky-{document.pk}",
        how=asked_way(request),
    )

"""The page that the code of a certificate opens, without an account: whether it was issued, by which decision, whether it holds.

It tells of the one whose code is known, and of nobody else; all codes that there are not get the same answer.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from units.slowing import failed, is_slowed

from ..catalogue.models import Whom
from .layouts import spaced
from .models import Certificate
from .words import initials

_KIND = "certificate"
_LENGTH, _TYPED = 26, 60
# Signs that are taken for others when a code is typed.
_TAKEN_FOR = str.maketrans({"i": "1", "l": "1", "o": "0", " ": "", "-": "", ".": ""})
State = Certificate.State
_LOST = {
    State.SPOILED: "Tờ này hỏng khi in, không có giá trị; tờ đúng có mã khác.",
    State.REPLACED: "Tờ này đã được đổi, cấp lại bằng tờ khác, không còn giá trị.",
    State.RECOVERED: "Tờ này đã thu hồi, không còn giá trị.",
    State.UNDONE: "Tờ này chưa được in chính thức, không có giá trị.",
}


def _page(request, template, context, status=200):
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
def ask_code(request):
    """Where a code is typed that a telephone does not read."""
    typed = request.GET.get("ma", "").strip()[:_TYPED]
    code = typed.lower().translate(_TAKEN_FOR)
    if code.isascii() and code.isalnum():
        return redirect("verify_certificate", code)
    return _page(request, "awards/certificates/ask.html", {"typed": typed, "is_wrong": bool(typed)})


@login_not_required
def verify(request, code):
    """One certificate by its code."""
    if is_slowed(request, _KIND):
        response = _page(request, "awards/certificates/slowed.html", {}, status=429)
        response["Retry-After"] = "300"
        return response
    rows = Certificate.objects.select_related("due__award__type", "due__award__unit", "due__award__decision__unit")
    found = rows.filter(code=code).first() if len(code) == _LENGTH else None
    if found is None:
        failed(request, _KIND)
        return _page(request, "awards/certificates/ask.html", {"typed": code[:_TYPED], "is_wrong": True}, status=404)
    return _page(request, "awards/certificates/verify.html", _told(found))


def _told(found) -> dict:
    award, decision = found.due.award, found.due.award.decision
    told = _LOST.get(found.state, "")
    if not told and not award.stands:
        told = "Khen thưởng này không còn trong sổ."
    elif not told and award.cancelled_on:
        told = (
            f"Khen thưởng này đã {award.lost_words.lower()} từ ngày {award.cancelled_on:%d/%m/%Y}, không còn giá trị."
        )
    is_named = award.whom == Whom.COLLECTIVE or settings.CERTIFICATES_TELL_NAMES or settings.AWARDS_ARE_PUBLIC
    return {
        "sheet": found,
        "award": award,
        "decision": decision,
        "name": award.name if is_named else initials(award.name),
        "issuer": decision.unit or decision.issuer,
        "lost": told,
        "code": spaced(found.code),
    }

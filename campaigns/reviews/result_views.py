"""What a unit reports at a review of a campaign: written, sent, read, returned with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.steps.accepting import accepted
from documents.steps.refusing import Refused, Stale
from documents.uploads.thumbnails import PICTURES
from units.text import key_or_none

from ..campaign.page import refuse_stranger
from ..joinings.actions import OF_RESULT, told_to
from ..joinings.views import campaign_or_404
from . import results
from .forms import ResultForm, ReturnForm
from .models import Result
from .sums import Line
from .views import joinings_of, review_or_404


def edit_result(request, pk, joining):
    """What a unit reports at a review; kept as a draft, or kept and sent."""
    review = review_or_404(request, pk)
    row = get_object_or_404(joinings_of(request, review.campaign).select_related("unit"), pk=joining)
    if not row.is_kept_by(request.user):
        raise PermissionDenied(f"Kết quả này do {row.unit} ghi.")
    kept = row.results.filter(review=review).first()
    fault = "Kết quả này đã gửi." if kept and kept.sent_at else results.fault_of_time(review, review.campaign)
    if request.method == "GET" and fault:
        messages.info(request, fault)
        return redirect("result", kept.pk) if kept else redirect("review", pk)
    begun = kept or Result(review=review)
    begun.joining = row
    form = ResultForm(request.POST or None, request.FILES or None, instance=begun)
    if form.is_valid() and (stored := _saved(request, form)):
        _tell_saved(request, stored)
        return redirect("result", stored.pk)
    context = {"campaign": review.campaign, "review": review, "joining": row, "form": form, "result": kept}
    context |= {"area": "campaigns", "tab": "reviews"}
    return render(request, "campaigns/reviews/result_form.html", context, status=422 if form.errors else 200)


def _saved(request, form) -> Result | None:
    """The result as it was stored; what kept it from being so stands in the form."""
    seen, stored = form.cleaned_data["version"] or 0, []
    parts = form.parts()
    accepted(form, lambda: stored.append(results.save(form.instance, parts, by=request.user, seen_version=seen)))
    return stored[0] if stored else None


def _tell_saved(request, result):
    """Say that it was stored; if it was to be sent, send it too."""
    if "send" not in request.POST:
        messages.success(request, "Đã lưu bản đang ghi. Khi đã ghi đủ, hãy bấm «Gửi».")
        return
    try:
        results.send(result, by=request.user)
        messages.success(request, "Đã lưu và gửi kết quả.")
    except Refused as refused:
        messages.warning(request, f"Đã lưu. {refused}")


def _result(request, pk) -> Result:
    """A result that this person may read; else 404."""
    rows = results.results_for(request.user)
    found = get_object_or_404(rows.select_related("joining__unit", "review", "by"), pk=pk)
    found.review.campaign = found.joining.campaign = campaign_or_404(request, found.review.campaign_id)
    return found


def result(request, pk):
    """What one unit reports at one review."""
    return _result_page(request, _result(request, pk))


def _result_page(request, found, form=None):
    """The page of a result, with the form for returning it as it was typed."""
    campaign = found.review.campaign
    reached = dict(found.figures.order_by().values_list("goal", "reached"))
    files = list(found.files.select_related("upload"))
    takes = not results.fault_of_time(found.review, campaign)
    is_own, is_sent = found.joining.is_kept_by(request.user), found.sent_at is not None
    may_return = takes and is_sent and campaign.is_kept_by(request.user)
    context = {
        "campaign": campaign,
        "review": found.review,
        "joining": found.joining,
        "result": found,
        "lines": [Line(goal, reached.get(goal.pk)) for goal in found.joining.goals.all()],
        "pictures": [row for row in files if row.upload.extension in PICTURES],
        "papers_kept": [row for row in files if row.upload.extension not in PICTURES],
        "faults": results.faults_of(found) if is_own and takes and not is_sent else [],
        "may_edit": is_own and takes and not is_sent,
        "form": form or (ReturnForm(initial={"version": found.version}) if may_return else None),
        "changes": told_to(request.user, found.joining).filter(act__contains=OF_RESULT),
        "area": "campaigns",
        "tab": "reviews",
    }
    return render(request, "campaigns/reviews/result.html", context, status=422 if form and form.errors else 200)


@require_POST
def result_step(request, pk):
    """Send a result, or return it with the reason."""
    found = _result(request, pk)
    return _send(request, found) if "send" in request.POST else _give_back(request, found)


def _send(request, found):
    if not found.joining.is_kept_by(request.user):
        raise PermissionDenied(f"Kết quả này do {found.joining.unit} gửi.")
    try:
        results.send(found, by=request.user, seen_version=key_or_none(request.POST.get("version", "")) or 0)
        messages.success(request, "Đã gửi kết quả.")
    except Refused as refused:
        messages.error(request, _told(refused))
    return redirect("result", found.pk)


def _give_back(request, found):
    refuse_stranger(request, found.review.campaign)
    form = ReturnForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            results.give_back(found, by=request.user, reason=typed["reason"], seen_version=typed["version"] or 0)
            messages.success(request, "Đã trả lại kèm lý do.")
            return redirect("review", found.review_id)
        except Refused as refused:
            form.add_error(refused.field, _told(refused))
    return _result_page(request, found, form)


def _told(refused):
    """Why a step was not taken, in words for the top of a page."""
    if isinstance(refused, Stale):
        return f"{refused} Hãy đọc lại bản mới rồi bấm lại."
    return str(refused)

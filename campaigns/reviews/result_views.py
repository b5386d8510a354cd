"""What a unit reports at a review of a campaign: written, sent, read, returned with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from documents.uploads.thumbnails import PICTURES

from ..joinings.actions import OF_RESULT, SEND_RESULT, told_to
from ..joinings.views import campaign_or_404
from . import results
from .forms import ResultForm
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


def _result_page(request, found, refused=None):
    """The page of a result, with what kept a step from being taken as it was typed."""
    reached = dict(found.figures.order_by().values_list("goal", "reached"))
    files = list(found.files.select_related("upload"))
    steps = {step.what: form for step, form in offers(results.STEPS, found, request.user, refused)}
    context = {
        "campaign": found.review.campaign,
        "review": found.review,
        "joining": found.joining,
        "result": found,
        "lines": [Line(goal, reached.get(goal.pk)) for goal in found.joining.goals.all()],
        "pictures": [row for row in files if row.upload.extension in PICTURES],
        "papers_kept": [row for row in files if row.upload.extension not in PICTURES],
        "faults": results.faults_of(found) if SEND_RESULT in steps else [],
        "steps": steps,
        "changes": told_to(request.user, found.joining).filter(what__in=OF_RESULT),
        "area": "campaigns",
        "tab": "reviews",
    }
    status = 422 if refused and refused.errors else 200
    return render(request, "campaigns/reviews/result.html", context, status=status)


# What is returned is the unit's own again: whoever returned it is led to the review.
result_step = step_view(results.STEPS, _result, _result_page, onward=lambda row: row.review if row.sent_at else row)

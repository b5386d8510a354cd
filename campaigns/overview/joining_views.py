"""The page of one registration: what the unit registered, and what it reported at each review."""

from django.shortcuts import render

from ..joinings import actions as acts
from ..joinings.views import find
from ..reviews.models import Review
from ..reviews.results import fault_of_time, results_for


def joining(request, pk):
    """What a unit registered, and what it reported at each review."""
    found = find(request, pk)
    is_own = found.is_kept_by(request.user)
    rows = results_for(request.user).filter(joining=found).prefetch_related("figures")
    results = {row.review_id: row for row in rows}
    reviews = list(found.campaign.reviews.all())
    for row in reviews:
        row.result = results.get(row.pk)
        sent = row.result is not None and row.result.sent_at is not None
        row.may_report = is_own and not sent and not fault_of_time(row, found.campaign)
        row.is_stopped = row.state == Review.State.STOPPED
    figures = {row.pk: {one.goal_id: one.reached for one in row.figures.all()} for row in results.values()}
    shown = [row for row in reviews if row.result]
    goals = [(goal, [figures[row.result.pk].get(goal.pk) for row in shown]) for goal in found.goals.all()]
    context = {
        "joining": found,
        "campaign": found.campaign,
        "reviews": reviews,
        "shown": shown,
        "goals": goals,
        "may_edit": acts.change.may(found, request.user),
        "may_withdraw": acts.withdraw.may(found, request.user),
        "changes": acts.told_to(request.user, found),
        "area": "campaigns",
        "tab": "joinings",
    }
    return render(request, "campaigns/joinings/joining.html", context)

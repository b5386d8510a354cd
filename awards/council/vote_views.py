"""Votes: a member's on the phone, those on paper of one member, sums of secret ones on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.pages import form_page
from units.text import key_or_none

from . import actions
from .models import Seat
from .rules import seat_of, seats_of
from .views import FRAME, find
from .vote_forms import SumsForm, VotesForm


def _refused(request, step, found):
    """Why ``step`` cannot be taken, told at the top of the meeting's page; None where it can."""
    if told := step.stranger(found, request.user):
        raise PermissionDenied(told)
    if told := step.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    return None


@never_cache
@sensitive_post_parameters()
def vote(request, pk):
    """Vote as a member: each item, or all at once; then a look at it, then once for all. It never stands in an address."""
    found = find(request, pk)
    if answer := _refused(request, actions.vote, found):
        return answer
    return _ballot(
        request, found, seat_of(found, request.user), lambda votes: actions.vote(found, by=request.user, votes=votes)
    )


@never_cache
@sensitive_post_parameters()
def enter(request, pk):
    """Enter what the member of a seat voted on paper, in an open vote."""
    seat = get_object_or_404(Seat.objects.select_related("member__recipient"), pk=pk)
    found = find(request, seat.meeting_id)
    if answer := _refused(request, actions.enter, found):
        return answer
    return _ballot(
        request, found, seat, lambda votes: actions.enter(found, by=request.user, seat=seat, votes=votes), on_paper=True
    )


def _ballot(request, found, seat, act, on_paper=False):
    form = VotesForm(request.POST if request.method == "POST" else None, meeting=found, seat=seat)
    step = request.POST.get("step")
    # Back from the look at it, or on to another part: what was chosen goes along, what is left is asked for later.
    if request.method != "POST" or step == "back" or form.turned_to(request.POST.get("to", "")):
        form.is_bound = False
        return _show(request, "vote", found, seat, form, on_paper)
    if form.is_valid():
        if step == "cast":
            return _cast(request, found, seat, lambda: act(form.votes), on_paper)
        return _show(request, "confirm", found, seat, form, on_paper)
    return _show(request, "vote", found, seat, form, on_paper, status=422)


def _cast(request, found, seat, act, on_paper):
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    if on_paper:
        messages.success(request, f"Đã ghi phiếu giấy của {seat.member.name}.")
    else:
        messages.success(request, f"Đã bỏ phiếu.{' Phiếu được giữ kín.' if found.is_secret else ''}")
    return redirect(found)


def _show(request, page, found, seat, form, on_paper, status=200):
    context = FRAME | {"meeting": found, "seat": seat, "form": form, "own": form.own, "on_paper": on_paper}
    return render(request, f"awards/council/{page}.html", context, status=status)


def _enter_sums(found, user, form):
    """Where something of another part is refused, that part is to be shown."""
    try:
        actions.enter_sums(found, by=user, **form.typed())
    except Refused as refused:
        form.refused = refused
        raise


def _at_fault(form):
    """The form with the part before the eyes in which something was refused."""
    refused = getattr(form, "refused", None)
    part = form.part_of((refused and refused.field) or "")
    if part == form.part:
        return form
    other = form.shown(part)
    if other.is_valid():
        other.add_error(refused.field, str(refused))
    return other


def _sums_page(request, found, form, status=None):
    answer = form_page(
        request, form, "Ghi phiếu giấy", template="awards/council/sums.html", up=found, back=found, meeting=found,
        seats=seats_of(found), **FRAME,
    )  # fmt: skip
    answer.status_code = status or answer.status_code
    return answer


def enter_sums(request, pk):
    """Enter secret votes on paper, as sums, a long agenda part by part."""
    found = find(request, pk)
    if answer := _refused(request, actions.enter_sums, found):
        return answer
    form = SumsForm(request.POST or None, meeting=found)
    if request.method != "POST":
        return _sums_page(request, found, form)
    asked = request.POST.get("to", "")
    part = key_or_none(asked)
    if part is not None and form.is_part_right:
        return _sums_page(request, found, form.shown(part), status=200)
    if not asked and form.is_valid() and accepted(form, lambda: _enter_sums(found, request.user, form)):
        messages.success(request, f"Đã ghi {len(form.cleaned_data['seats'])} phiếu giấy.")
        return redirect(found)
    return _sums_page(request, found, _at_fault(form))

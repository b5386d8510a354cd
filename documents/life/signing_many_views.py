"""The desk's pages on which many papers are signed together: each is shown and ticked, one key is chosen."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from units.columns import chosen_keys
from units.permissions import writers_only

from ..register.numbers import refuse_to_come
from ..steps.accepting import accepted
from . import signing_many as many
from .forms import KeyForm

# How many are shown; the rest follows when these are done.
SHOWN = 200


class ManyForm(KeyForm):
    """One key for all, and the day of the papers where they are issued."""

    day = forms.DateField(label="Ngày văn bản", initial=timezone.localdate)
    field_order = ["day"]

    def __init__(self, *args, way, **kwargs):
        super().__init__(*args, **kwargs)
        if not way.needs_day:
            del self.fields["day"]


@writers_only
def page(request, what):
    """Sign, or number and stamp, those that are ticked."""
    way, user = many.WAYS[what], request.user
    if user.role not in way.roles:
        raise Http404
    waiting = way.waiting(user, timezone.localdate()).with_names().select_related("signer__official")
    form = ManyForm(request.POST or None, request.FILES or None, user=user, way=way)
    chosen = chosen_keys(request.POST, "chon")
    if request.method == "POST" and form.is_valid():
        made = _taken(request, way, waiting.filter(pk__in=chosen), form)
        if made:
            return redirect(*made)
    number = waiting.count()
    context = {
        "way": way,
        "form": form,
        "papers": waiting[:SHOWN],
        "number": number,
        "shown": SHOWN,
        "chosen": chosen,
        "area": "documents",
    }
    return render(request, "documents/life/sign_many.html", context, status=422 if form.errors else 200)


def _taken(request, way, papers, form):
    """Where it leads, as ``redirect`` takes it; None where the form says what was wrong."""
    papers, made = list(papers), []
    if not papers:
        form.add_error(None, "Hãy xem và đánh dấu ít nhất một văn bản trong danh sách.")
        return None

    def act():
        facts = {"by": request.user, "day": form.cleaned_data.get("day")}
        if facts["day"]:
            refuse_to_come(facts["day"])
        with form.opened() as key:
            outcome = many.take_few(way, papers, key, **facts) if len(papers) <= many.AT_ONCE else None
        # The key opens: a worker will not find that out in the place of the person.
        made.append(outcome or many.ask(way, papers, form.material(), back=request.path, **facts))

    if not accepted(form, act):
        return None
    if isinstance(made[0], many.Outcome):
        _tell(request, way, made[0])
        return (way.what,)
    return (made[0],)


def _tell(request, way, outcome):
    """What became of each paper."""
    if outcome.done:
        told = "; ".join(f"{many.called(paper)}, {how}" for paper, how in outcome.done)
        messages.success(request, f"{way.done} {len(outcome.done)} văn bản: {told}.")
    for paper, why in outcome.refused:
        messages.error(request, f"{many.called(paper)}: {why}")

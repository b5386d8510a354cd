"""The desk's pages about the life of a paper: reading it, its next step, issuing it, and what takes its place."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.permissions import may_write, writers_only

from ..areas.papers import facts_about
from ..duties.page import context_for
from ..duties.receivers import receivers_of, receivers_on
from ..envelopes.rules import may_send
from ..papers.models import Document, IssuedCopy
from ..printing.views import find, to_look_at
from ..register.models import NumberSeries
from ..register.numbers import latest_elsewhere, next_number, open_series
from ..scans.actions import may_attach
from ..signing.files import look_at
from ..signing.signers import stamp_of
from ..steps.accepting import accepted
from ..steps.pages import offers, step_view
from ..uploads import keep
from ..uploads.models import Upload
from . import actions as moves
from . import marking
from .forms import IssueForm, SignedForm, StampForm
from .issuing import issue
from .signing_many import to_stamp

# While a draft is on its way to the body that signs it.
WITH_A_SLIP = (Document.State.AGREED, Document.State.PRESENTED)


def read(request, document, refused=None):
    """A paper as pages, with its life and the steps that this person may take. ``refused``: a step's form with errors.

    What went on inside the unit that wrote it is shown to that unit alone.
    """
    user = request.user
    steps = offers(moves.STEPS, document, user, refused)
    own = document.is_of(user)
    if document.state in Document.PENDING:
        # Asked once for what is to be looked at again and for who will get it.
        prefetch_related_objects([document], "addressees", "duties")
    context = {
        "document": document,
        "is_own": own,
        "steps": steps,
        "about": facts_about(document, user),
        # What the paper waits for stands at the head of the page too.
        "main": steps[0] if steps and steps[0][1].look == "primary" else None,
        "presented": moves.presented(document) if document.is_ours else None,
        "may_see_slip": document.is_ours and document.state in WITH_A_SLIP,
        "moves": moves.history(document) if own and document.is_ours else (),
        "effects": document.effects.select_related("target__type"),
        "affected_by": document.affected_by.holding(),
        "pending": document.affected_by.pending() if own else (),
        "may_correct": _may_correct(document, user),
        "may_copy": document.is_ours and may_write(user),
        "may_send": may_send(document, user),
        "warnings": to_look_at(document, user)
        if (own or steps) and document.is_ours and not document.is_frozen
        else [],
        "signed": _files(document, user, Upload.Kind.SIGNED),
        "looked_issued": document.looked.filter(upload=None).prefetch_related("signatures")
        if document.is_frozen
        else (),
        "signed_pages": moves.signed_pages(document) if document.state == Document.State.APPROVED else None,
        "signed_form": _signed_form(document, user),
        "beside": _beside(document, user),
        "may_mark": marking.may_mark(document, user),
        "may_attach_apart": marking.may_attach_apart(document, user),
        # Whoever hands in, approves and issues sees who will get it.
        "receivers": receivers_of(document) if (own or steps) and document.state in Document.PENDING else None,
        "area": "documents",
    }
    context |= context_for(document, user)
    named = [*(row.paper_id for row in context["affected_by"]), *(row.target_id for row in context["effects"])]
    context["open_to"] = set(Document.objects.open_to(user).filter(pk__in=named).values_list("pk", flat=True))
    kept = IssuedCopy.objects.filter(document=document).values("sha256", "is_scan").first()
    context |= kept or {}
    return render(request, "documents/life/read.html", context, status=422 if refused else 200)


def _files(document, user, *kinds):
    """The files of ``kinds`` that this person sees, with what was seen of their signatures."""
    rows = document.uploads.filter(kind__in=kinds).standing_for(user)
    return rows.select_related("by", "withdrawn_by", "erased_by", "looked").prefetch_related("looked__signatures")


def _beside(document, user):
    """What the body signed beside the paper: texts in other files, and copies."""
    return _files(document, user, Upload.Kind.ATTACHED, Upload.Kind.COPY) if document.state in Document.FROZEN else ()


def _signed_form(document, user, *data):
    """The form that adds the signed copy of an issued paper: for those who issue."""
    return SignedForm(*data) if document.is_ours and may_attach(document, user) else None


def _may_correct(document, user):
    """Whether ``user`` may begin what replaces or recalls an issued paper."""
    issued = document.is_ours and document.state == Document.State.ISSUED
    return issued and document.is_of(user) and may_write(user)


_take = step_view(moves.STEPS, find, read)


@writers_only
def step(request, pk):
    """Take one step. Who gave a paper back has done with it: on to what else waits."""
    answer = _take(request, pk)
    gave_back = request.POST.get("act") == moves.give_back.what and answer.status_code == 302
    return redirect("home") if gave_back else answer


@writers_only
def issue_page(request, pk):
    """Number, day, whom it goes to; then the paper is fixed."""
    document = find(request, pk)
    if not moves.issue.may(document, request.user):
        messages.error(request, f"Văn bản đang ở bước «{document.get_state_display()}», chưa đến lượt bạn phát hành.")
        return redirect(document)
    day = IssueForm.day_typed(request.POST or request.GET)
    form = IssueForm(request.POST or None, request.FILES or None, initial={"version": document.version, "day": day})
    signed = moves.signed_pages(document)
    stamp_form = _stamp_form(request, document) if signed else None
    forms = [form, stamp_form] if stamp_form else [form]
    # Each is judged, whatever is wrong with the other.
    judged = [one.is_valid() for one in forms]
    if all(judged) and _issued(request, document, *forms):
        return redirect(document)
    context = {
        "document": document,
        "form": form,
        "signed_pages": signed,
        "stamp_form": stamp_form,
        "others": to_stamp(request.user, timezone.localdate()).count() - 1 if stamp_form else 0,
        "area": "documents",
    }
    context |= _before_issuing(document, request.user, day)
    wrong = any(one.errors for one in forms)
    return render(request, "documents/life/issue.html", context, status=422 if wrong else 200)


def _stamp_form(request, document):
    """How the body signs pages that its leader signed; None where the office keeps no picture of its stamp."""
    if stamp_of(document) is None:
        return None
    return StampForm(request.POST or None, request.FILES or None, user=request.user, prefix="dau")


def _issued(request, document, form, stamp_form=None) -> bool:
    """Whether the paper was issued; what kept it from being so stands beside the field."""
    typed = form.cleaned_data
    stamp = stamp_form.stamp() if stamp_form else None

    def act():
        facts = {"wanted": typed["number"], "seen_version": typed["version"], "signed": typed["files"], "stamp": stamp}
        done = issue(document, by=request.user, day=typed["day"], **facts)
        messages.success(request, f"Đã phát hành số {done.reference}, ngày {done.date_text}.")

    return accepted(form, act, *filter(None, [stamp_form]))


def _before_issuing(document, user, day):
    """What the clerk looks at first: the next number, and the units that each addressee means on ``day``."""
    context = {"warnings": to_look_at(document, user), "effects": document.effects.select_related("target__type")}
    context["receivers"] = receivers_on(document, day)
    series = open_series(document.issuer_unit, NumberSeries.Direction.OUT, document.type)
    if series is None:
        of_body = NumberSeries.objects.filter(issuer=document.issuer_unit, direction=NumberSeries.Direction.OUT)
        return context | ({"no_series": True} if of_body.filter(types=None).exists() else {"next_number": 1})
    counter = series.years.filter(year=day.year).first()
    following = next_number(series, day.year, document.symbol)
    elsewhere = latest_elsewhere(document.issuer_unit, day)
    return context | {
        "elsewhere": elsewhere if elsewhere >= following else None,
        "series": series,
        "counter": counter,
        "next_number": following,
    }


def _keep_signed(document, files, user):
    """Keep the signed copies beside the bytes that were issued."""
    for file in files:
        look_at(keep(file, by=user, kind=Upload.Kind.SIGNED, document=document))


@require_POST
@writers_only
def add_signed(request, pk):
    """Add the signed copy after the paper was issued; the paper itself stays as it is."""
    document = find(request, pk)
    form = _signed_form(document, request.user, request.POST, request.FILES)
    if form is None:
        raise Http404
    if form.is_valid():
        _keep_signed(document, form.cleaned_data["files"], request.user)
        messages.success(request, "Đã gắn bản đã ký.")
    else:
        messages.error(request, " ".join(form.errors["files"]))
    return redirect(document)

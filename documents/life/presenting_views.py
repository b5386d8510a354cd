"""The desk's pages for a paper that another body signs: it goes there with its slip, and comes back with number and scan."""

from django.contrib import messages
from django.shortcuts import redirect, render

from units.permissions import writers_only

from ..duties.receivers import receivers_of, receivers_on
from ..printing.showing import asked_way, made_pdf
from ..printing.views import find, to_look_at
from ..source.paper import PaperRefused
from ..steps.accepting import accepted
from ..steps.pages import step_page
from . import actions as moves
from .forms import IssueForm, RecordForm
from .presenting import slip_of
from .recording import record


def slip(request, pk):
    """The slip that goes with the draft, as PDF."""
    document = find(request, pk)
    if not document.is_ours or document.is_frozen:
        messages.error(request, "Phiếu trình chỉ lập cho dự thảo. Văn bản này đã ban hành.")
        return redirect(document)
    name, how = f"phieu-trinh-{document.pk}", asked_way(request)
    try:
        return made_pdf(request, lambda: slip_of(document, user=request.user), name, document, how=how)
    except PaperRefused as refused:
        for fault in refused.faults:
            messages.error(request, f"Chưa lập được phiếu trình: {fault.message}.")
        return redirect(document)


def _before_presenting(request, document):
    return {"document": document, "warnings": to_look_at(document, request.user), "area": "documents"}


# To whom and on which day the draft went out to be signed.
present_page = writers_only(
    step_page(moves.present, find, frame=_before_presenting, template="documents/life/present.html")
)


@writers_only
def record_page(request, pk):
    """The number and the day that the body gave, and the signed scan; then the paper is fixed and delivered."""
    document = find(request, pk)
    if told := moves.record.stranger(document, request.user) or moves.record.untimely(document, request.user):
        messages.error(request, told)
        return redirect(document)
    form = RecordForm(request.POST or None, request.FILES or None, initial={"version": document.version})
    if request.method == "POST" and form.is_valid() and _recorded(request, document, form):
        return redirect(document)
    typed = request.POST or request.GET
    receivers = receivers_on(document, IssueForm.day_typed(typed)) if "day" in typed else receivers_of(document)
    context = {"document": document, "form": form, "presented": moves.presented(document), "receivers": receivers}
    context["area"] = "documents"
    return render(request, "documents/life/record.html", context, status=422 if form.errors else 200)


def _recorded(request, document, form) -> bool:
    """Whether the paper was issued; what kept it from being so stands beside the field."""
    typed = form.cleaned_data
    (scan,) = typed["files"]

    def act():
        facts = {"reference": typed["reference"], "day": typed["day"], "seen_version": typed["version"]}
        done = record(document, by=request.user, scan=scan, **facts)
        messages.success(request, f"Đã ghi số {done.reference}, ngày {done.date_text} và chuyển văn bản đến nơi nhận.")

    return accepted(form, act)

"""The desk's pages for a paper that another body signs: it goes there with its slip, and comes back with number and scan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from units.permissions import writers_only

from ..papers.models.parts import Move
from ..papers.showing import find, to_look_at
from ..register.numbers import NumberRefused
from ..source.paper import PaperRefused
from ..steps.refusing import Refused
from ..typesetting.apart import NotSet
from ..typesetting.pdf import PackagesMissing
from ..uploads import UploadRefused
from .forms import IssueForm, PresentForm, RecordForm
from .moves import may
from .presenting import present, presented, slip_of
from .receivers import receivers_of, receivers_on
from .recording import record


def _refused(request, act, document):
    """Whether this person may not take ``act`` now; says so."""
    if may(act, document, request.user):
        return False
    messages.error(
        request, f"Văn bản đang ở bước «{document.get_state_display()}», chưa đến lượt bạn «{act.label.lower()}»."
    )
    return True


def slip(request, pk):
    """The slip that goes with the draft, as PDF."""
    document = find(request, pk)
    if not document.is_ours or document.is_frozen:
        messages.error(request, "Phiếu trình chỉ lập cho dự thảo. Văn bản này đã ban hành.")
        return redirect(document)
    try:
        content = slip_of(document, user=request.user)
    except PaperRefused as refused:
        for fault in refused.faults:
            messages.error(request, f"Chưa lập được phiếu trình: {fault.message}.")
        return redirect(document)
    except (PackagesMissing, NotSet) as why:
        messages.error(request, str(why))
        return redirect(document)
    inline = "inline" if request.GET.get("xem") else "attachment"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{inline}; filename="phieu-trinh-{document.pk}.pdf"'
    return response


@writers_only
def present_page(request, pk):
    """To whom and on which day the draft went out to be signed."""
    document = find(request, pk)
    if _refused(request, Move.Act.PRESENT, document):
        return redirect(document)
    initial = {"version": document.version, "to_whom": document.issuer_name}
    form = PresentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            facts = {"day": typed["day"], "to_whom": typed["to_whom"], "seen_version": typed["version"]}
            present(document, by=request.user, **facts)
        except Refused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, f"Đã ghi: trình {typed['to_whom']} ngày {typed['day']:%d/%m/%Y}.")
            return redirect(document)
    context = {"document": document, "form": form, "warnings": to_look_at(document, request.user), "area": "documents"}
    return render(request, "documents/life/present.html", context, status=422 if form.errors else 200)


@writers_only
def record_page(request, pk):
    """The number and the day that the body gave, and the signed scan; then the paper is fixed and delivered."""
    document = find(request, pk)
    if _refused(request, Move.Act.RECORD, document):
        return redirect(document)
    form = RecordForm(request.POST or None, request.FILES or None, initial={"version": document.version})
    if request.method == "POST" and form.is_valid() and _recorded(request, document, form):
        return redirect(document)
    typed = request.POST or request.GET
    receivers = receivers_on(document, IssueForm.day_typed(typed)) if "day" in typed else receivers_of(document)
    context = {"document": document, "form": form, "presented": presented(document), "receivers": receivers}
    context["area"] = "documents"
    return render(request, "documents/life/record.html", context, status=422 if form.errors else 200)


def _recorded(request, document, form) -> bool:
    """Whether the paper was issued; what kept it from being so stands beside the field."""
    typed = form.cleaned_data
    (scan,) = typed["files"]
    facts = {"reference": typed["reference"], "day": typed["day"], "seen_version": typed["version"]}
    try:
        done = record(document, by=request.user, scan=scan, **facts)
    except NumberRefused as refusal:
        form.add_error("day" if refusal.is_day else "reference", str(refusal))
    except UploadRefused as refusal:
        form.add_error("files", str(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, f"Đã ghi số {done.reference}, ngày {done.date_text} và chuyển văn bản đến nơi nhận.")
        return True
    return False

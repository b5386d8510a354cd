"""What a pact promised set against what was reached: the page, its list, and what one party tells of itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from documents.steps.accepting import accepted
from units.excel_out import excel, heading_for
from units.permissions import may_oversee

from . import parties as telling
from .forms import PaperResultsForm, ResultsForm
from .models import PactFile
from .results import Sum, sums_of
from .rules import own_parties
from .views import find, frame, party_or_404

COLUMNS = [
    ("Nội dung", lambda row: row.target.content),
    ("Đơn vị tính", lambda row: row.target.measure),
    ("Đơn vị", lambda row: _who(row)),
    ("Chỉ tiêu", lambda row: row.planned),
    ("Kết quả", lambda row: row.reached),
    ("Tỷ lệ (%)", lambda row: row.percent),
    ("Ghi chú", lambda row: "" if isinstance(row, Sum) else row.note),
]


def _who(row) -> str:
    if isinstance(row, Sum):
        return "Bình quân" if row.target.is_share else "Cộng"
    return str(row.party)


def results(request, pk):
    """All parties for the department and who keeps the pact, the own party for others; with ``?xuat=xlsx`` as a list."""
    found = find(request, pk)
    own = own_parties(found, request.user)
    parties = _shown(found, request.user, own)
    papers = found.files.visible_to(request.user).filter(about=PactFile.About.RESULTS, void=False)
    sums = sums_of(found, parties)
    if request.GET.get("xuat") == "xlsx":
        rows = [row for total in sums for row in (*total.lines, *([total] if len(parties) > 1 else ()))]
        heading = heading_for(request.user, f"Kết quả thực hiện {found}", f"Năm {found.division.year}")
        return excel(f"ket-qua-giao-uoc-{found.division.year}", COLUMNS, rows, heading)
    context = frame(request, found) | {
        "sums": sums,
        "several": len(parties) > 1,
        "told": len({line.party.pk for total in sums for line in total.told}),
        "parties": parties,
        "own": own,
        "to_report": [row for row in found.all_parties if telling.may_tell(row, request.user)],
        "papers": papers.select_related("upload__by", "party__membership__unit"),
    }
    return render(request, "clusters/pacts/results.html", context)


def _shown(pact, user, own):
    """The parties whose results this person may see. A party sees its own."""
    rows = pact.all_parties if may_oversee(user) or pact.is_kept_by(user) else own
    return [row for row in rows if not row.excuse]


def report(request, pk, party):
    """What one party reached, told by itself or from its paper."""
    found = find(request, pk)
    row = party_or_404(found, party)
    if not telling.may_tell(row, request.user):
        raise PermissionDenied("Mỗi bên chỉ ghi kết quả của mình, sau khi các bên đã ký đủ giao ước.")
    by_itself = telling.report.may(row, request.user)
    step, kind = (telling.report, ResultsForm) if by_itself else (telling.report_on_paper, PaperResultsForm)
    form = kind(request.POST or None, request.FILES or None, party=row, targets=list(found.targets.all()))
    if form.is_valid() and accepted(form, lambda: step(row, by=request.user, **form.typed())):
        messages.success(request, f"Đã lưu kết quả của {row}.")
        return redirect("pact_results", pk)
    context = frame(request, found) | {"party": row, "form": form}
    return render(request, "clusters/pacts/report.html", context, status=422 if form.errors else 200)

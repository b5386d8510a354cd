"""What a pact promised set against what was reached: the page, its list, and what one party tells of itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from clusters import pact_parties, pacts
from clusters.pact_forms import ResultsForm
from clusters.pact_results import Sum, sums_of
from documents.views.accepting import accepted
from units.excel_out import excel, heading_for
from units.permissions import may_oversee

from .pacts import find, frame, party_or_404

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
    own = pacts.own_party(found, request.user)
    parties = _shown(found, request.user, own)
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
        "may_report": own is not None and pact_parties.may_report(own, request.user),
    }
    return render(request, "clusters/pact_results.html", context)


def _shown(pact, user, own):
    """The parties whose results this person may see. A party sees its own."""
    rows = pact.parties.filter(excuse="").select_related("membership__unit")
    if may_oversee(user) or pact.is_kept_by(user):
        return list(rows)
    return [own] if own and not own.excuse else []


def report(request, pk, party):
    """What one party reached, told by itself."""
    found = find(request, pk)
    row = party_or_404(found, party)
    if not pact_parties.may_report(row, request.user):
        raise PermissionDenied("Mỗi bên chỉ ghi kết quả của mình, sau khi các bên đã ký đủ giao ước.")
    form = ResultsForm(request.POST or None, party=row, targets=list(found.targets.all()))
    if form.is_valid() and _reported(request, row, form):
        messages.success(request, f"Đã lưu kết quả của {row}.")
        return redirect("pact_results", pk)
    context = frame(request, found) | {"party": row, "form": form}
    return render(request, "clusters/pact_report.html", context, status=422 if form.errors else 200)


def _reported(request, party, form) -> bool:
    """Whether the results were stored."""
    seen = form.cleaned_data["version"]
    return accepted(form, lambda: pact_parties.report(party, form.results(), by=request.user, seen_version=seen))

"""The statistical form on campaigns: page, Excel, PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from campaigns.figures import figures, scope_words
from documents.typesetting.pdf import PackagesMissing
from documents.typesetting.reports import table_pdf
from units.excel_out import excel, heading_for

FIRST_YEAR = 2000
HEADS = ["Tổng số", "Chuyên đề", "Thường xuyên"]


def campaign_figures(request, year=None):
    """The form of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give the same figures as files."""
    this_year = timezone.localdate().year
    year = this_year if year is None else year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise Http404
    found = figures(request.user, year)
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, "Số phong trào thi đua", *_notes(request, found))
        return excel(f"so-phong-trao-{year}", _columns(), _lines(found), heading)
    if request.GET.get("xuat") == "pdf":
        return _print(request, found)
    context = {
        "figures": found,
        "year": year,
        "scope": scope_words(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "heads": HEADS,
        "area": "campaigns",
        "tab": "figures",
    }
    return render(request, "campaigns/figures.html", context)


def _lines(found):
    """The rows of the files: (number, label, all, themed, regular); headings have no figures."""
    yield ("1", found.total.label, *_counts(found.total))
    for number, part in enumerate(found.parts, start=2):
        yield (str(number), part.heading, "", "", "")
        for place, line in enumerate(part.lines, start=1):
            yield (f"{number}.{place}", line.label, *_counts(line))


def _counts(line):
    return line.total, line.themed, line.regular


def _columns():
    heads = ["Mã số", "Phong trào thi đua", *HEADS]
    return [(head, lambda row, place=place: row[place]) for place, head in enumerate(heads)]


def _notes(request, found):
    """What stands above the table: of whom, by which form, what is not in it."""
    yield f"Năm {found.year}; tính đến ngày {timezone.localdate():%d/%m/%Y}"
    yield f"Phạm vi số liệu: {scope_words(request.user)}"
    if found.form:
        yield f"Biểu {found.form.number} ({found.form.circular})" + (
            "" if found.form.is_certain else " – cần kiểm tra lại"
        )
    if found.over:
        yield f"Không tính {len(found.over)} phong trào đã dừng hoặc được thay thế"
    if found.postponed:
        yield f"Trong đó có {len(found.postponed)} phong trào đang hoãn"


def _print(request, found):
    """The form on paper."""
    try:
        content = table_pdf(
            title="SỐ PHONG TRÀO THI ĐUA",
            subtitle_lines=list(_notes(request, found)),
            columns=[("Mã số", 12), ("Phong trào thi đua", 80), *((head, 25) for head in HEADS)],
            rows=_lines(found),
        )
    except PackagesMissing as missing:
        messages.error(request, str(missing))
        return redirect("campaign_figures", found.year)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="so-phong-trao-{found.year}.pdf"'
    return response

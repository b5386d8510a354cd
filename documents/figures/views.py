"""A statistical form as a file that is taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from documents.typesetting.pdf import PackagesMissing
from units.excel_out import EXCEL

from .excel import workbook
from .papers import pdf


def exported(request, found, name):
    """What ``?xuat=xlsx`` and ``?xuat=pdf`` give of a form that is filled in, as ``name``; None where neither is asked for."""
    if request.GET.get("xuat") == "xlsx":
        return _file(workbook(found, request.user), EXCEL, f"{name}.xlsx")
    if request.GET.get("xuat") == "pdf":
        try:
            return _file(pdf(found, request.user), "application/pdf", f"{name}.pdf")
        except PackagesMissing as missing:
            messages.error(request, str(missing))
            return redirect(request.path)
    return None


def _file(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

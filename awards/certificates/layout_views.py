"""Pages on which layouts and printers are set."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.pages import form_page
from units.permissions import may_keep_store, store_keepers_only, store_only

from ..catalogue.book import called
from ..log import About
from . import drafting, making
from .drawing import drawing
from .forms import LayoutForm, PrinterForm, fields_of
from .models import Layout, LayoutField, Printer
from .views import FRAME

_PAPERS = {"a4": (297, 210), "a3": (420, 297), "400": (400, 300)}


@store_only
def layouts(request):
    """All layouts, and the printers."""
    rows = Layout.objects.prefetch_related("types").select_related("emblem", "scan")
    context = FRAME | {
        "layouts": [(row, ", ".join(called(one) for one in row.types.all())) for row in rows],
        "printers": Printer.objects.all(),
        "keeps": may_keep_store(request.user),
        "sees_store": True,
    }
    return render(request, "awards/certificates/layouts.html", context)


def _find(pk) -> Layout:
    return get_object_or_404(Layout.objects.select_related("scan", "emblem"), pk=pk)


@store_keepers_only
def layout(request, pk):
    """A layout: its facts, its fields on the picture of the blank or by millimetres."""
    return _layout_page(request, _find(pk))


@store_keepers_only
def new_layout(request):
    """A layout that is begun; ``?tu=`` begins as another one, else with the fields of the first."""
    like = Layout.objects.filter(pk=_key(request.GET.get("tu", ""))).first()
    return _layout_page(request, Layout(), like=like)


def _key(word):
    return int(word) if word.isdecimal() and len(word) < 10 else None


def _layout_page(request, found, like=None):
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = None if found.pk or like else Layout.objects.first()
    form = LayoutForm(data, files, instance=found, initial={} if found.pk else _like(like, first))
    rows = fields_of(found if found.pk else like or first or found, data)
    if (
        data is not None
        and form.is_valid()
        and rows.is_valid()
        and rows.on_sheet(form.instance.width, form.instance.height)
    ):
        typed = form.cleaned_data

        def act():
            return drafting.save_layout(
                form.instance, typed["types"], rows.kept(), by=request.user, seen=form.seen, pictures=form.pictures()
            )

        if accepted(form, act):
            messages.success(request, "Đã lưu mẫu in. Hãy mở «In thử mẫu» xem trước khi in.")
            return redirect("layout", form.instance.pk)
    if rows.is_bound and not rows.is_valid() and not form.errors:
        form.add_error(None, "Có ô chưa đúng. Hãy xem dòng có chữ đỏ ở dưới.")
    elif rows.is_bound and any(row.errors for row in rows.forms) and not form.errors:
        form.add_error(None, "Có ô ra ngoài tờ giấy. Hãy sửa các số đo có chữ đỏ ở dưới.")
    has_no_emblem = bool(found.pk) and found.frame != Layout.Frame.NONE and not found.emblem
    context = FRAME | {
        "form": form,
        "lines": rows,
        "layout": found,
        "has_no_emblem": has_no_emblem,
        "is_open": has_no_emblem or not found.pk or bool(form.errors),
        "changes": history_of(About.LAYOUT, found.pk)[:20] if found.pk else (),
        "sees_store": True,
    }
    return render(request, "awards/certificates/layout.html", context, status=422 if form.errors else 200)


def _like(other, first):
    """What a layout that is begun as ``other`` has; without one the size of the ``first``, whose fields it has."""
    if not other:
        return {name: getattr(first, name) for name in ("width", "height")} if first else {}
    names = ("whom", "since", "until", "width", "height", "frame")
    return {"types": list(other.types.all())} | {name: getattr(other, name) for name in names}


@store_only
def layout_try(request, pk):
    """A sheet of a layout with invented words."""
    try:
        return made_pdf(request, lambda: making.tried(_find(pk)), f"mau-{pk}", "layout", pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("layout", pk)


@store_only
def layout_drawing(request, pk):
    """What is drawn on plain paper, below the fields while they are placed."""
    found = _find(pk)
    drawn = drawing(found, found.fields.filter(prints=LayoutField.Prints.EMBLEM).first())
    if not drawn:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


# --- Printers


@store_keepers_only
def new_printer(request):
    """A printer that is begun."""
    return _printer_page(request, Printer())


@store_keepers_only
def printer(request, pk):
    """A printer: by how much it is off."""
    return _printer_page(request, get_object_or_404(Printer, pk=pk))


def _printer_page(request, found):
    form = PrinterForm(request.POST or None, instance=found)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and accepted(form, lambda: drafting.save_printer(form.instance, by=request.user, seen=form.seen)):
        messages.success(request, "Đã lưu máy in. Hãy in lại tờ căn để kiểm tra.")
        return redirect("layouts")
    title = found.name if found.pk else "Thêm máy in"
    return form_page(
        request, form, title, template="awards/certificates/printer.html", back="layouts", printer=found, **FRAME
    )


@store_only
def calibrate(request, pk):
    """The calibration sheet of a printer, ``?kho=a4``, ``a3``, ``400``, or of a layout ``?mau=``."""
    found = get_object_or_404(Printer, pk=pk)
    size = _PAPERS.get(request.GET.get("kho", "a4"), _PAPERS["a4"])
    if like := Layout.objects.filter(pk=_key(request.GET.get("mau", ""))).first():
        size = like.width, like.height
    return made_pdf(request, lambda: making.calibration(*size, found), f"can-may-in-{pk}", "layouts")

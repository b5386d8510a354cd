"""The desk's pages of the axis: a paper is packed for it, packages come in, a person puts them into the book."""

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.permissions import writers_only

from ..papers.models import Document, DocumentType
from ..printing.views import find
from ..register import actions as registering
from ..register.actions import may_register
from ..register.forms import ArrivalForm, ReceivedForm
from ..steps.accepting import accepted
from ..uploads import UploadRefused, inspect, keep
from ..uploads.models import Upload
from .actions import close, collect, file_name, may_send, pack, package_in, take, waiting_files
from .edxml import NEW
from .filters import PackageFilter
from .forms import PackagesForm, SendForm
from .models import AxisOrgan, AxisPackage, AxisReceiver, AxisState, AxisType


@writers_only
def send(request, pk):
    """A paper onto the axis: to whom, as what; below it what went out, and what came back of it."""
    document = find(request, pk)
    if not may_send(document, request.user):
        raise Http404
    form = SendForm(request.POST or None, document=document)

    def act():
        typed = form.cleaned_data
        made = pack(document, list(typed["organs"]), by=request.user, business=typed["business"],
                    reason=typed["reason"], each=typed["each"])  # fmt: skip
        messages.success(request, f"Đã tạo {len(made)} gói. Tải gói ở dưới, hoặc để hệ thống liên thông lấy ở thư mục.")

    if form.is_valid() and accepted(form, act):
        return redirect("axis", document.pk)
    context = {"document": document, "form": form, "packages": _sent(document), "area": "documents"}
    return render(request, "documents/exchange/send.html", context, status=422 if form.errors else 200)


def _sent(document):
    """The packages of a paper, each receiver with what its system told last, in words."""
    words = dict(AxisState.objects.values_list("code", "words"))
    receivers = AxisReceiver.objects.select_related("organ")
    sent = document.packages.filter(way=AxisPackage.Way.OUT).select_related("by").defer("content")
    rows = list(sent.prefetch_related(Prefetch("receivers", receivers)))
    for one in (one for row in rows for one in row.receivers.all()):
        one.told = words.get(one.state, one.state)
    return rows


def package(request, pk):
    """The file of one package of the own unit."""
    row = get_object_or_404(AxisPackage.objects.filter(unit__in=request.user.inherited_units), pk=pk)
    answer = HttpResponse(bytes(row.content), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(row)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@method_decorator(writers_only, name="dispatch")
class PackageList(OfficeList):
    """Packages that came to the own unit."""

    what = "gói"
    filterset_class = PackageFilter
    template_name = "documents/exchange/packages.html"
    sorts = {"nhan": ["at"]}
    export_name = "goi-lien-thong"
    export_title = "Gói liên thông nhận về"
    columns = [
        Column("Trích yếu", "subject", main=True, clip=True),
        Column("Nơi gửi", "sender", label="Nơi gửi"),
        Column("Nghiệp vụ", "get_business_display", label="Nghiệp vụ"),
        Column("Nhận lúc", "at", sort="nhan", label="Nhận lúc"),
        InFile("Xong lúc", "done_at"),
        OnPage("", lambda row: "", look="text-end"),
    ]
    extra_context = {"area": "books"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = AxisPackage.objects.filter(way=AxisPackage.Way.IN, unit__in=self.request.user.inherited_units)
        self.queryset = rows.select_related("document__type").defer("content")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds how packages are taken in."""
        context = super().get_context_data(**kwargs)
        may_collect = may_register(self.request.user)
        waiting = len(waiting_files()) if may_collect else 0
        return context | {"take_form": kwargs.get("take_form") or PackagesForm(), "waiting": waiting}


@require_POST
@writers_only
def take_package(request):
    """Take in one package that was sent as a file."""
    form = PackagesForm(request.POST, request.FILES)
    if form.is_valid() and accepted(form, lambda: _take(request, form.cleaned_data["file"].read())):
        return redirect("packages")
    for words in form.errors.get("file", []) or form.non_field_errors():
        messages.error(request, words)
    return redirect("packages")


def _take(request, content):
    found = take(content, by=request.user)
    told = "Đã nhận gói. Bấm «Vào sổ» để ghi vào sổ văn bản đến."
    messages.success(request, told if isinstance(found, AxisPackage) else f"Đã ghi trạng thái của {found.organ.name}.")


@require_POST
@writers_only
def collect_packages(request):
    """Take in what lies in the folder."""
    if not may_register(request.user):
        raise Http404
    taken, refused = collect(by=request.user)
    for words in refused[:20]:
        messages.error(request, words)
    messages.success(request, f"Đã lấy {taken} gói từ thư mục.")
    return redirect("packages")


@writers_only
def enter_package(request, pk):
    """Put the paper of a package into the book of arrivals: its facts stand in the form, its files are looked into and kept."""
    rows = AxisPackage.objects.filter(way=AxisPackage.Way.IN, unit__in=request.user.inherited_units, done_at=None)
    row = get_object_or_404(rows, pk=pk)
    found = package_in(row)
    if found.business != NEW:
        return _see_to(request, row, found)
    paper = Document(origin=Document.Origin.RECEIVED, unit=request.user.unit, **_facts(found))
    form = ReceivedForm(request.POST or None, request.FILES or None, instance=paper, user=request.user)
    arrival = ArrivalForm(request.POST or None, prefix="den")
    judged = [form.is_valid(), arrival.is_valid()] if request.method == "POST" else [False]
    if all(judged) and _entered(request, row, found, form, arrival):
        return redirect(form.instance)
    files, told = _files(found)
    context = {
        "heading": f"Vào sổ: {found.reference}",
        "form": form,
        "arrival": arrival,
        "same": form.same,
        "package": found,
        "files": files,
        "refused_files": told,
        "area": "books",
    }
    wrong = bool(form.errors or arrival.errors)
    return render(request, "documents/exchange/enter.html", context, status=422 if wrong else 200)


def _facts(found) -> dict:
    """The facts of a package, as an entry of the register begins with them."""
    known = AxisType.objects.filter(code=found.type_code).select_related("type").first()
    type_ = known.type if known else DocumentType.objects.filter(name__iexact=found.type_name).first()
    organ = AxisOrgan.objects.filter(code=found.sender.code).first()
    day = {"year": found.day.year, "month": found.day.month, "day": found.day.day}
    names = {"issuer_name": (organ.name if organ else found.sender.name)[:200], "signer_name": found.signer[:100]}
    return day | names | {
        "type": type_,
        "reference": found.reference[:60],
        "issuer_unit": organ.unit if organ else None,
        "subject": found.subject[:500],
    }  # fmt: skip


def _entered(request, row, found, form, arrival) -> bool:
    """Whether the paper is in the book with its files; else nothing is."""

    def act():
        registering.receive(form.instance, by=request.user, is_other=form.is_other, **arrival.cleaned_data)
        for file in _files(found)[0]:
            keep(file, by=request.user, kind=Upload.Kind.SCAN, document=form.instance)
        close(row, form.instance)

    with transaction.atomic():
        done = accepted(form, act, arrival)
        if not done:
            transaction.set_rollback(True)
    if done:
        number = form.instance.arrivals.get()
        messages.success(request, f"Đã vào sổ: số đến {number.number:02d}, ngày {number.arrived_on:%d/%m/%Y}.")
    return done


def _files(found):
    """(the files of a package that are taken, a line for each that is not)."""
    taken, told = [], []
    for one in found.files:
        file = ContentFile(one.content, name=one.name)
        try:
            inspect(file)
            taken.append(file)
        except UploadRefused as refused:
            told.append(str(refused))
        file.seek(0)
    return taken, told


def _see_to(request, row, found):
    """A recall, an update, a replacement: what it says, the paper that it is about, and that it was seen to."""
    if request.method == "POST":
        close(row, row.document)
        messages.success(request, "Đã ghi là đã xem và xử lý.")
        return redirect("packages")
    context = {"row": row, "package": found, "files": _files(found)[0], "area": "books"}
    return render(request, "documents/exchange/see_to.html", context)

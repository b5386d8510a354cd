"""The desk's pages of the axis: a paper is packed for it; packages that came, and how they are taken in."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from units.columns import Column, InFile
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import minute, to

from ..deliveries.views import BESIDE
from ..papers.models import Effect
from ..printing.views import find
from ..register.actions import may_register
from ..steps.accepting import accepted, attempted
from ..steps.refusing import Refused, first_of
from . import folder
from .edxml import NEW
from .filters import PackageFilter
from .forms import SendForm, TakeForm
from .models import AxisPackage, AxisReceiver, AxisState, AxisTold
from .packing import pack
from .rules import businesses, ends, may_send, sent_to
from .taking import collect, take

Business = AxisPackage.Business


# --- Out


@writers_only
def send(request, pk):
    """A paper onto the axis: to whom, as what; below it what went out, and what came back of it."""
    document = find(request, pk)
    if not may_send(document, request.user):
        raise Http404
    offered = businesses(document)
    asked = request.POST.get("business") or request.GET.get("nghiep-vu")
    business = asked if asked in offered else (offered or [NEW])[0]
    form = SendForm(request.POST or None, document=document, business=business)
    if form.is_valid() and accepted(form, lambda: _pack(request, document, form.cleaned_data)):
        return redirect("axis", document.pk)
    recalls = [effect.target for effect in ends(document, Effect.Kind.RECALLS)]
    context = {
        "document": document,
        "form": form if offered else None,
        "business": business,
        "offered": [(code, Business(code).label) for code in offered],
        "lacking": _without_code(document),
        "recalls": [target for target in recalls if sent_to(target).exists()],
        "replaced_by": document.affected_by.holding(),
        "packages": _sent(document),
        "has_folder": folder.has_folder(),
        "area": "documents",
    }
    return render(request, "documents/exchange/send.html", context, status=422 if form.errors else 200)


def _pack(request, document, typed):
    facts = {"business": typed["business"], "reason": typed.get("reason", ""), "each": typed["each"]}
    made = pack(document, typed["organs"], by=request.user, **facts)
    messages.success(request, f"Đã tạo {len(made)} gói. Tải gói ở dưới rồi đưa lên trục.")


def _without_code(document) -> str:
    """The units that got the paper and have no code on the axis."""
    names = (
        document.deliveries.filter(unit__organ=None).order_by("unit__sort_text").values_list("unit__name", flat=True)
    )
    return first_of(names, "đơn vị", between=", ")


def _sent(document):
    """The packages of a paper, each receiver with what its system told, in words, and whether the file lies in the folder."""
    told = Prefetch("told", AxisTold.objects.order_by("at", "pk"))
    receivers = Prefetch("receivers", AxisReceiver.objects.select_related("organ").prefetch_related(told))
    sent = document.packages.filter(way=AxisPackage.Way.OUT).select_related("by").defer("content")
    rows, meaning = list(sent.prefetch_related(receivers)), _meanings()
    for row in rows:
        row.lies_there = folder.lies_there(row)
        for one in row.receivers.all():
            one.states = [(meaning(state.state), state) for state in one.told.all()]
    return rows


def _meanings():
    """A function (code) → what the state means; where nobody confirmed that, it says so."""
    words = {
        code: told if sure else f"{told} (mã {code}, chưa xác nhận)"
        for code, told, sure in AxisState.objects.values_list("code", "words", "is_confirmed")
    }
    return lambda code: words.get(code, f"mã {code}, chưa có trong danh mục")


def _beside(document) -> Column | None:
    """What the systems of units told of a paper last: a column of those who got it."""
    rows = AxisTold.objects.filter(
        receiver__package__document=document,
        receiver__package__way=AxisPackage.Way.OUT,
        receiver__organ__unit__isnull=False,
    )
    last = {
        key: (state, at)
        for key, state, at in rows.values_list("receiver__organ__unit", "state", "at").order_by("at", "pk")
    }
    if not last:
        return None
    words = dict(AxisState.objects.values_list("code", "words"))

    def told(row):
        state, _ = last.get(row.unit_id, ("", None))
        return words.get(state, f"mã {state}") if state else ""

    def at(row):
        return minute(timezone.localtime(last[row.unit_id][1])) if row.unit_id in last else ""

    return Column("Trục liên thông", told, label="Trục", note=at)


BESIDE.append(_beside)


@writers_only
def drop_again(request, pk):
    """Lay the file of a package that went out into the folder once more."""
    row = get_object_or_404(AxisPackage, pk=pk, way=AxisPackage.Way.OUT, unit__in=request.user.inherited_units)
    if request.method == "POST" and folder.drop(row):
        messages.success(request, "Đã đặt gói vào thư mục.")
    elif request.method == "POST":
        messages.error(
            request, "Không ghi được gói vào thư mục: hãy tải gói, và báo người quản trị xem lại thư mục EXCHANGE_DIR."
        )
    return redirect("axis", row.document_id)


def package(request, pk):
    """The file of one package of the own unit."""
    row = get_object_or_404(AxisPackage.objects.filter(unit__in=request.user.inherited_units), pk=pk)
    return xml_file(bytes(row.content), folder.file_name(row))


def xml_file(content, name) -> HttpResponse:
    """``content`` to be stored as the file ``name``."""
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# --- In


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
        Column("Trích yếu", "subject", shown=lambda row: capfirst(row.subject), main=True, clip=True),
        Column("Số, ký hiệu", "reference", label="Số", look="nowrap"),
        Column("Nơi gửi", "sender", label="Nơi gửi"),
        Column("Nghiệp vụ", "get_business_display", label="Nghiệp vụ", look="nowrap"),
        Column("Nhận lúc", "at", sort="nhan", label="Nhận lúc", look="nowrap"),
        Column("Kết quả", "standing", label="Kết quả", look="nowrap"),
        InFile("Văn bản trong sổ", lambda row: row.document.name if row.document else ""),
        InFile("Lý do", "reason"),
        InFile("Lý do trả lại", "note"),
        InFile("Xong lúc", "done_at"),
        InFile("Người xử lý", "done_by"),
    ]
    extra_context = {"area": "books"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = AxisPackage.objects.filter(way=AxisPackage.Way.IN, unit__in=self.request.user.inherited_units)
        self.queryset = rows.select_related("document__type", "done_by").defer("content")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds how many files wait in the folder, or why it cannot be read."""
        waiting, trouble = 0, ""
        try:
            waiting = len(folder.waiting_files()) if may_register(self.request.user) else 0
        except Refused as refused:
            trouble = str(refused)
        return super().get_context_data(**kwargs) | {"waiting": waiting, "trouble": trouble}


@writers_only
def take_package(request):
    """Take in one package that was sent as a file; on to what is done with it."""
    form = TakeForm(request.POST, request.FILES) if request.method == "POST" else TakeForm()

    def act():
        form.found = take(form.cleaned_data["file"].read(), by=request.user)

    if form.is_valid() and accepted(form, act):
        return _after_taking(request, form.found)
    shown = {
        "up": to("Gói liên thông", "packages"),
        "back": reverse("packages"),
        "save": "Nhận gói",
        "icon": "download",
    }
    return form_page(request, form, "Nhận gói liên thông", area="books", **shown)


def _after_taking(request, found):
    if isinstance(found, AxisPackage):
        messages.success(request, "Đã nhận gói.")
        return redirect(found)
    messages.success(request, f"Đã ghi trạng thái của {found.receiver.organ.name}.")
    document = found.receiver.package.document
    return redirect("axis" if may_send(document, request.user) else "document", document.pk)


@require_POST
@writers_only
def collect_packages(request):
    """Take in what lies in the folder."""
    if not (may_register(request.user) and folder.has_folder()):
        raise Http404
    found = attempted(request, lambda: collect(by=request.user))
    if found:
        if found.refused:
            told = first_of(found.refused, "tệp", between=" ", most=10)
            messages.error(request, f"{len(found.refused)} tệp không lấy được. {told}")
        messages.success(request, _told(found))
    return redirect("packages")


def _told(found) -> str:
    """What one click took, in a sentence each."""
    parts = [f"{found.packages} gói"] + ([f"{found.states} trạng thái"] if found.states else [])
    told = f"Đã lấy {' và '.join(parts)} từ thư mục."
    if found.doubles:
        told += f" {found.doubles} tệp đã nhận trước đó được chuyển sang «{folder.TAKEN}»."
    if found.left:
        told += f" Còn {found.left} tệp (đang được ghi, hoặc chưa đến lượt): bấm lấy lần nữa."
    return told

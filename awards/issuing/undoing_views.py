"""Awards cancelled, stripped, restored, names corrected by papers that are written here: the pages on which that begins."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html_join

from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.columns import Column, InFile, OnPage, chosen_keys, ticks
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only

from ..decisions.cancelling import issued_here
from ..decisions.views import PAPERS_ABOUT, find, find_award
from ..eligibility.words import dotted
from ..records.models import Award
from . import undoing
from .correcting import write_correction
from .filters import CountedFilter
from .forms import AskRestoringForm, CorrectForm, UndoForm
from .models import OF_CORRECTION, OF_UNDOING, Correction
from .picking import picked

FRAME = {"area": "decisions"}


def _recovered(row):
    money = f"{dotted(row.back[0])} đồng" if row.back[0] else ""
    return "; ".join(filter(None, (row.back[1], money))) or "không"


def _rests(row):
    return format_html_join("", '<div class="small years-why">{}</div>', ((words,) for words in row.rests))


def _papers(decision, user):
    """Papers by which its awards are cancelled, stripped, restored, names in it set right."""
    keys = list(decision.undoings.values_list("pk", flat=True))
    corrected = list(Correction.objects.filter(award__decision=decision).values_list("pk", flat=True))
    for kind, found in ((OF_UNDOING, keys), (OF_CORRECTION, corrected)):
        yield from kind.of(*found).open_to(user)[:30] if found else ()


PAPERS_ABOUT.append(_papers)


class UndoList(OfficeList):
    """The awards of a decision that still count; those that are ticked are cancelled or stripped together."""

    what = "khen thưởng"
    filterset_class = CountedFilter
    template_name = "awards/issuing/cancel.html"
    paginate_by = 50
    sorts = {"so": ["position"], "ten": ["recipient__sort_text"]}
    columns = [
        Column("STT", "position", sort="so", label="STT"),
        Column("Họ và tên, tên tập thể", "name", main=True, note="post", sort="ten",
               to=lambda row: reverse("award", args=[row.pk])),
        InFile("Chức vụ, đơn vị", "post"),
        Column("Đã được tặng", "title", label="Đã được tặng"),
        InFile("Năm thành tích", "year"),
        OnPage("Thu hồi", _recovered, label="Thu hồi"),
        OnPage("Xét trên khen thưởng này", _rests, label="Xét trên đó"),
    ]  # fmt: skip

    def get_queryset(self):
        """Of a decision that this person may see."""
        self.decision = find(self.request, self.kwargs["pk"])
        self.export_name = f"khen-thuong-con-hieu-luc-{self.decision.pk}"
        self.export_title = f"Khen thưởng còn hiệu lực theo {self.decision}"
        self.queryset = undoing.cancellable(self.decision)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what is taken back with each row, what rests on it, and the form."""
        context = super().get_context_data(**kwargs)
        rows = context["page_obj"].object_list
        rests, backs = undoing.rests_on(rows), undoing.to_recover(rows)
        for row in rows:
            row.rests, row.back = rests.get(row.pk, ()), backs[row.pk]
        form = self.refused or UndoForm(of=kinds_of(self.decision), records=not issued_here(self.decision))
        asked = getattr(form, "chosen", None) or chosen_keys(self.request.GET, "dong")
        boxes = ticks(
            "chosen", "undo", "Chọn mọi khen thưởng trên trang này", chosen=asked, called=lambda row: row.name
        )
        issuer = undoing.issuer_of(self.decision, self.request.user)
        return context | FRAME | {
            "decision": self.decision, "form": form, "columns": [boxes, *context["columns"]], "page_rows": rows,
            "paper": "Soạn quyết định hủy" if issuer else "Soạn tờ trình đề nghị",
            "issuer": issuer, "records": "number" in form.fields,
        }  # fmt: skip


def kinds_of(decision):
    """One award of each kind of recipient, award and route of a decision: what its grounds hang on. One query."""
    rows = Award.objects.filter(decision=decision).select_related("type").order_by("type", "whom", "route", "pk")
    seen = {}
    for row in rows.only("type__code", "whom", "route", "decided_on").iterator():
        seen.setdefault((row.type_id, row.whom, row.route), row)
    return list(seen.values())


@managers_only
def cancel_awards(request, pk):
    """Choose which awards of a decision are cancelled or stripped, on which ground; what rests on each stands beside it."""
    if request.method != "POST":
        return UndoList.as_view()(request, pk=pk)
    decision = find(request, pk)
    form = UndoForm(request.POST, request.FILES, of=kinds_of(decision), records=not issued_here(decision))
    form.chosen = chosen_keys(request.POST, "chosen")
    done = []
    if form.is_valid() and accepted(form, lambda: done.append(_undo(request, decision, form))):
        if "record" in request.POST:
            messages.success(request, f"Đã ghi {done[0]} khen thưởng thôi được tính từ ngày đó.")
            return redirect(decision)
        return redirect(done[0])
    return UndoList.again(request, form, pk=pk)


def _undo(request, decision, form):
    """The paper that was drafted, or how many were recorded. Raises ``Refused``."""
    typed, rows = form.cleaned_data, undoing.cancellable(decision)
    keys = set(form.chosen)
    if typed["all"]:
        keys |= set(CountedFilter(request.GET, queryset=rows, request=request).qs.values_list("pk", flat=True))
    if typed["names"]:
        keys |= picked(typed["names"], list(rows))
    if not keys:
        raise Refused("Hãy đánh dấu khen thưởng ở bảng trên, gửi tệp Excel, hoặc lấy tất cả.", "all")
    asked = form.asked()
    if "record" in request.POST:
        told = {"number": typed.get("number", ""), "day": typed.get("day")}
        return undoing.record_undoing(decision, asked.pop("kind"), keys, by=request.user, **asked, **told)
    return undoing.write_undoing(decision, asked.pop("kind"), keys, by=request.user, **asked)


@managers_only
def ask_restoring(request, pk):
    """Why a stripped honour is to be restored; leads to the draft of the paper that asks for it."""
    award = find_award(request, pk)
    get_object_or_404(undoing.restorable(award.decision), pk=pk)
    form, made = AskRestoringForm(request.POST or None, award=award), []
    if form.is_bound and form.is_valid() and accepted(form, lambda: made.append(_asked(award, request, form))):
        return redirect(made[0])
    return form_page(
        request, form, "Đề nghị phục hồi danh hiệu", back=award, up=award.decision, sub=award.name,
        save="Soạn tờ trình đề nghị", **FRAME,
    )  # fmt: skip


def _asked(award, request, form):
    return undoing.write_undoing(award.decision, "restore", [award.pk], by=request.user, **form.cleaned_data)


@managers_only
def correct_name(request, pk):
    """How a name in a decision is written rightly; leads to the draft of the paper that says so."""
    award = get_object_or_404(undoing.cancellable(find_award(request, pk).decision), pk=pk)
    form = CorrectForm(request.POST or None, initial={"name": award.name, "post": award.post})
    made = []
    typed = form.cleaned_data if form.is_bound and form.is_valid() else None
    if typed and accepted(form, lambda: made.append(write_correction(award, by=request.user, **typed))):
        return redirect(made[0])
    return form_page(
        request,
        form,
        "Đính chính tên",
        back=award,
        up=award.decision,
        sub=award.name,
        save="Soạn quyết định đính chính",
        **FRAME,
    )

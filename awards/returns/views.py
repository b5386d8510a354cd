"""Cases of exchange and reissue: the list, one with its steps, a new one from an award; the letter to the ministry."""

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, chosen_keys, state, ticks
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_keep_store, may_manage, may_see_store, may_write
from units.templatetags.parts import to

from ..decisions.views import AWARD_PARTS, find_award
from ..log import About
from ..stock.models import Movement, StockLine
from . import actions
from .actions import CASES, State, in_a_letter
from .filters import CaseFilter
from .forms import CaseForm
from .models import OF_BATCH, ItemCase
from .papers import write_list
from .rules import is_late, items_of, kinds_named, term_on


def frame(request, **shown) -> dict:
    """Where a page of this room is."""
    return {"area": "items", "tab": "returns", "sees_store": may_see_store(request.user)} | shown


def _items(case) -> str:
    return "; ".join(row.due.kind.name for row in case.items.all())


def _due(case) -> str:
    return f"{case.due_on:%d/%m/%Y}{' · quá hạn' if is_late(case) else ''}"


def _cases(user):
    rows = ItemCase.objects.visible_to(user)
    return rows.select_related("award__type", "award__unit", "award__decision", "by")


class CaseList(OfficeList):
    """Cases that one may see, the latest first."""

    what = "hồ sơ"
    filterset_class = CaseFilter
    template_name = "awards/returns/cases.html"
    export_name = "cap-doi-cap-lai-hien-vat"
    export_title = "Cấp đổi, cấp lại hiện vật khen thưởng"
    sorts = {"ten": ["award__recipient__sort_text"], "ngay": ["applied_on"], "han": ["due_on"]}
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.post", sort="ten"),
        InFile("Chức vụ, đơn vị", "award.post"),
        Column("Trường hợp", "get_why_display", note=_items, label="Trường hợp"),
        InFile("Hiện vật", _items),
        Column("Được tặng", "award.title", note="award.decision.number", label="Được tặng"),
        InFile("Số quyết định", "award.decision.number"),
        InFile("Ngày quyết định", "award.decided_on"),
        Column("Nhận ngày", "applied_on", sort="ngay", look="nowrap", label="Nhận ngày"),
        Column("Hạn", "due_on", shown=_due, sort="han", look="nowrap", label="Hạn"),
        InFile("Văn bản gửi Bộ Nội vụ", "sent_by"),
        InFile("Xong ngày", "done_on"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = _cases(self.request.user).prefetch_related("items__due__kind")
        return super().get_queryset()

    def page_columns(self):
        """With boxes for those that may go to the ministry, for who writes the letter."""
        if not may_manage(self.request.user):
            return super().page_columns()
        boxes = ticks(
            "ho_so", "chosen", "Chọn mọi hồ sơ gửi Bộ Nội vụ trên trang này",
            offered=lambda row: row.is_of_state and row.state == State.CONFIRMED, called=str,
        )  # fmt: skip
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        return super().get_context_data(**frame(self.request, may_manage=may_manage(self.request.user)), **kwargs)


def find(request, pk) -> ItemCase:
    """A case that this person may see; else 404."""
    return get_object_or_404(_cases(request.user).prefetch_related("items__due__kind"), pk=pk)


def case(request, pk):
    """One case: what is asked, what the archive says, what came back, what goes out."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user, sees_store = request.user, may_see_store(request.user)
    shown = {
        "case": found,
        "award": found.award,
        "items": found.items.all(),
        "term": term_on(found.route, found.applied_on),
        "is_late": is_late(found),
        "missing": actions.missing(found) if found.state in (State.ASKED, State.CONFIRMED) else (),
        "in_a_letter": in_a_letter(found),
        "papers": OF_BATCH.of(found.batch_id).open_to(user) if found.batch_id else (),
        "steps": offers(CASES, found, user, refused),
        "vouchers": _vouchers(found) if sees_store else (),
        "changes": history_of(About.ITEM_CASE, found.pk)[:50] if sees_store else (),
    }
    return render(request, "awards/returns/case.html", frame(request, **shown), status=422 if refused else 200)


def _vouchers(case):
    """What the store wrote of its items since it was noted: the old ones in and out, the new ones."""
    lines = StockLine.objects.filter(due__in=case.items.values("due"), movement__at__gte=case.at).order_by()
    return Movement.objects.filter(pk__in=lines.values("movement")).order_by("pk")


case_step = step_view(CASES, find, _page)


def _has_items(award) -> bool:
    found = items_of(award)
    return bool(found.kinds or found.unknown)


@transaction.atomic
def _asked(form, by) -> ItemCase:
    kinds = kinds_named(form.instance.award, form.cleaned_data["kinds"], by=by)
    return actions.ask(form.instance, kinds, by=by)


def new_case(request, pk):
    """Ask again for items of one award."""
    award = find_award(request, pk)
    prefetch_related_objects([award], "dues__kind")
    if not _has_items(award):
        messages.error(request, "Khen thưởng này chưa giao hiện vật nào nên chưa đổi, cấp lại được.")
        return redirect("award", pk)
    form = CaseForm(request.POST or None, instance=ItemCase(award=award))
    made = []
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: made.append(_asked(form, request.user))):
            messages.success(request, "Đã nhận hồ sơ.")
            return redirect(made[0])
        form.instance.pk = None
    back = reverse("award", args=[pk])
    shown = frame(request, up=to(award.name, back), back=back, sub=f"{award.title} · {award.decision.number}")
    return form_page(request, form, "Cấp đổi, cấp lại hiện vật", **shown)


@managers_only
@require_POST
def write_letter(request):
    """A letter with the list of those that were ticked."""
    paper = attempted(request, lambda: write_list(chosen_keys(request.POST, "ho_so"), by=request.user))
    return redirect(paper or "item_cases")


def of_award(award, user):
    """On the page of an award: its cases, and the button for a new one."""
    cases = list(award.item_cases.order_by("-applied_on", "-pk"))
    may_ask = (
        (may_write(user) or may_keep_store(user)) and not award.cancelled_on and award.stands and _has_items(award)
    )
    return (
        ("awards/returns/_of_award.html", {"cases": cases, "award": award, "may_ask": may_ask})
        if cases or may_ask
        else None
    )


AWARD_PARTS.append(of_award)

urlpatterns = [
    path("khen-thuong/hien-vat/cap-doi/", CaseList.as_view(), name="item_cases"),
    path("khen-thuong/hien-vat/cap-doi/gui/", write_letter, name="write_case_letter"),
    path("khen-thuong/hien-vat/cap-doi/<int:pk>/", case, name="item_case"),
    path("khen-thuong/hien-vat/cap-doi/<int:pk>/buoc/", case_step, name="item_case_step"),
    path("khen-thuong/dong/<int:pk>/cap-doi/", new_case, name="new_item_case"),
]

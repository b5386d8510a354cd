"""The fund: prizes that are due and paid, the ledger, the budget of a year, Biểu 05."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.figures.papers import scope_words
from documents.figures.views import exported
from documents.models import history_of
from documents.source.vietnamese import amount_in_words
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, chosen_keys, state, ticks
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee, overseers_only

from ..eligibility.words import dotted
from ..log import About
from . import actions
from .figures import balances, table_five
from .filters import LedgerFilter, PaymentFilter
from .forms import BudgetForm, EntryForm, MendForm, PayForm
from .models import FIRST_YEAR, LedgerEntry, Payment

FRAME = {"area": "fund"}


def _payments(user):
    rows = Payment.objects.visible_to(user).filter(award__stands=True)
    return rows.select_related("award__type", "award__decision", "award__unit", "award__recipient", "payer_unit")


def _decided(row) -> str:
    return f"{row.award.decided_on:%d/%m/%Y}"


class PaymentList(OfficeList):
    """Khen mà chưa có thưởng: prizes that are owed; those that are ticked are paid together."""

    what = "khoản tiền thưởng"
    filterset_class = PaymentFilter
    template_name = "awards/fund/payments.html"
    paginate_by = 100
    export_name = "tien-thuong"
    export_title = "Tiền thưởng kèm theo khen thưởng"
    sorts = {
        "ten": ["award__recipient__sort_text"],
        "ngay": ["award__decided_on"],
        "tien": ["amount"],
        "cho": ["award__decided_on"],
    }
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.post", sort="ten"),
        InFile("Chức vụ, đơn vị", "award.post"),
        Column("Được tặng", "award.title", label="Được tặng"),
        Column("Quyết định", "award.decision.number", note=_decided, sort="ngay", label="Quyết định"),
        InFile("Ngày quyết định", "award.decided_on"),
        InFile("Đơn vị", "award.unit"),
        Column("Quỹ", "payer_unit", file="Cơ quan chi", label="Quỹ"),
        Column("Số tiền", "amount", file="Số tiền (đồng)", sort="tien", label="Số tiền", look="points"),
        InFile("Cách tính", "steps"),
        Column("Chờ", "waits", sort="cho", file="Số ngày chưa chi", label="Chờ (ngày)", look="points"),
        Column("Trạng thái", state, note=lambda row: f"{row.paid_on:%d/%m/%Y}" if row.paid_on else ""),
        InFile("Chi ngày", "paid_on"),
        InFile("Người nhận tiền", "paid_to"),
        InFile("Chứng từ", "voucher"),
        InFile("Không chi vì", "waived_for"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = _payments(self.request.user).order_by("award__decided_on", "award__decision", "award__position")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds sums of what is shown, and the form by which what is ticked is paid."""
        context, user = super().get_context_data(**FRAME, **kwargs), self.request.user
        due, paid = _sums(self.object_list)
        if self.refused or (may_manage(user) and any(row.is_due for row in context["page_obj"])):
            form = self.refused or PayForm()
            boxes = ticks(
                "chosen", "pay", "Chọn mọi khoản chưa chi trên trang này", offered=lambda row: row.is_due,
                chosen=getattr(form, "chosen", ()), called=lambda row: row.award.name,
            )  # fmt: skip
            context |= {"columns": [boxes, *context["columns"]], "form": form}
        told = {"due": dotted(due), "due_words": amount_in_words(due) if due else "", "paid": dotted(paid)}
        return context | told | {"oversees": may_oversee(user)}

    def export_heading(self):
        """With the sums in figures and words, as the accountant asks for them."""
        heading = super().export_heading()
        sums = zip(("Chưa chi", "Đã chi"), _sums(self.get_queryset()), strict=True)
        lines = [f"{what}: {dotted(total)} đồng ({amount_in_words(total).lower()})" for what, total in sums if total]
        return replace(heading, lines=(*heading.lines, *lines))


def _sums(rows) -> tuple[int, int]:
    """(what is owed, what was paid) of payments. One query."""
    owed = Q(state=Payment.State.DUE, award__cancelled_on=None)
    sums = rows.order_by().aggregate(due=Sum("amount", filter=owed), paid=Sum("amount", filter=Q(state="paid")))
    return sums["due"] or 0, sums["paid"] or 0


@managers_only
@require_POST
def pay(request):
    """Note that the ticked payments, or all that the filter gives, were paid; where they cannot be, the page says why."""
    form, paid = PayForm(request.POST), []
    form.chosen = chosen_keys(request.POST, "chosen")
    if form.is_valid() and accepted(form, lambda: paid.extend(_pay(request, form))):
        (count, total) = paid
        messages.success(request, f"Đã ghi chi {count} khoản, {dotted(total)} đồng ({amount_in_words(total).lower()}).")
        return redirect(f"{reverse('payments')}?{request.GET.urlencode()}")
    return PaymentList.again(request, form)


def _pay(request, form):
    typed, keys = dict(form.cleaned_data), set(form.chosen)
    if typed.pop("all"):
        due = _payments(request.user).due()
        keys |= set(PaymentFilter(request.GET, queryset=due, request=request).qs.values_list("pk", flat=True))
    lines = actions.pay(keys, by=request.user, **typed)
    return len(keys), sum(line.amount for line in lines)


def find_payment(request, pk) -> Payment:
    """A payment that this person may see; else 404."""
    return get_object_or_404(_payments(request.user), pk=pk)


def payment(request, pk):
    """One payment: how it was counted, who pays, what became of it."""
    return _payment_page(request, find_payment(request, pk))


def _payment_page(request, found, refused=None):
    user = request.user
    context = FRAME | {
        "payment": found,
        "award": found.award,
        "amount": dotted(found.amount),
        "words": amount_in_words(found.amount) if found.amount else "",
        "entries": found.entries.select_related("head") if may_oversee(user) else (),
        "steps": offers(actions.PAYMENTS, found, user, refused),
        "changes": history_of(About.PAYMENT, found.pk)[:40] if may_oversee(user) else (),
    }
    return render(request, "awards/fund/payment.html", context, status=422 if refused else 200)


payment_step = step_view(actions.PAYMENTS, find_payment, _payment_page)


# --- The ledger


def _on(side):
    """The amount of a line of that side."""
    return lambda row: row.amount if row.head.side == side else None


class Ledger(OfficeList):
    """Income and spending, the latest first."""

    what = "dòng"
    filterset_class = LedgerFilter
    template_name = "awards/fund/ledger.html"
    paginate_by = 50
    export_name = "so-quy"
    export_title = "Sổ thu, chi quỹ thi đua, khen thưởng"
    sorts = {"ngay": ["day"], "tien": ["amount"]}
    columns = [
        Column("Ngày", "day", sort="ngay", look="nowrap", label="Ngày"),
        Column("Diễn giải", "words", main=True, note="voucher"),
        InFile("Chứng từ", "voucher"),
        Column("Nguồn thu, nội dung chi", "head", label="Mục"),
        Column("Thu", _on("income"), file="Thu (đồng)", label="Thu", look="points"),
        Column("Chi", _on("spending"), file="Chi (đồng)", label="Chi", look="points"),
        InFile("Người ghi", "by"),
        InFile("Ghi lúc", "at"),
    ]  # fmt: skip

    def get_queryset(self):
        """All lines: the list is for the department alone."""
        self.queryset = LedgerEntry.objects.select_related("head", "by__unit")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what came in and went out of what is shown."""
        rows = self.object_list.order_by()
        sums = dict(rows.values_list("head__side").annotate(total=Sum("amount")))
        came, went = sums.get("income", 0), sums.get("spending", 0)
        told = {"came": dotted(came), "went": dotted(went), "left": dotted(came - went)}
        told["left_words"] = f"{'âm ' if went > came else ''}{amount_in_words(abs(came - went)).lower()}"
        return super().get_context_data(may_manage=may_manage(self.request.user), **FRAME, **told, **kwargs)


ledger = overseers_only(Ledger.as_view())


@managers_only
def enter(request):
    """A new line."""
    form = EntryForm(request.POST or None, instance=LedgerEntry())
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.enter(form.instance, by=request.user))
    ):
        messages.success(
            request,
            f"Đã ghi sổ: {dotted(form.instance.amount)} đồng ({amount_in_words(form.instance.amount).lower()}).",
        )
        return redirect("ledger")
    return form_page(request, form, "Ghi thu, chi", back="ledger", **FRAME)


def find_entry(pk) -> LedgerEntry:
    """A line of the ledger; else 404."""
    return get_object_or_404(LedgerEntry.objects.select_related("head", "by__unit", "mends", "mended_by"), pk=pk)


@overseers_only
def ledger_entry(request, pk):
    """One line: what it sums, what it sets right, how it is set right itself."""
    found = find_entry(pk)
    why = actions.why_not_mended(found)
    form = (
        MendForm(request.POST or None, initial={"amount": found.amount})
        if may_manage(request.user) and not why
        else None
    )
    is_sent = request.method == "POST" and form and form.is_valid()
    if is_sent and accepted(form, lambda: actions.mend(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã ghi dòng điều chỉnh.")
        return redirect("ledger")
    payments = found.payments.select_related("award__type", "award__decision")
    context = FRAME | {
        "entry": found,
        "amount": dotted(found.amount),
        "words": amount_in_words(abs(found.amount)),
        "form": form,
        "why": why,
        "payments": payments[:100],
        "number": payments.count(),
        "changes": history_of(About.FUND, found.pk)[:20],
    }
    return render(request, "awards/fund/entry.html", context, status=422 if form and form.errors else 200)


# --- A year


def year_or_404(year) -> int:
    """This year; raises ``Http404`` where ``year`` is out of reach."""
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise Http404
    return this_year


@overseers_only
def fund_year(request, year):
    """What was planned, done, and is left, head by head."""
    this_year = year_or_404(year)
    rows = balances(year)
    context = FRAME | {
        "year": year,
        "rows": [
            (row, *(dotted(one) if one is not None else "" for one in (row.planned, row.done, row.left)))
            for row in rows
        ],
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "may_manage": may_manage(request.user),
    }
    return render(request, "awards/fund/year.html", context)


@managers_only
def fund_budget(request, year):
    """What is planned for a year."""
    year_or_404(year)
    form = BudgetForm(request.POST or None, balances=balances(year))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and accepted(form, lambda: actions.budget(year, form.amounts(), by=request.user)):
        messages.success(request, f"Đã lưu dự toán năm {year}.")
        return redirect("fund_year", year)
    return form_page(request, form, f"Dự toán quỹ năm {year}", back=reverse("fund_year", args=[year]), **FRAME)


@overseers_only
def fund_table(request, year):
    """Biểu 05 of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as it is sent."""
    this_year = year_or_404(year)
    found = table_five(year)
    if file := exported(request, found, f"quy-khen-thuong-05-{year}"):
        return file
    context = {
        "figures": found,
        "year": year,
        "scope": scope_words(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "area": "award_figures",
        "tab": "bieu-05",
        "oversees": True,
    }
    return render(request, "awards/fund/table.html", context)


@overseers_only
def this_year_fund(request):
    """The year that goes on."""
    return redirect("fund_year", timezone.localdate().year)

"""What the law says of an award on a day, in the catalogue and for the telephone; the rows that wait for the office."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from documents.models import Change
from units.lists import OfficeList
from units.permissions import may_manage

from ..catalogue import book as books
from ..catalogue.days import eras
from ..catalogue.models import AwardType, Provision
from ..log import About
from .answers import Asked, answers
from .forms import AwardDayForm, LookUpForm
from .rules import judge
from .turns import turns
from .typed import FactsForm
from .waiting import COLUMNS, WaitingForm, waiting

_A_PAGE = 50


def award_type(request, code):
    """One award on a day: everything that is laid down about it, how it went through the laws, what waits for the office."""
    type = get_object_or_404(AwardType, code=code)
    found = books.catalogue()
    form = AwardDayForm(request.GET or None, found=found, type=type)
    book = found.on(form.day)
    is_there = code in book.awards
    manages = may_manage(request.user)
    context = {
        "type": type,
        "name": book.name(code),
        "form": form,
        "day": form.day,
        "eras": eras(found),
        "is_there": is_there,
        "answers": answers(Asked(book, code, form.whom)) if is_there else [],
        "turns": turns(found, code, form.whom)[::-1],
        "may_manage": manages,
        "changes": _changes(found, type) if manages else (),
        "area": "catalogue",
    }
    return render(request, "awards/eligibility/award.html", context, status=422 if form.errors else 200)


def _changes(found, type):
    """What became of the rows about an award, the latest first."""
    rows = [row.key for row in (*found.rows, *found.criteria) if row.award in (type.code, f"@{type.form}")]
    keys = Q(about=About.AWARD_TYPE, key=type.pk)
    for model in {row.__class__ for row in rows if isinstance(row, Provision)}:
        mine = [row.pk for row in rows if isinstance(row, model)]
        keys |= Q(about=About(model._meta.model_name), key__in=mine)
    return Change.objects.filter(keys).select_related("by__unit")[:_A_PAGE]


def regulations(request):
    """«Tra quy định»: everything about an award on a day, and beside it a case that nobody is named in.

    All of it stands in the address; fields that were left open do not.
    """
    if any(not value for _, values in request.GET.lists() for value in values):
        return redirect(_address(request))
    form = LookUpForm(request.GET or None)
    asked = form.asked
    if asked and "ngay" not in request.GET:
        # What is sent to a colleague tomorrow still tells of today.
        return redirect(_address(request, ngay=f"{form.day:%d/%m/%Y}"))
    # What was typed of a case goes along when something else is asked of it.
    case = [(name, value) for name, values in request.GET.lists() for value in values if name not in form.fields]
    is_to_come = form.day > timezone.localdate()
    context = {
        "form": form, "asked": asked, "day": form.day, "is_to_come": is_to_come, "case": case, "area": "regulations",
    }  # fmt: skip
    if asked:
        question = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
        context |= {
            "name": asked.book.name(asked.award),
            "answers": answers(asked),
            "type": AwardType.objects.get(code=asked.award),
            "question": question,
            "question_query": urlencode(question),
        } | _case(request, asked)
    is_wrong = form.errors or (context.get("facts") and context["facts"].errors)
    return render(request, "awards/eligibility/regulations.html", context, status=422 if is_wrong else 200)


def _address(request, **more) -> str:
    """The address of this page without what was left open, and with ``more``."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return f"{request.path}?{urlencode([*asked, *more.items()])}"


def _case(request, asked) -> dict:
    """The form of a case, with what is judged of it; nothing as long as it is not said for whom."""
    if len(asked.kinds) != 1:
        return {}
    about = {"book": asked.book, "award": asked.award, "whom": asked.kinds[0]}
    facts = FactsForm(**about)
    if request.GET.keys() & facts.fields.keys():
        facts = FactsForm(request.GET, **about)
    if not facts.is_bound or not facts.is_valid():
        return {"facts": facts}
    answer = judge(asked.book, asked.award, facts.facts(), year=facts.year, route=facts.route)
    return {"facts": facts, "judgement": answer}


class WaitingProvisions(OfficeList):
    """The rows of the catalogue that wait for the office, with why; managers confirm them here."""

    what = "dòng chờ xác nhận"
    template_name = "awards/eligibility/waiting.html"
    paginate_by = _A_PAGE
    columns = COLUMNS
    export_name = "cho-xac-nhan"
    export_title = "Quy định chờ xác nhận"

    def get_queryset(self):
        """The rows that the form chooses."""
        self.filterset = WaitingForm(self.request.GET or None)
        return self.filterset.chosen(waiting(books.catalogue(), timezone.localdate()))

    def file_rows(self):
        """All of them."""
        return self.get_queryset()

    def get_context_data(self, **kwargs):
        """Adds whether this person may confirm."""
        return super().get_context_data(area="catalogue", may_manage=may_manage(self.request.user), **kwargs)

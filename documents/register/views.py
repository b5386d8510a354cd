"""The desk's pages about papers of other bodies: recorded, received, corrected, replaced, found for citing."""

import json
from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.permissions import may_write, writers_only

from ..citations.rules import doubt_on, long_form, told, with_doubts
from ..papers.fields import PartialDateField
from ..papers.models import Document, Effect
from ..printing.views import find, show_sheets
from ..source.paper import PartialDate
from ..source.types import SPOKEN
from ..steps.accepting import accepted
from ..uploads import keep
from ..uploads.models import Upload
from . import actions as registering
from .actions import may_correct, may_register, same_papers
from .forms import ArrivalForm, EntryForm, ReceivedForm, RelationForm, SentForm, SpokenForm

CITED, RECEIVED, SENT = Document.Origin.CITED, Document.Origin.RECEIVED, Document.Origin.SENT
MOST_FOUND = 20
# Citations of one text that are asked for at once.
MOST_CITED = 300
# What a field offers before anything is typed.
MOST_KNOWN = 200


def registrars_only(view):
    """A view for those who record what everybody cites; others are told whom to ask."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_register(request.user):
            raise PermissionDenied(
                "Văn bản làm căn cứ và chỉ đạo trực tiếp do Sở Nội vụ ghi cho mọi đơn vị dùng chung. "
                "Cần ghi thêm văn bản, hãy gửi số, ngày, trích yếu và bản chụp cho văn thư Sở Nội vụ."
            )
        return view(request, *args, **kwargs)

    return guarded


@registrars_only
def new_cited(request):
    """Record a paper that ours cite."""
    form = _entry_form(EntryForm, request, Document(origin=CITED))
    if _stored(request, (form, lambda: registering.record(form.instance, by=request.user, is_other=form.is_other))):
        messages.success(request, "Đã ghi vào sổ. Văn bản này đã trích dẫn được trong mọi dự thảo.")
        return redirect(form.instance)
    return _show(request, "Ghi văn bản làm căn cứ", form)


@registrars_only
def new_spoken(request):
    """Record a direction by word of mouth."""
    form = _entry_form(SpokenForm, request, Document(origin=CITED))
    if _stored(request, (form, lambda: registering.record_spoken(form.instance, by=request.user))):
        messages.success(request, f"Đã ghi. Khi trích dẫn, dùng ký hiệu «{form.instance.reference}».")
        return redirect(form.instance)
    return _show(request, "Ghi chỉ đạo trực tiếp", form)


@writers_only
def new_received(request):
    """Put a paper that came on paper or by another way into the unit's book of arrivals."""
    form = _entry_form(ReceivedForm, request, Document(origin=RECEIVED, unit=request.user.unit))
    arrival = ArrivalForm(request.POST or None, prefix="den")

    def act():
        registering.receive(form.instance, by=request.user, is_other=form.is_other, **arrival.cleaned_data)

    if _stored(request, (form, act, arrival)):
        row = form.instance.arrivals.get()
        messages.success(request, f"Đã vào sổ: số đến {row.number:02d}, ngày {row.arrived_on:%d/%m/%Y}.")
        return redirect(form.instance)
    return _show(request, "Vào sổ văn bản đến", form, arrival)


@writers_only
def new_sent(request):
    """Record a paper that the own unit issued outside the program, with its signed scan."""
    form = _entry_form(SentForm, request, Document(origin=SENT, unit=request.user.unit))
    if _stored(
        request, (form, lambda: registering.record_sent(form.instance, by=request.user, is_other=form.is_other))
    ):
        messages.success(request, "Đã ghi văn bản đi của đơn vị. Dùng số này khi ghi văn bản phát động, trích dẫn.")
        return redirect(form.instance)
    return _show(request, "Ghi văn bản đi phát hành ngoài chương trình", form)


@writers_only
def enter_paper(request, pk):
    """Put a paper that the program holds into the unit's book of arrivals; a bare POST enters it as of today."""
    paper = get_object_or_404(registering.enterable_by(request.user).with_names(), pk=pk)
    bare = request.method == "POST" and "den-arrived_on" not in request.POST
    data = {"den-arrived_on": timezone.localdate()} if bare else request.POST or None
    form = ArrivalForm(data, prefix="den")

    def act():
        row = registering.enter(paper, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã vào sổ: số đến {row.number:02d}, ngày {row.arrived_on:%d/%m/%Y}.")

    if form.is_valid() and accepted(form, act):
        return redirect(paper)
    return _show(request, f"Vào sổ: {paper.name}", None, form, paper=paper)


def correct_entry(request, pk):
    """Correct an entry, for those who may make one like it; of other papers only what the own book of arrivals tells."""
    paper = find(request, pk)
    heading = f"Sửa: {paper.name}"
    arrival = paper.arrivals.filter(unit__in=request.user.inherited_units).first()
    may_change = may_correct(paper, request.user)
    if not (may_change or (arrival and may_write(request.user))):
        raise Http404
    form = _entry_form(_form_of(paper), request, paper) if may_change else None
    facts = ArrivalForm(request.POST or None, instance=arrival, prefix="den") if arrival else None

    def act(action, form):
        return lambda: action(form.instance, by=request.user, seen_version=form.cleaned_data["version"] or 0)

    steps = [(form, act(registering.correct, form))] if form else []
    steps += [(facts, act(registering.correct_arrival, facts))] if facts else []
    if _stored(request, *steps):
        messages.success(request, "Đã sửa thông tin trong sổ.")
        return redirect(paper)
    return _show(request, heading, form, facts, paper=paper)


def _form_of(paper):
    """The form that an entry was made with."""
    if paper.type.code == SPOKEN:
        return SpokenForm
    return {RECEIVED: ReceivedForm, SENT: SentForm}.get(paper.origin, EntryForm)


def _entry_form(form_class, request, instance):
    return form_class(request.POST or None, request.FILES or None, instance=instance, user=request.user)


def _stored(request, *steps) -> bool:
    """Whether what was typed is good and each of ``steps``, (form, action, other forms), went through, and the files are kept;
    else nothing is, and what was refused stands beside its field.
    """
    forms = [form for form, _, *others in steps for form in (form, *others)]
    judged = [form.is_valid() for form in forms]
    if request.method != "POST" or not all(judged):
        return False
    files = [(form, partial(_keep, request, form)) for form in forms if "files" in form.fields]
    with transaction.atomic():
        done = all(accepted(*step) for step in [*steps, *files])
        if not done:
            transaction.set_rollback(True)
    return done


def _keep(request, form):
    for file in form.cleaned_data["files"]:
        keep(file, by=request.user, kind=Upload.Kind.SCAN, document=form.instance)


def _show(request, heading, form, arrival=None, paper=None):
    """The page of an entry: what the paper is, when it arrived, its scans."""
    wrong = any(one is not None and one.errors for one in (form, arrival))
    if form and "other" in form.errors and not form.same:
        form.same = same_papers(form.instance, request.user)  # somebody recorded it a moment ago
    context = {
        "heading": heading,
        "form": form,
        "arrival": arrival,
        "paper": paper,
        "same": form.same if form else (),
        "area": "documents",
    }
    if arrival is not None and form is not None and form.same:
        keys = [row.pk for row in form.same]
        context["enterable"] = set(
            registering.enterable_by(request.user).filter(pk__in=keys).values_list("pk", flat=True)
        )
    return render(request, "documents/register/entry.html", context, status=422 if wrong else 200)


def relate(request, pk):
    """Record that another entry replaced or recalled this one."""
    target = find(request, pk)
    if not may_correct(target, request.user):
        raise Http404
    form = RelationForm(request.POST or None, user=request.user)

    def act():
        typed = form.cleaned_data
        registering.supersede(target, by=request.user, paper=typed["paper"], kind=typed["kind"], since=typed["since"])

    if form.is_valid() and accepted(form, act):
        messages.success(request, "Đã ghi. Dự thảo nào trích dẫn văn bản này sau ngày đó sẽ được nhắc.")
        return redirect(target)
    context = {"document": target, "form": form, "known": _known(request.user, target), "area": "documents"}
    return render(request, "documents/register/relate.html", context, status=422 if form.errors else 200)


def _known(user, target):
    """The newest entries that may have replaced ``target``, offered while its number is typed."""
    papers = Document.objects.visible_to(user).exclude(origin=Document.Origin.OURS).exclude(pk=target.pk)
    return papers.filter(dated__gte=target.dated).select_related("type").order_by("-dated", "-pk")[:MOST_KNOWN]


@require_POST
def unrelate(request, pk):
    """Take back a relation that was recorded by mistake. ``pk`` is the relation's."""
    papers = Document.objects.visible_to(request.user).order_by()
    effect = get_object_or_404(Effect.objects.select_related("target"), pk=pk, target__in=papers.values("pk"))
    if not may_correct(effect.target, request.user):
        raise Http404
    target = registering.release(effect, by=request.user)
    messages.success(request, "Đã gỡ quan hệ; văn bản này lại còn hiệu lực.")
    return redirect(target)


def cite_search(request):
    """Papers that can be cited, by any of their words, as JSON for the editor's picker."""
    words = request.GET.get("q", "").replace("\0", "")
    papers = Document.objects.visible_to(request.user).exclude(reference="").filter(state__in=Document.FROZEN)
    found = with_doubts(papers.matching(words).order_by("-dated", "-pk"))[:MOST_FOUND]
    today = timezone.localdate()
    results = [
        {
            "reference": paper.reference,
            "key": f"{paper.reference} {paper.date_text}" if paper.day else paper.reference,
            "text": long_form(paper),
            "holds": not (doubt := doubt_on(paper, today)),
            "doubt": doubt,
        }
        for paper in found
    ]
    return JsonResponse({"results": results})


@require_POST
@writers_only
def cite_names(request):
    """What the citations of a text say on the day of its paper (``ngay``, as typed there), as JSON for the editor's chips."""
    try:
        keys = json.loads(request.POST.get("keys", "[]"))
    except ValueError:
        return HttpResponseBadRequest()
    if not isinstance(keys, list) or len(keys) > MOST_CITED or not all(_may_be_key(key) for key in keys):
        return HttpResponseBadRequest()
    try:
        day = PartialDateField(required=False).clean(request.POST.get("ngay", "").replace("\0", ""))
    except ValidationError:
        day = PartialDate()
    return JsonResponse(told(keys, request.user, day.for_rules(timezone.localdate())))


def _may_be_key(key) -> bool:
    return isinstance(key, str) and len(key) <= 200 and "\0" not in key and key.isprintable()


def scan(request, pk, id):
    """The pages of a scanned PDF as pictures, for reading beside what the register tells."""
    paper = find(request, pk)
    scans = paper.uploads.standing_for(request.user).with_content()
    found = get_object_or_404(scans.filter(extension="pdf"), pk=id)
    try:
        with found.file.open() as file:
            return show_sheets(request, file.read())
    except FileNotFoundError:
        raise Http404 from None

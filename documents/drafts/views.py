"""The desk's pages for writing: which paper, its words and parts beside its true pages."""

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from units.permissions import writers_only
from units.text import key_or_none

from ..life.actions import approve, discard, last_return, submit
from ..papers.actions import save_draft, take_over
from ..papers.models import Document, DocumentType
from ..papers.rules import begin, issuers_for
from ..printing.pages import faults_of
from ..printing.views import to_look_at
from ..proofing.showing import box
from ..steps.accepting import accepted
from ..steps.refusing import Refused
from ..texts.actions import remember
from ..texts.models import OfficeText
from ..texts.rules import asked_record, begin_from, beginning_of
from . import keeping
from .choosing import begun_with, by_purpose, issuer_of, offered, often
from .folds import laid_out
from .keeping_views import desk, end_typing, opened_by_another
from .sheet import Sheet


@writers_only
def choose_type(request):
    """Which kind of paper, from which body, with which text: one choice, what this person writes most first."""
    issuers, chosen = issuer_of(request.user, _code(request, "co_quan"))
    offers = offered(request.user)
    context = {"issuers": issuers, "chosen": chosen, "area": "documents", "left": keeping.left(request.user)}
    if chosen:
        types = [offer.type for offer in offers]
        context |= {"often": often(request.user, types), "groups": by_purpose(offers)}
        context |= begun_with(request.user, chosen)
    return render(request, "documents/drafts/choose_type.html", context)


# Of a draft that was never stored: the version of the text that its page began with.
NUMBER = "mau-ban"


def _code(request, name) -> str:
    """A code from the address; PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "")


def begun(request) -> Document:
    """The draft that the address describes: type and issuer, or a text, with the record that it is about."""
    if key := _code(request, "mau"):
        # One that was thrown away too: a draft that somebody is typing goes on.
        texts = OfficeText.objects.visible_to(request.user).select_related("type")
        text = get_object_or_404(texts, pk=key_or_none(key))
        kind, row = _record(request)
        draft = begin_from(text, by=request.user, issuer=_issuer(request), kind=kind, row=row)
        draft.began.number = min(key_or_none(request.POST.get(NUMBER, "")) or text.version, text.version)
        return draft
    type_ = get_object_or_404(DocumentType.objects.written_here(), code=_code(request, "loai"))
    return begin(by=request.user, type=type_, issuer=_issuer(request))


def _record(request):
    """The record that the address names, if it names one; 404 where this person does not see it."""
    named = _code(request, "ho_so")
    kind, row = asked_record(named, request.user)
    if named and row is None:
        raise Http404
    return kind, row


def _issuer(request):
    """The issuing body that the address names."""
    return get_object_or_404(issuers_for(request.user), code=_code(request, "co_quan"))


def edit(request, document):
    """Show a draft for editing, or store what was typed; where it cannot be stored, everything typed comes back."""
    if document.pk:
        # Asked once for the forms, the choices that they offer and what is to be looked at again.
        prefetch_related_objects([document], "addressees", "duties")
    sheet = Sheet(request.user, document, request.POST or None)
    if request.method == "POST":
        is_valid = sheet.is_valid()
        # Whatever else is wrong: all faults are told at once.
        sheet.add_faults(faults_of(sheet.form.draft(), sheet.appendices.parts()))
        if told := opened_by_another(request):
            sheet.form.add_error(None, told)
        if is_valid and not sheet.has_errors() and _store(request, sheet):
            end_typing(request)
            return _after_saving(request, sheet.form.instance)
    context = {
        "document": document,
        "sheet": sheet,
        "form": sheet.form,
        "sets": sheet.sets,
        "folds": laid_out(sheet.form),
        "choices": _choices(sheet.form),
        "may_submit": submit.may(document, request.user),
        "may_discard": bool(document.pk) and discard.may(document, request.user),
        "effects": document.effects.select_related("target__type") if document.pk else (),
        "returned": last_return(document) if document.pk else None,
        **box(to_look_at(document, request.user) if document.pk else []),
        "desk": desk(request, document),
        "beginning": beginning_of(document, request.user),
        "area": "documents",
    }
    return render(request, "documents/drafts/edit.html", context, status=422 if sheet.has_errors() else 200)


def _choices(form):
    """Every group and unit that the paper may be addressed to, for the script that offers them."""
    groups = form.fields["addressees"].groups
    return [{"group": heading, "value": key, "text": label} for heading, rows in groups for key, label in rows]


def _after_saving(request, document):
    """The page of a stored draft; if it was to be handed in, the next step is taken too."""
    if "submit" in request.POST:
        try:
            submitted = submit(document, by=request.user)
            hint = "" if approve.may(submitted, request.user) else f" {submit.hint}"
            messages.success(request, f"Đã lưu và trình duyệt.{hint}")
        except Refused as refusal:
            messages.warning(request, f"Đã lưu dự thảo. {refusal}")
    else:
        messages.success(request, "Đã lưu dự thảo.")
    return redirect(document)


def _store(request, sheet) -> bool:
    """Whether the draft was stored; tells the person what kept it from being so."""
    form = sheet.form
    parts = {
        "appendices": sheet.appendices.parts(),
        "duties": sheet.duties.parts(),
        "addressees": form.addressee_rows(),
    }
    seen = form.cleaned_data.get("version") or 0

    @transaction.atomic
    def store():
        began = getattr(form.instance, "began", None)
        remember(save_draft(form.instance, by=request.user, seen_version=seen, **parts), began)

    is_stored = accepted(form, store)
    if is_stored and form.cleaned_data.get("remember") and form.instance.issuer_unit:
        take_over(form.instance, request.user)
    return is_stored


@writers_only
def new(request):
    """A new draft; nothing is stored before it is saved for the first time."""
    return edit(request, begun(request))

"""The desk's pages for writing: which paper, its words and parts beside its true pages."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..life.actions import discard, last_return, submit
from ..papers.actions import save_draft
from ..papers.models import Document, DocumentType
from ..papers.rules import begin, begin_from, issuers_for, texts_for
from ..printing.pages import faults_of, set_pages
from ..printing.views import PREVIEW_LIMIT, find, show_faults, show_sheets, to_look_at
from ..steps.accepting import accepted
from ..steps.refusing import Refused
from .forms import DocumentForm
from .part_forms import AppendixForm, AppendixFormSet, DutyForm, DutyFormSet


@writers_only
def choose_type(request):
    """Which kind of paper, and from which body."""
    issuers = issuers_for(request.user)
    chosen = issuers.filter(code=_code(request, "co_quan")).first() or issuers.filter(pk=request.user.unit_id).first()
    context = {"issuers": issuers, "chosen": chosen, "texts": texts_for(request.user), "area": "documents"}
    context["types"] = DocumentType.objects.written_here()
    return render(request, "documents/drafts/choose_type.html", context)


def _code(request, name) -> str:
    """A code from the address; PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "")


def _begun(request) -> Document:
    """The draft that the address describes: type and issuer."""
    if key := _code(request, "mau"):
        text = get_object_or_404(texts_for(request.user), pk=int(key) if key.isdecimal() else 0)
        return begin_from(text, by=request.user, issuer=_issuer(request))
    type_ = get_object_or_404(DocumentType.objects.written_here(), code=_code(request, "loai"))
    return begin(by=request.user, type=type_, issuer=_issuer(request))


def _issuer(request):
    """The issuing body that the address names."""
    return get_object_or_404(issuers_for(request.user), code=_code(request, "co_quan"))


# The parts of a draft, and the form of each.
PARTS = {"appendices": AppendixForm, "duties": DutyForm}


class Sheet:
    """Everything that can be typed into a draft, as one: its form, its appendices, its duties."""

    def __init__(self, request, document):
        data = request.POST or None
        self.form = DocumentForm(data, instance=document, user=request.user)
        # What was typed is judged by itself: beside rows that somebody else stored since, it would look unchanged.
        rows = {name: None if data else _rows(document, name, form) for name, form in PARTS.items()}
        self.appendices = AppendixFormSet(
            data,
            initial=rows["appendices"],
            prefix="phu-luc",
            form_kwargs={"issued": DocumentType.objects.issued_with()},
        )
        known = {"paper": document, "offered": self.form.fields["addressees"].labels}
        self.duties = DutyFormSet(data, initial=rows["duties"], prefix="nhiem-vu", form_kwargs=known)

    @property
    def sets(self):
        """The parts, each a set of forms."""
        return self.appendices, self.duties

    def is_valid(self):
        """Whether everything that was typed can be stored; every part is looked at."""
        return all([self.form.is_valid(), *[part.is_valid() for part in self.sets]])

    def has_errors(self):
        """Whether something typed was refused."""
        return bool(self.form.errors or any(part.total_error_count() for part in self.sets))

    def own_faults(self):
        """What the forms themselves refuse, as faults of the paper."""
        parts = [part for part in self.sets if not part.is_valid()]
        return [*self.form.own_faults(), *(fault for part in parts for fault in part.own_faults())]


def _rows(document, name, form):
    """The stored parts of a draft, as a set of forms begins with them."""
    stored = getattr(document, name).all() if document.pk else []
    # What points to another row is begun with by its key, which is there already.
    names = [(field, f"{field}_id" if hasattr(form.Meta.model, f"{field}_id") else field) for field in form.Meta.fields]
    return [{field: getattr(row, name) for field, name in names} for row in stored]


def edit(request, document):
    """Show a draft for editing, or store what was typed; where it cannot be stored, everything typed comes back."""
    if document.pk:
        # Asked once for the forms, the choices that they offer and what is to be looked at again.
        prefetch_related_objects([document], "addressees", "duties")
    sheet = Sheet(request, document)
    if request.method == "POST":
        is_valid = sheet.is_valid()
        # Whatever else is wrong: all faults are told at once.
        sheet.form.add_faults(faults_of(sheet.form.draft(), sheet.appendices.parts()))
        if is_valid and sheet.form.is_valid() and _store(request, sheet):
            return _after_saving(request, sheet.form.instance)
    context = {
        "document": document,
        "sheet": sheet,
        "form": sheet.form,
        "sets": sheet.sets,
        "tabs": _tabs(sheet.form),
        "choices": _choices(sheet.form),
        "may_submit": submit.may(document, request.user),
        "may_discard": bool(document.pk) and discard.may(document, request.user),
        "effects": document.effects.select_related("target__type") if document.pk else (),
        "returned": last_return(document) if document.pk else None,
        "warnings": to_look_at(document, request.user) if document.pk else [],
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
            submit(document, by=request.user)
            messages.success(request, "Đã lưu và trình duyệt.")
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
    return accepted(form, lambda: save_draft(form.instance, by=request.user, seen_version=seen, **parts))


TABS = [
    ("noi-dung", "Nội dung", ["subject", "body"]),
    (
        "dau-van-ban",
        "Đầu văn bản",
        [
            "type",
            "symbol",
            "issuer_unit",
            "superior",
            "issuer",
            "place",
            "date",
            "urgency",
            "circulation",
            "authority_line",
            "bases",
        ],
    ),
    (
        "noi-nhan",
        "Nơi nhận, người ký",
        [
            "addressees",
            "to",
            "recipients",
            "archive",
            "signer",
            "signer_reason",
            "capacity",
            "signer_name",
            "second_capacity",
            "second_signer_name",
            "contact",
        ],
    ),
]


def _tabs(form):
    """The parts of the page: (anchor, label, fields, whether something in it is wrong)."""
    return [
        (key, label, [form[name] for name in names], any(form[name].errors for name in names))
        for key, label, names in TABS
    ]


@writers_only
def new(request):
    """A new draft; nothing is stored before it is saved for the first time."""
    return edit(request, _begun(request))


@require_POST
@writers_only
def preview(request):
    """The true pages of what is typed right now, as pictures; or what is wrong with it."""
    key = request.POST.get("pk", "")
    found = find(request, int(key)) if key.isdecimal() else _begun(request)
    sheet = Sheet(request, found)
    form = sheet.form
    form.is_valid()
    own = sheet.own_faults()
    parts = sheet.appendices.parts()
    pdf, faults = set_pages(form.draft(), user=request.user, appendices=parts, limit=PREVIEW_LIMIT)
    told = {fault.field for fault in own}
    faults = own + [fault for fault in faults if fault.field not in told]
    if faults:
        response = show_faults(request, form, faults)
        response["HX-Retarget"] = "#sheet-faults"
        return response
    return show_sheets(request, pdf)

"""What the page of a cited or received paper tells beside its facts."""

from django import template
from django.urls import reverse

from documents.models import Document, Effect
from units.permissions import may_write

from ..citations.rules import long_form, numbered, short_form
from ..register import actions as registering
from ..source.types import SPOKEN
from ..uploads.models import Upload

register = template.Library()
SHOWN = ("png", "jpg")


@register.simple_tag(takes_context=True)
def registered(context, document) -> dict:
    """Everything that ``documents/register/_registered.html`` shows of ``document`` to the person of this page."""
    user = context["request"].user
    visible = Document.objects.open_to(user).order_by().values("pk")
    arrivals = document.arrivals.filter(unit__in=user.inherited_units)
    arrival = arrivals.select_related("by").first()
    files = document.uploads.standing_for(user).select_related("by", "withdrawn_by", "erased_by")
    files = files.exclude(kind__in=(Upload.Kind.ATTACHED, Upload.Kind.COPY))
    uploads = [upload for upload in files if not upload.withdrawn_at]
    relations = Effect.objects.select_related("paper__type", "target__type").filter(
        paper__in=visible, target__in=visible
    )
    may_correct, is_spoken = registering.may_correct(document, user), document.type.code == SPOKEN
    may_change = may_correct or (arrival is not None and may_write(user))
    return {
        "arrival": arrival,
        "may_enter": not arrival and may_write(user) and _enterable(document, user),
        "may_correct": may_correct,
        "correct": reverse("correct_entry", args=[document.pk]) if may_change else "",
        "may_relate": may_correct and document.state == Document.State.ISSUED and not is_spoken,
        "is_spoken": is_spoken,
        "cite_key": _key(document, user),
        "long_form": long_form(document),
        "short_form": short_form(document),
        "affected_by": relations.filter(target=document),
        "effects": relations.filter(paper=document),
        "notices": _notices(document, user),
        "pictures": [upload for upload in uploads if upload.extension in SHOWN],
        "sheets": [upload for upload in uploads if upload.extension == "pdf"],
        "others": [upload for upload in uploads if upload.extension not in (*SHOWN, "pdf")],
        "withdrawn": [upload for upload in files if upload.withdrawn_at],
        "edits": document.edits if may_correct else (),
    }


def _notices(document, user):
    """What the sender told of ``document`` over the axis, as far as the own unit noted it: recalled, updated."""
    told = document.packages.filter(way="in", unit__in=user.inherited_units, outcome__in=["recalled", "updated"])
    return told.defer("content").order_by("pk")


def _enterable(document, user) -> bool:
    return registering.enterable_by(user).filter(pk=document.pk).exists()


def _key(document, user) -> str:
    """What to type to cite it: its number, with the day where the register holds several of that number."""
    several = document.day and len(numbered(document.reference, user)) > 1
    return f"{document.reference} {document.date_text}" if several else document.reference

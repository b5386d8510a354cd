"""Nominations from an Excel list: the pages of entering records, at a file that its unit still has."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from documents.steps.refusing import Refused

from ..records.entering import Desk
from ..records.import_views import STEPS, pages
from .actions import STEPS as OF_DOSSIER
from .forms import ListForm
from .importing import NominationPlan
from .line_views import closed
from .models import Dossier, Nomination
from .views import kept

KIND = "nominations"
_NAME = "import_nominations"


def desk_of(dossier: Dossier, user) -> Desk:
    """Where ``user`` enters lists for one file."""

    def refuse():
        if told := closed(OF_DOSSIER.locked(dossier), user):
            raise Refused(told)

    at = {step: reverse(_NAME if step == "send" else f"{_NAME}_{step}", args=[dossier.pk]) for step in STEPS}
    return Desk(
        KIND, Nomination, user, refuse, partial(NominationPlan, dossier=dossier, by=user), ListForm,
        "đề nghị", dossier.name, dossier.get_absolute_url(), "de-nghi-khen-thuong", at, "dossiers", dossier.pk, True,
    )  # fmt: skip


def _opened(view):
    def guarded(request, pk):
        found = kept(request, pk)
        if told := closed(found, request.user):
            messages.error(request, told)
            return redirect(found)
        return view(request, desk_of(found, request.user))

    return guarded


urlpatterns = pages("khen-thuong/ho-so/<int:pk>/nhap/", _NAME, _opened)

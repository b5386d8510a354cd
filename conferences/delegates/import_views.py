"""Delegates from an Excel list: the pages of entering records, at a conference that still takes people."""

from functools import partial

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from awards.records.entering import Desk
from awards.records.forms import FileForm
from awards.records.import_views import STEPS, pages
from documents.steps.refusing import Refused

from ..events.models import Role
from .actions import keeps
from .adding import OPEN, held
from .importing import DelegatePlan
from .models import Delegate
from .page import kept

KIND = "delegates"
_NAME = "import_delegates"


class DelegateListForm(FileForm):
    """An Excel list of people, and as what they come whose rows do not say it."""

    role = forms.ChoiceField(
        label="Là (dòng không ghi)", required=False, choices=[("", Role.OFFICIAL.label), *Role.choices[1:]]
    )

    def shared(self) -> dict[str, str]:
        """What all rows share, as it is kept."""
        role = self.cleaned_data["role"]
        return {"role": role} if role else {}


def desk_of(event, user) -> Desk:
    """Where ``user`` enters lists for one conference."""

    def refuse():
        if not keeps(held(event), user):
            raise Refused(f"Danh sách đại biểu do cán bộ của {event.unit} lập.")

    at = {step: reverse(_NAME if step == "send" else f"{_NAME}_{step}", args=[event.pk]) for step in STEPS}
    return Desk(
        KIND, Delegate, user, refuse, partial(DelegatePlan, event=event, by=user), DelegateListForm, "đại biểu",
        f"Đại biểu – {event}", reverse("conference_delegates", args=[event.pk]), "dai-bieu", at, "conferences", event.pk, True,
        "Không có trong danh sách cá nhân, ghi theo tệp", "Đại biểu chính thức ghi theo tệp phải có lý do cử.",
    )  # fmt: skip


def _opened(view):
    def guarded(request, pk):
        event = kept(request, pk)
        if event.state not in OPEN:
            messages.error(
                request, f"Hội nghị {event.get_state_display().lower()}: không thay đổi danh sách đại biểu nữa."
            )
            return redirect("conference_delegates", pk)
        return view(request, desk_of(event, request.user))

    return guarded


urlpatterns = pages("hoi-nghi/<int:pk>/dai-bieu/nhap/", _NAME, _opened)

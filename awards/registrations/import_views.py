"""Registrations from an Excel list: the pages of entering records, at a registration that its unit is still writing."""

from functools import partial

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from documents.steps.refusing import Refused

from ..catalogue.book import called
from ..catalogue.models import AwardType, Whom
from ..records.entering import Desk
from ..records.forms import FileForm
from ..records.import_views import STEPS, pages
from . import actions
from .importing import AimPlan
from .models import Aim, Registration
from .views import kept

KIND = "aims"
_NAME = "import_aims"


class AimListForm(FileForm):
    """An Excel list of people and titles, and what all its rows share that do not say it themselves."""

    award = forms.ModelChoiceField(
        AwardType.objects.filter(form=AwardType.Form.TITLE), label="Danh hiệu (chung cho cả tệp)", required=False,
        empty_label="Ghi ở từng dòng", to_field_name="code",
    )  # fmt: skip
    whom = forms.ChoiceField(
        label="Tệp ghi", required=False, choices=[("", "Ghi ở từng dòng, hoặc tự nhận biết"), *Whom.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].label_from_instance = called

    def shared(self) -> dict[str, str]:
        """What all rows share, as it is kept."""
        award, whom = self.cleaned_data["award"], self.cleaned_data["whom"]
        return {name: said for name, said in (("award", award and award.code), ("whom", whom)) if said}


def desk_of(registration: Registration, user) -> Desk:
    """Where ``user`` enters lists for one registration."""

    def refuse():
        if told := actions.register.untimely(actions.STEPS.locked(registration), user):
            raise Refused(told)

    at = {step: reverse(_NAME if step == "send" else f"{_NAME}_{step}", args=[registration.pk]) for step in STEPS}
    return Desk(
        KIND, Aim, user, refuse, partial(AimPlan, registration=registration, by=user), AimListForm, "dòng đăng ký",
        str(registration), registration.get_absolute_url(), "dang-ky-danh-hieu", at, "dossiers", registration.pk,
    )  # fmt: skip


def _opened(view):
    def guarded(request, pk):
        found = kept(request, pk)
        if told := actions.register.untimely(found, request.user):
            messages.error(request, told)
            return redirect(found)
        return view(request, desk_of(found, request.user))

    return guarded


urlpatterns = pages("khen-thuong/dang-ky/<int:pk>/nhap/", _NAME, _opened)

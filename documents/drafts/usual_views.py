"""The page on which a person sets once what the own papers for a body begin with."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from units.forms import DressedForm
from units.models import Term
from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import to

from ..papers.models import Usual
from ..papers.rules import OFFICE, PROPOSED, archive_for, issuers_for, proposal_for, section_of, usual_of
from ..steps.accepting import accepted
from ..steps.refusing import unless_taken
from .forms import signer_label


class UsualForm(DressedForm, forms.ModelForm):
    """Section, archive, signer, proposer and foot of one person's papers for one body."""

    class Meta:
        model = Usual
        fields = ["section", "archive", "signer", "proposer", "contact"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        issuer, unit = self.instance.issuer, self.instance.by.unit
        terms = issuer.terms.in_force(timezone.localdate()) | Term.objects.filter(pk=self.instance.signer_id)
        self.fields["signer"].queryset = terms.select_related("official")
        self.fields["signer"].label_from_instance = signer_label
        self.fields["signer"].empty_label = "– Chương trình chọn theo loại văn bản –"
        self.fields["section"].widget.attrs["placeholder"] = section_of(issuer, unit) or OFFICE
        self.fields["archive"].widget.attrs["placeholder"] = archive_for(issuer, unit)
        self.fields["proposer"].widget.attrs["placeholder"] = proposal_for(issuer, unit).removeprefix(PROPOSED)

    def clean_section(self):
        """As it stands in a symbol: capitals, no space, no slash. Raises ``ValidationError`` for what no symbol has."""
        section = self.cleaned_data["section"].strip()
        if any(not (char.isalnum() or char in "-&.") for char in section):
            raise forms.ValidationError("Chỉ ghi chữ viết tắt, không có dấu cách và dấu gạch chéo, ví dụ TĐKT.")
        return section


@writers_only
def usual(request, code):
    """What this person's papers for the body ``code`` begin with, to set once; a body that is not theirs is not found."""
    issuer = get_object_or_404(issuers_for(request.user), code=code)
    row, back = usual_of(request.user, issuer), f"{reverse('choose_type')}?co_quan={code}"
    form = UsualForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _store(form)):
        messages.success(request, f"Đã ghi. Văn bản mới của {issuer} bắt đầu với những điều này.")
        return redirect(back)
    told = {"sub": f"{issuer} · chỉ cho văn bản do bạn soạn", "save": "Ghi", "back": back, "area": "documents"}
    return form_page(request, form, "Ghi sẵn cho văn bản của tôi", up=to("Soạn văn bản", back), **told)


def _store(form):
    """Store the row; raises ``Refused`` where another window of the person stored one a moment ago."""
    with unless_taken("Bạn vừa ghi ở một cửa sổ khác. Hãy mở lại trang này.", "section"):
        form.save()

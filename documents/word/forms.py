"""What is asked around a Word file: which one, what becomes of its changes, which paper it is to be."""

from django import forms
from django.conf import settings

from units.forms import DressedForm
from units.models import Unit

from ..papers.models import DocumentType
from ..papers.rules import issuers_for
from .models import WordFile

SUFFIX = ".docx"
# Changes that are asked one by one: a browser may send a thousand answers at once, and nobody ticks more.
MOST_ASKED = 500


class WordUploadForm(DressedForm, forms.Form):
    """One Word file; nothing else is asked before it was read."""

    file = forms.FileField(
        label="Tệp Word",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": SUFFIX}),
        error_messages={"required": "Hãy chọn tệp Word (.docx)."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"Tệp .docx, không quá {settings.UPLOAD_MAX_MB} MB. Tệp .doc kiểu cũ: mở bằng Word, lưu lại thành .docx rồi "
            "gửi."
        )


class ChangesForm(DressedForm, forms.Form):
    """What becomes of tracked changes; ``accepted`` counts where each is asked.

    Those behind the first ``MOST_ASKED`` are accepted then.
    """

    way = forms.ChoiceField(
        label="Chỗ sửa được đánh dấu (Track Changes)", choices=WordFile.Way, widget=forms.RadioSelect
    )
    accepted = forms.TypedMultipleChoiceField(
        label="Chấp nhận", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, changes=(), **kwargs):
        super().__init__(*args, **kwargs)
        asked = changes[:MOST_ASKED]
        self.fields["accepted"].choices = [(number, change.words) for number, change in enumerate(asked)]
        self.unasked = range(len(asked), len(changes))

    def clean_accepted(self):
        """What was ticked, and what nobody was asked about."""
        return [*self.cleaned_data["accepted"], *self.unasked]


class DraftForm(DressedForm, forms.Form):
    """Which paper the file is to be: its type and whose it is."""

    type = forms.ModelChoiceField(
        DocumentType.objects.none(), label="Loại văn bản", empty_label="– Chọn loại văn bản –"
    )
    issuer = forms.ModelChoiceField(Unit.objects.none(), label="Cơ quan ban hành", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = DocumentType.objects.written_here()
        self.fields["issuer"].queryset = issuers_for(user)

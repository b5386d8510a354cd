"""What is typed of an occasion: its facts, who took each award, photographs."""

from django import forms

from documents.steps.forms import EditForm
from units.forms import DressedForm, dress
from units.permissions import may_manage

from .actions import taken_field, whom_field
from .models import Occasion, Presented

Taken = Presented.Taken


class OccasionForm(EditForm):
    """An occasion, on one screen. Whether it is for the whole province the department says when it plans it."""

    for_all = forms.BooleanField(
        label="Lễ chung của tỉnh", required=False,
        help_text="Chọn khen thưởng của mọi đơn vị; quyết định đã công bố ở đây thì đơn vị không công bố lại.",
    )  # fmt: skip

    class Meta:
        model = Occasion
        fields = [
            "kind", "name", "day", "begins_at", "place", "presenter", "presenter_post", "authority", "reader", "invited",
            "guests", "note",
        ]  # fmt: skip
        widgets = {
            "begins_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "authority": "Văn bản ủy quyền hoặc hướng dẫn trao, khi trao khen thưởng do cấp khác quyết định.",
            "invited": "Đại biểu mời dự, cách nhau bằng dấu chấm phẩy.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].half = name not in ("note", "name", "invited")
        if self.instance.pk or not may_manage(user):
            del self.fields["for_all"]

    def clean(self):
        """What is for the whole province is so from the start."""
        typed = super().clean()
        if "for_all" in self.fields:
            self.instance.is_of_province = bool(typed.get("for_all"))
        return typed


class HoldForm(DressedForm, forms.Form):
    """Who took each award: the honoured where nothing else is typed, of the dead their family."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, occasion, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.initial["version"] = rows, occasion.version
        for row in rows:
            self.fields[taken_field(row)] = forms.ChoiceField(
                label=f"{row.award.name}: ai nhận", choices=Taken, required=False,
                initial=Taken.FAMILY if row.is_posthumous else Taken.SELF,
            )  # fmt: skip
            self.fields[whom_field(row)] = forms.CharField(
                label=f"{row.award.name}: họ tên người nhận thay", max_length=200, required=False
            )
        dress(self)

    @property
    def lines(self):
        """Each award with its two fields."""
        return [(row, self[taken_field(row)], self[whom_field(row)]) for row in self.rows]

    def taken(self) -> dict[int, tuple[str, str]]:
        """What was typed, by the keys of the lines."""
        typed = self.cleaned_data
        return {row.pk: (typed[taken_field(row)], typed[whom_field(row)]) for row in self.rows}

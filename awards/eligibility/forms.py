"""What is asked on «Tra quy định»: a day, an award, for whom, decided by which office, voted on by how many."""

from django import forms
from django.utils import timezone

from units.forms import DressedForm

from ..catalogue import book as books
from ..catalogue.filters import checked
from ..catalogue.models import AwardType, Whom
from .answers import Asked

_SEARCHED = {"data-search": ""}
# Nothing that is voted on has more people than a commune's hall.
_MOST_VOTERS = 9_999


class AwardDayForm(DressedForm, forms.Form):
    """Of which day, and for whom, the page of one award tells. ``day`` is today's where none was typed, or none that is one."""

    marks_required = False

    ngay = forms.DateField(label="Tại ngày", required=False)
    cho = forms.ChoiceField(label="Dành cho", required=False)

    def __init__(self, data=None, *, found, type, **kwargs):
        super().__init__(data, **kwargs)
        self.catalogue = found
        self.fields["ngay"].initial = timezone.localdate()
        self.fields["cho"].choices = [("", "Tất cả"), *((each, each.label) for each in Whom if type.is_for(each))]

    def clean_ngay(self):
        """Refuse a day before the first."""
        return checked(self.catalogue, self.cleaned_data["ngay"])

    @property
    def day(self):
        """The day that was asked about."""
        return (self.cleaned_data.get("ngay") if self.is_bound and not self.errors else None) or timezone.localdate()

    @property
    def whom(self) -> str:
        return self.cleaned_data.get("cho", "") if self.is_bound and not self.errors else ""


class LookUpForm(DressedForm, forms.Form):
    """The question. Its fields stand in the address, so that a link can be sent to a colleague.

    ``asked`` is it as the pure functions take it; None where something is wrong or no award was chosen.
    """

    marks_required = False

    khen = forms.ChoiceField(
        label="Danh hiệu, hình thức",
        required=False,
        widget=forms.Select(attrs=_SEARCHED),
        error_messages={"invalid_choice": "Danh mục không có danh hiệu, hình thức đó. Hãy chọn lại."},
    )
    ngay = forms.DateField(label="Tại ngày", required=False)
    cho = forms.ChoiceField(label="Dành cho", required=False)
    do = forms.ChoiceField(label="Ai quyết định", required=False)
    phieu = forms.IntegerField(label="Số người bỏ phiếu", required=False, min_value=1, max_value=_MOST_VOTERS)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.catalogue = books.catalogue()
        self.day = timezone.localdate()
        self.fields["ngay"].initial = self.day
        self.fields["khen"].wide = True
        self._offer(self.catalogue.on(self._day_typed()))

    def _day_typed(self):
        """The day by which choices have their names; today's where what was typed is none."""
        try:
            day = self.fields["ngay"].clean(self.data.get("ngay", ""))
            return checked(self.catalogue, day) or self.day
        except forms.ValidationError:
            return self.day

    def _offer(self, book):
        titles, others = [], []
        for code, row in book.awards.items():
            is_title = row.more["form"] == AwardType.Form.TITLE
            (titles if is_title else others).append((code, book.name(code)))
        groups = [("Danh hiệu thi đua", titles), ("Hình thức khen thưởng", others)]
        asked = self.data.get("khen", "")
        if asked not in book.awards and (days := self._days_of(asked)):
            groups.append(("Không có ngày này", [(asked, self.catalogue.name_on(asked, days[0].since))]))
        self.fields["khen"].choices = [("", "Chọn danh hiệu, hình thức"), *groups]
        self.fields["cho"].choices = [("", "Tất cả"), *Whom.choices]
        offices = [row for row in self.catalogue.rows if row.kind == "office"]
        self.fields["do"].choices = [("", "Mọi cấp"), *((row.more["code"], row.more["name"]) for row in offices)]

    def _days_of(self, award):
        """The rows that say from when to when there is an award."""
        return [row for row in self.catalogue.rows if row.kind == "award" and row.award == award]

    def _not_there(self, award) -> str:
        days = self._days_of(award)
        name, when = self.catalogue.name_on(award, days[0].since), "; ".join(row.span for row in days)
        return f"Ngày {self.day:%d/%m/%Y} luật không có {name} (có {when}). Hãy đổi ngày hoặc chọn lại."

    def clean_ngay(self):
        """Refuse a day before the first."""
        return checked(self.catalogue, self.cleaned_data["ngay"])

    def clean(self):
        """Refuse an award that there is not on the day, and a kind of recipient that cannot have it."""
        typed = super().clean()
        self.day = typed.get("ngay") or self.day
        row, whom = self.catalogue.on(self.day).awards.get(typed.get("khen")), typed.get("cho")
        if typed.get("khen") and not row and "ngay" not in self.errors:
            self.add_error("khen", self._not_there(typed["khen"]))
        if row and whom and whom not in row.more["for"]:
            kinds = ", ".join(Whom(kind).label.lower() for kind in row.more["for"])
            self.add_error("cho", f"{row.value} chỉ dành cho {kinds}. Hãy chọn lại.")
        return typed

    @property
    def asked(self) -> Asked | None:
        """The question; None where there is none."""
        if not self.is_bound or not self.is_valid() or not self.cleaned_data["khen"]:
            return None
        typed = self.cleaned_data
        return Asked(self.catalogue.on(self.day), typed["khen"], typed["cho"], typed["do"], typed["phieu"])

"""The field that names a paper of the register by its number and symbol."""

import re
from datetime import date

from django import forms

from ..source.paper import PartialDate
from ..source.references import tidy_reference
from .citations import numbered


class PaperField(forms.CharField):
    """Gives the one paper that ``user`` may see under what was typed (``109/TB-UBND``, or with its day behind it), or None.

    The form sets ``user``. ``dated``: a paper whose day is not known in full is refused.
    """

    user = None

    def __init__(self, *, dated=False, **kwargs):
        super().__init__(**kwargs)
        self.dated = dated

    def clean(self, value):
        """Raises ``ValidationError`` where the register holds none of this number, or several, or none with its day."""
        key = tidy_reference(super().clean(value))
        if not key:
            return None
        found = [paper for paper in numbered(key, self.user) if paper.is_frozen]
        if not found:
            raise forms.ValidationError(
                "Sổ chưa có văn bản số này. Hãy kiểm tra lại số, hoặc ghi văn bản đó vào sổ trước."
            )
        if len(found) > 1:
            days = ", ".join(paper.date_text for paper in found)
            raise forms.ValidationError(f"Sổ có {len(found)} văn bản số này (ngày {days}). Hãy ghi thêm ngày sau số.")
        paper = found[0]
        if self.dated and not (paper.year and paper.month and paper.day):
            raise forms.ValidationError(f"{paper.name} chưa ghi đủ ngày, tháng, năm. Hãy ghi đủ ở sổ văn bản trước.")
        return paper


# Years that a paper of this state can bear; others are slips of the hand.
EARLIEST, LATEST = 1945, 2100


class PartialDateField(forms.CharField):
    """A date as far as it is known: ``25/02/2020``, ``02/2020`` or nothing. Gives a ``PartialDate``."""

    def to_python(self, value):
        """Raises ``ValidationError`` for a date that does not exist, or another form."""
        text = super().to_python(value)
        if not text:
            return PartialDate()
        found = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text)
        if not found:
            raise forms.ValidationError("Ghi ngày như 25/02/2020, hoặc 02/2020 nếu chưa định ngày, hoặc để trống.")
        day, month, year = (int(part) if part else None for part in found.groups())
        try:
            date(year, month, day or 1)
            if not EARLIEST <= year <= LATEST:
                raise ValueError
        except ValueError:
            raise forms.ValidationError(f"Không có ngày {text}. Hãy kiểm tra lại ngày và tháng.") from None
        return PartialDate(year, month, day)

"""The field of a date as far as it is known."""

import re
from datetime import date

from django import forms

from ..source.paper import PartialDate

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

"""The field in which years are typed."""

import re

from django import forms

EARLIEST, MOST_YEARS = 1945, 80
_SPAN = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


class YearsField(forms.CharField):
    """Years as one says them: ``2019-2021, 2023``; gives them as a list, one named twice stands twice."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"placeholder": "2023-2025", "inputmode": "text"}))
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value):
        """Raises ``ValidationError`` for what is no year, a span that runs backwards or is too long."""
        found = []
        for part in filter(None, (part.strip() for part in re.split(r"[,;]", super().clean(value)))):
            span = _SPAN.fullmatch(part)
            if not span:
                raise forms.ValidationError(f"«{part}» không phải năm. Ví dụ: 2023-2025, hoặc 2021, 2023.")
            first, last = int(span[1]), int(span[2] or span[1])
            if last < first:
                raise forms.ValidationError(f"«{part}» viết ngược. Hãy viết năm trước trước: {last}-{first}.")
            if first < EARLIEST or last - first >= MOST_YEARS:
                raise forms.ValidationError(f"«{part}» quá xa. Hãy kiểm tra lại năm.")
            found += range(first, last + 1)
        return found

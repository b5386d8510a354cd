"""The field that names a paper of the register by its number and symbol."""

from django import forms

from ..source.references import tidy_reference
from .rules import numbered


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

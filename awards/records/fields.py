"""The field that names one recipient, with names offered while one types."""

import re

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy

from ..recipients.models import Recipient
from ..recipients.names import name_key

_KEY = re.compile(r"#(\d{1,9})\s*$")
_MOST = 8


def told(recipient: Recipient) -> str:
    """A recipient as the field offers it: ``Nguyễn Văn A, sinh 1980, Sở Mẫu #12``. Reads ``unit``."""
    return (
        f"{', '.join(filter(None, (recipient.name, recipient.birth_text, str(recipient.unit or ''))))} #{recipient.pk}"
    )


class RecipientField(forms.CharField):
    """Gives the one recipient of the name that was typed, or of the number behind it; ``kinds``: which may be named.

    ``user``: who types; whom that person may not see is as unknown as who is nowhere. The department's own forms set none.
    ``held``: the key of the one that stands there already, who stays although gone from sight.
    """

    user, held = None, None

    def __init__(self, *, kinds=(), **kwargs):
        super().__init__(**{"max_length": 500, "help_text": "Gõ tên rồi chọn; không cần dấu.", **kwargs})
        self.kinds = kinds

    def widget_attrs(self, widget):
        """Names are offered by the list of the page."""
        offered = {"list": "known-names", "autocomplete": "off", "hx-get": reverse_lazy("name_recipients")}
        return (
            super().widget_attrs(widget)
            | offered
            | {"hx-trigger": "keyup changed delay:300ms", "hx-target": "#known-names"}
        )

    def prepare_value(self, value):
        """What stands in the field for a recipient that is there."""
        if isinstance(value, int):
            found = self._known().select_related("unit").filter(pk=value).first()
            if found is None:
                return ""
            # Where somebody who left is now is not told.
            is_seen = self.user is None or Recipient.objects.visible_to(self.user).filter(pk=value).exists()
            return told(found) if is_seen else f"{found.name} #{found.pk}"
        return value

    def _known(self):
        if self.user is None:
            return Recipient.objects.all()
        seen = Recipient.objects.visible_to(self.user).order_by().values("pk")
        return Recipient.objects.filter(Q(pk__in=seen) | Q(pk=self.held))

    def clean(self, value):
        """Raises ``ValidationError`` where nobody has the name, or several have."""
        value = super().clean(value)
        if not value:
            return None
        rows = self._known().main().select_related("unit")
        rows = rows.filter(kind__in=self.kinds) if self.kinds else rows
        key = _KEY.search(value)
        found = list(rows.filter(pk=key[1]) if key else rows.filter(name_key=name_key(value))[:_MOST])
        if not found:
            raise forms.ValidationError(
                f"Chưa có «{value}» trong phần mềm. Hãy kiểm tra tên, hoặc thêm vào danh sách trước."
            )
        if len(found) > 1:
            names = "; ".join(map(told, found))
            raise forms.ValidationError(f"Có {len(found)} người, tập thể tên này: {names}. Hãy ghi cả số sau dấu #.")
        return found[0]


class RecipientsField(RecipientField):
    """Several recipients, a line each. Gives a list."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 5000, "widget": forms.Textarea(attrs={"rows": 3}), **kwargs})

    def widget_attrs(self, widget):
        """A list of names cannot be offered beside several lines."""
        return forms.CharField.widget_attrs(self, widget)

    def prepare_value(self, value):
        """A line for each."""
        return "\n".join(map(told, value)) if isinstance(value, list) else value

    def clean(self, value):
        """Every line a recipient, each once."""
        lines = [line.strip() for line in forms.CharField.clean(self, value).splitlines() if line.strip()]
        return list(dict.fromkeys(RecipientField.clean(self, line) for line in lines))

"""What every form of the desk has in common, and the forms about units and accounts."""

import re

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from .encodings import converted, old_lines
from .logins import wait_of, wait_words
from .text import clean, clean_words


class _Thousands:
    """What Django takes out of a typed whole number: by itself ``.000`` of «1.000», which is a thousand here, not one."""

    _WHOLE = re.compile(r"\s*-?[1-9]\d{0,2}(?:\.\d{3})+\s*")

    def sub(self, replacement, text):
        """``text`` without its dots where they stand between thousands; else as it is, to be refused."""
        return text.replace(".", replacement) if self._WHOLE.fullmatch(text) else text


def dress(form):
    """Give each widget of ``form`` the class that the style sheet knows, and read whole numbers as this country writes them."""
    for field in form.fields.values():
        widget = field.widget
        # A browser cuts off what is pasted beyond it without a word; the field itself says how much too long it is.
        widget.attrs.pop("maxlength", None)
        if isinstance(field, forms.IntegerField) and not isinstance(field, (forms.DecimalField, forms.FloatField)):
            field.re_decimal = _Thousands()
        if isinstance(widget, forms.RadioSelect):
            continue  # a class would land on the box around the choices; the style sheet knows them by their fieldset
        if isinstance(widget, forms.CheckboxInput):
            css = "form-check-input"
        elif isinstance(widget, forms.Select):
            css = "form-select"
        else:
            css = "form-control"
        widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()
        if isinstance(field, forms.DateField):
            widget.attrs.setdefault("data-date", "")
            widget.attrs.setdefault("placeholder", "ngày/tháng/năm")
            widget.attrs.setdefault("autocomplete", "off")


class DressedForm:
    """Mixin: a form in the desk's look. ``printed``: its fields that hold words of a paper.

    ``marks_required``: whether a star stands at what must be filled in.
    """

    printed = ()
    marks_required = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.was_converted = CONVERT in self.data and self._convert()
        dress(self)

    def _convert(self) -> bool:
        """Put what was typed in an old encoding into Unicode, as its button asks; whether anything was."""
        data = self.data.copy()
        for name in self.fields:
            key = self.add_prefix(name)
            values = data.getlist(key) if self._is_text(name, data.get(key)) else []
            if any(map(old_lines, values)):
                data.setlist(key, [converted(value) for value in values])
        is_other, self.data = data != self.data, data
        return is_other

    def clean(self):
        """Every text as the program keeps it: NFC, one kind of line end, without what Word leaves in pasted text."""
        cleaned = super().clean()
        typed = self.cleaned_data if cleaned is None else cleaned
        if self.was_converted:
            self.add_error(None, "Đã chuyển sang Unicode, chưa lưu. Hãy xem lại các ô rồi bấm nút lưu như thường lệ.")
        for name, value in [*typed.items()]:
            if self._is_text(name, value) and (old := old_lines(value.replace("\r\n", "\n"))):
                self.add_error(name, forms.ValidationError(_told(old), code="old_encoding"))
                typed.pop(name, None)
        return {name: self.tidy(name, value) if self._is_text(name, value) else value for name, value in typed.items()}

    def tidy(self, name, value: str) -> str:
        """What was typed into a field, as it is kept; in ``printed`` ones a space that does not break stays one."""
        return clean_words(value) if name in self.printed else clean(value)

    def overtaken(self, words, version: int):
        """Say that somebody else saved first. The next click is deliberate: it stores this person's words over ``version``."""
        self.add_error(None, words)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version

    def _is_text(self, name, value):
        """Whether a value is words; a password stays exactly as it was typed."""
        return isinstance(value, str) and not isinstance(self.fields[name].widget, forms.PasswordInput)


# The button beside a field that was typed in an old encoding.
CONVERT = "chuyen-ma"


def _told(old) -> str:
    """What is said of lines in an old encoding."""
    first = f"{str(old[0])[:1].upper()}{str(old[0])[1:]}"
    more = f" (và {len(old) - 1} dòng khác)" if len(old) > 1 else ""
    return f"{first}{more}. Chương trình chỉ lưu chữ Unicode: bấm nút để chuyển, hoặc gõ lại."


class LoginForm(DressedForm, AuthenticationForm):
    """Name and password, in the office's words."""

    marks_required = False
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy gõ lại; chú ý chữ hoa, chữ thường và bộ gõ tiếng Việt.",
        "inactive": "Tài khoản này đã khóa. Hãy liên hệ người quản trị.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"

    def get_invalid_login_error(self):
        """Where account and address are locked: for how long, and who opens them."""
        if not getattr(self.request, "axes_locked_out", False):
            return super().get_invalid_login_error()
        return forms.ValidationError(
            "Sai mật khẩu nhiều lần nên tên đăng nhập này tạm khóa trên máy này. "
            f"Hãy thử lại sau {wait_words(wait_of(self.request))}, hoặc nhờ người quản trị mở khóa.",
            code="locked",
        )


class NewPasswordForm(DressedForm, PasswordChangeForm):
    """The own password, changed by its owner."""


def rows(count, **attrs):
    """A text area of ``count`` lines."""
    return forms.Textarea(attrs={"rows": count, **attrs})

"""Forms of certificates: how they are laid out, printers, what is printed now."""

from django import forms
from django.utils import timezone
from PIL import Image

from documents.steps.forms import EditForm
from documents.uploads.fields import FilesField
from units.forms import DressedForm, dress, rows

from ..catalogue.book import called
from ..catalogue.models import AwardType
from .layouts import FACTS
from .models import Layout, LayoutField, Printer

MOST_FIELDS = 40
_ENDINGS, _MODES = (".png", ".jpg", ".jpeg"), {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"}
_PRINTS = dict(LayoutField.Prints.choices)


class _Picture(FilesField):
    """One picture, none of it stored yet. Gives the file or None."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False} | kwargs)

    def widget_attrs(self, widget):
        """The kinds that the browser offers first."""
        return {**super().widget_attrs(widget), "accept": ".png,.jpg,.jpeg"}

    def clean(self, data, initial=None):
        """Raises ``ValidationError`` for what is no picture, too large a one, or one that cannot be printed."""
        sent = data if isinstance(data, list | tuple) else [data]
        if wrong := [file.name for file in filter(None, sent) if not file.name.lower().endswith(_ENDINGS)]:
            raise forms.ValidationError(f"Phải là ảnh PNG hoặc JPG: {'; '.join(wrong)}. Hãy quét lại rồi gửi.")
        files = super().clean(data, initial)
        if len(files) > 1:
            raise forms.ValidationError("Chỉ chọn một ảnh.")
        if not files:
            return None
        with Image.open(files[0]) as picture:
            mode = picture.mode
        files[0].seek(0)
        if mode not in _MODES:
            raise forms.ValidationError("Ảnh lưu quá 8 bit mỗi màu nên không in được. Hãy lưu lại ở 8 bit rồi gửi.")
        return files[0]


class LayoutForm(EditForm):
    """A layout without its fields."""

    types = forms.ModelMultipleChoiceField(label="In cho", queryset=AwardType.objects.all())
    scan = _Picture(label="Ảnh quét phôi", help_text="PNG, JPG. Chỉ để đặt các ô lên trên, không in ra.")
    no_scan = forms.BooleanField(label="Bỏ ảnh quét phôi", required=False)
    emblem = _Picture(
        label="Hình Quốc huy", help_text="PNG, JPG, nền trắng, nên từ 600 điểm ảnh mỗi chiều. In ở ô «Hình Quốc huy»."
    )
    no_emblem = forms.BooleanField(label="Bỏ hình Quốc huy", required=False)

    class Meta:
        model = Layout
        fields = ["name", "types", "whom", "since", "until", "width", "height", "frame"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        types = self.fields["types"]
        types.label_from_instance, types.widget.attrs["data-search"] = called, ""
        self.fields["whom"].choices = [("", "Mọi người nhận"), *self.fields["whom"].choices[1:]]
        for name in ("since", "until", "width", "height", "whom", "frame"):
            self.fields[name].half = True
        for name in ("scan", "emblem"):
            if not getattr(self.instance, name):
                del self.fields[f"no_{name}"]

    def pictures(self) -> dict:
        """{name: the new file, None to take it out} of what changes."""
        typed = self.cleaned_data
        found = {}
        for name in ("scan", "emblem"):
            if typed[name] or typed.get(f"no_{name}"):
                found[name] = typed[name]
        return found


class FigureField(forms.DecimalField):
    """A figure with a comma or a point and either minus, as it is typed here."""

    def to_python(self, value):
        """The figure; raises ``ValidationError``."""
        return super().to_python(value.replace(",", ".").replace("−", "-") if isinstance(value, str) else value)


class FieldForm(DressedForm, forms.ModelForm):
    """One field of a layout."""

    marks_required = False

    class Meta:
        model = LayoutField
        fields = FACTS
        field_classes = dict.fromkeys(["left", "top", "width", "height", "size", "least"], FigureField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colour"].widget.input_type = "color"
        for name in ("left", "top", "width", "height", "size", "least"):
            self.fields[name].widget.attrs["step"] = "0.1" if name not in ("size", "least") else "0.5"

    @property
    def told(self) -> str:
        """What it prints; where, the script adds."""
        prints, words = self["prints"].value(), self["words"].value()
        return words or _PRINTS.get(prints, "Ô mới")

    def has_changed(self):
        """A row whose kind was not chosen is none."""
        return super().has_changed() and bool(self.data.get(self.add_prefix("prints")) or self.initial)


class _Fields(forms.BaseFormSet):
    """The fields of a layout."""

    def add_fields(self, form, index):
        """Places and boxes look as all fields do."""
        super().add_fields(form, index)
        dress(form)

    @property
    def in_order(self):
        """The rows as they are shown."""
        return self.forms

    def kept(self) -> list[LayoutField]:
        """The fields as typed, in their order, not stored."""
        return [form.instance for form in self.ordered_forms if form.has_changed() or form.initial]

    def on_sheet(self, width, height) -> bool:
        """Whether all fields stand on a sheet of that size; those that do not say so."""
        fine = True
        for form in self.ordered_forms:
            for name, words in form.instance.off(width, height).items():
                form.add_error(name, words)
                fine = False
        return fine


FieldFormSet = forms.formset_factory(
    FieldForm,
    formset=_Fields,
    can_delete=True,
    can_order=True,
    extra=0,
    max_num=MOST_FIELDS,
    absolute_max=MOST_FIELDS + 1,
    validate_max=True,
)


def fields_of(layout, data=None) -> _Fields:
    """The rows of a layout's fields, or what was typed."""
    names = FieldForm.Meta.fields
    initial = [{name: getattr(one, name) for name in names} for one in layout.fields.all()] if layout.pk else []
    return FieldFormSet(data, initial=initial, prefix="o")


class PrinterForm(EditForm):
    """A printer."""

    class Meta:
        model = Printer
        fields = ["name", "right", "down", "note", "is_used"]
        field_classes = {"right": FigureField, "down": FigureField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("right", "down"):
            self.fields[name].half = True
            self.fields[name].help_text = "Từ −20 đến 20, đo trên tờ căn máy."


class AnswerForm(DressedForm, forms.Form):
    """Whether the names of a unit are right on the sheets to try."""

    marks_required = False

    is_right = forms.TypedChoiceField(
        label="Tên, chức vụ, thành tích trên bản in thử", coerce=lambda value: value == "1",
        choices=[("1", "Đúng cả"), ("0", "Có chỗ sai")], widget=forms.RadioSelect,
    )  # fmt: skip
    remark = forms.CharField(
        label="Chỗ sai, sửa thành", max_length=500, required=False, widget=rows(3),
        help_text="Ví dụ: số 12, Lương Thị Hiền sửa thành Lường Thị Hiền.",
    )  # fmt: skip


class PrintForm(DressedForm, forms.Form):
    """Which printer prints, when, how many."""

    day = forms.DateField(label="Ngày in", initial=timezone.localdate)
    printer = forms.ModelChoiceField(
        label="Máy in", queryset=Printer.objects.filter(is_used=True), required=False, empty_label="Không chỉnh lệch"
    )
    most = forms.IntegerField(label="Số tờ", min_value=1, required=False, help_text="Để trống: tất cả.")

    def __init__(self, *args, group=None, printers=None, **kwargs):
        """``printers``: the choices of the field, where several forms stand on a page: each would ask for them."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.half = True
        if printers is not None:
            self.fields["printer"].choices = printers
        if group and group.short:
            self.fields["most"].initial = group.possible or None

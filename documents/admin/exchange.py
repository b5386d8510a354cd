"""The back office of the axis between offices: codes of bodies, types and states; packages to look at."""

from django.contrib import admin, messages

from documents.models import AxisOrgan, AxisPackage, AxisState, AxisTold, AxisType, DocumentType
from units.admin_parts import FoldedSearch, ReadOnly, named, said

from ..steps.refusing import first_of


@admin.register(AxisOrgan)
class AxisOrganAdmin(FoldedSearch, admin.ModelAdmin):
    """Bodies on the axis."""

    list_display = [named(AxisOrgan), "code", "unit"]
    list_select_related = ["unit"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["unit"]


TO_DO = " Đối chiếu với tài liệu của trục, sửa hoặc thêm dòng rồi đánh dấu «đã xác nhận»."


class Confirming(admin.ModelAdmin):
    """Rows that an office confirms: the list begins with what waits for that, and what to do. A subclass says ``waiting()``."""

    def changelist_view(self, request, extra_context=None):
        """Tells what waits."""
        if words := self.waiting():
            messages.warning(request, words + TO_DO)
        return super().changelist_view(request, extra_context)


@admin.register(AxisType)
class AxisTypeAdmin(Confirming):
    """Codes of types of papers."""

    list_display = ["code", "type", said(AxisType, "is_confirmed")]
    list_filter = ["is_confirmed"]
    list_select_related = ["type"]
    autocomplete_fields = ["type"]

    def waiting(self):
        """Types that are written here and have no code, and codes that nobody confirmed."""
        lacking = DocumentType.objects.written_here().filter(axis=None).values_list("name", flat=True)
        unsure = [
            f"{row.type} ({row.code})" for row in AxisType.objects.filter(is_confirmed=False).select_related("type")
        ]
        told = [f"Chưa có mã trên trục: {first_of(lacking, 'loại', between=', ', most=8)}." if lacking else ""]
        told += [f"Mã chờ xác nhận: {first_of(unsure, 'loại', between=', ', most=8)}." if unsure else ""]
        return " ".join(filter(None, told))


@admin.register(AxisState)
class AxisStateAdmin(Confirming):
    """Codes of states that come back."""

    list_display = ["code", "words", said(AxisState, "is_confirmed")]
    list_filter = ["is_confirmed"]

    def waiting(self):
        """Codes that nobody confirmed, and codes that came and are not among the rows."""
        unsure = AxisState.objects.filter(is_confirmed=False).values_list("code", flat=True)
        strange = AxisTold.objects.exclude(state__in=AxisState.objects.values("code")).order_by("state")
        strange = strange.values_list("state", flat=True).distinct()
        told = [f"Trạng thái chờ xác nhận: {first_of(unsure, 'mã', between=', ', most=20)}." if unsure else ""]
        told += [
            f"Mã báo về chưa có trong danh mục: {first_of(strange, 'mã', between=', ', most=20)}." if strange else ""
        ]
        return " ".join(filter(None, told))


@admin.register(AxisPackage)
class AxisPackageAdmin(ReadOnly, admin.ModelAdmin):
    """Packages, to look at."""

    list_display = ["subject", "way", "business", "sender", "unit", "at", "outcome"]
    list_select_related = ["unit"]
    list_filter = ["way", "business", "outcome"]
    fields = readonly_fields = [
        "way",
        "unit",
        "key",
        "business",
        "document",
        "subject",
        "sender",
        "sha256",
        "by",
        "at",
        "reason",
        "outcome",
        "done_at",
        "done_by",
    ]

    def get_queryset(self, request):
        """Without the bytes."""
        return super().get_queryset(request).defer("content")

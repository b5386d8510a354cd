"""Good examples are erased for good, as the person told of asked.

Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, in force from 01/01/2026; before that Nghị định 13/2023/NĐ-CP.
"""

from documents.models import Change
from documents.steps.log import forget
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE
from documents.uploads import drop_left

from ..log import About
from .actions import KEEPER, STEPS, may_publish
from .forms import EraseForm, Ground
from .mentions import drafts_naming
from .models import Example
from .rules import law_of_today

_TOLD_BEFORE = "\n\n".join(
    [
        "Xóa hẳn theo yêu cầu của người được nêu gương: nội dung, ảnh, bản đồng ý và những gì nhật ký của gương này đã ghi. "
        "Không khôi phục được. Nhật ký chỉ còn ai đã làm bước nào, lúc nào, và lý do xóa chọn dưới đây; không có họ tên.",
        "Không tự xóa ở nơi khác: văn bản và kết quả phong trào có nêu tên, cùng tệp ảnh đã đính kèm ở đó, tệp Excel đã xuất, "
        "bản sao lưu máy chủ. Hãy tìm theo họ tên và xử lý ở những nơi đó.",
    ]
)


def told_before(example) -> str:
    """What is told before an example is erased, with the law that holds today."""
    return f"{_TOLD_BEFORE}\n\nCăn cứ: {law_of_today()}."


def fault_of_erasing(example, by) -> str:
    """Why ``by`` cannot erase one that it keeps, in words that say whom to ask; nothing where it can."""
    if example.published_on and not may_publish(by):
        return (
            "Gương đã công bố thì do Sở Nội vụ xóa: hãy gửi yêu cầu xóa đến Sở Nội vụ. Người được nêu gương không đồng ý nữa "
            "thì bấm «Rút lại đồng ý» ngay, để gương thôi công bố."
        )
    if drafts := drafts_naming(example):
        names = "; ".join(f"{paper.name} ({paper.author}, {paper.unit} soạn)" for paper in drafts)
        return f"Dự thảo còn nêu họ tên này: {names}. Hãy bỏ họ tên khỏi dự thảo trước, rồi xóa."
    return ""


def erased():
    """The rows of the log that tell which examples were erased: who, when, on which ground. No name is kept."""
    return Change.objects.filter(about=About.EXAMPLE, what="erase").select_related("by__unit")


@STEPS.step(
    "erase", "Xóa theo yêu cầu", Example.State, to=GONE, who=KEEPER, form=EraseForm, needs_reason=True,
    words=lambda example: {}, fault=fault_of_erasing, address="erase_example", hint=told_before, button="Xóa hẳn",
    look="danger", told="Đã xóa gương điển hình theo yêu cầu.", then=drop_left,
)  # fmt: skip
def erase(example, *, by, reason):
    """Erase all that is kept of one, as the person told of asked: the row, its files, and the words of its log.

    ``reason``: the words of a ``Ground``. What is published is erased by the department alone; what a draft of a report
    names, once it names it no more, for nobody could tell the clerk afterwards. One row of the log tells who erased it when
    and on which ground.
    """
    if reason not in Ground.labels:
        raise Refused("Hãy chọn lý do xóa.", "reason")
    forget(About.EXAMPLE, example.pk)
    example.left = [example.picture, example.consent_file]

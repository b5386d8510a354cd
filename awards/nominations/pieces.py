"""Answers to the checklist of a file: added and taken out while the unit has it, by the department while it appraises."""

from django.db import transaction

from documents.steps.refusing import Refused
from documents.uploads import drop
from units.permissions import may_manage

from ..area import keep
from .actions import STEPS
from .checklist import checklist_of
from .models import Dossier, Piece


def may_add(dossier: Dossier, user) -> bool:
    """Whether ``user`` may answer the checklist now: the unit while it has the file, the department while it appraises."""
    if dossier.state in Dossier.OPEN:
        return dossier.is_kept_by(user)
    return dossier.state == Dossier.State.RECEIVED and may_manage(user)


@transaction.atomic
def answer(dossier: Dossier, words: str, *, by, files=None, not_needed="", nomination=None, paper=None) -> Piece:
    """Answer the line ``words`` of the checklist, for the whole file or for one ``nomination``.

    Raises ``Refused``, and ``documents.uploads.UploadRefused`` for a file.
    """
    dossier = STEPS.locked(dossier)
    if not may_add(dossier, by):
        raise Refused(f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không thêm thành phần hồ sơ được nữa.")
    line = next((one for one in checklist_of(dossier) if one.words == words), None)
    if line is None:
        raise Refused("Không có thành phần hồ sơ này trong danh mục phải nộp. Hãy tải lại trang.")
    upload = keep(files, by=by) if files else None
    row = Piece.objects.create(
        dossier=dossier, nomination=nomination, line=words, asked_by=line.row.key, upload=upload, paper=paper,
        not_needed="" if upload else not_needed.strip(),
    )  # fmt: skip
    said = upload.name if upload else paper.name if paper else f"không cần: {row.not_needed}"
    STEPS.tell(dossier, "answer_checklist", f"Thêm vào hồ sơ: {words}", by=by, after={words: said})
    return row


@transaction.atomic
def take_out(row: Piece, *, by) -> None:
    """Take an answer out again; its file goes with it."""
    dossier = STEPS.locked(row.dossier)
    if not may_add(dossier, by):
        raise Refused(f"Hồ sơ đang ở bước «{dossier.get_state_display()}», không bỏ thành phần hồ sơ được nữa.")
    upload, said = row.upload, row.upload.name if row.upload else row.not_needed
    row.delete()
    if upload:
        drop(upload)
    STEPS.tell(dossier, "take_out_answer", f"Bỏ khỏi hồ sơ: {row.line}", by=by, before={row.line: said})

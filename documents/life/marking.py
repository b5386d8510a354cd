"""What goes beside a paper is signed by its body and kept: texts in files of their own, and copies.

Source: Nghị định 30/2020/NĐ-CP, Điều 25-27 (sao y, sao lục, trích sao; thẩm quyền sao), Phụ lục I.
"""

from django.core.files.base import ContentFile
from django.db import transaction

from units.models import Unit
from units.permissions import CLERKS

from ..scans.actions import may_attach
from ..signing.files import look_at
from ..signing.marking import CopyForm, attached, copied, refuse_unsigned
from ..signing.scanned import refuse_poor
from ..steps.refusing import Refused
from ..uploads import keep
from ..uploads.models import Upload
from .actions import STEPS

Kind = Upload.Kind


def may_mark(document, user) -> bool:
    """Whether ``user`` signs copies of ``document`` for the body: the clerks of those who keep it."""
    return user.role in CLERKS and may_attach(document, user)


def may_attach_apart(document, user) -> bool:
    """Whether ``user`` signs what goes with an issued paper of ours in other files."""
    return document.is_ours and may_mark(document, user)


def body_of(document, user) -> Unit:
    """Who makes a copy: the body whose paper it is, or that has it in its register."""
    return document.issuer_unit if document.is_ours else user.unit


@transaction.atomic
def attach(document, files, key, *, by) -> list[Upload]:
    """Keep ``files``, [(name, content)], which go with an issued paper, each signed with ``key``; without a key they were signed
    in another program, which is looked at. All or none. Raises ``Refused``.
    """
    if key is None:
        for name, content in files:
            _about(name, lambda content=content: refuse_unsigned(content, document.issuer_unit, document.issuer_name))
    else:
        files = [
            (name, _about(name, lambda content=content: attached(content, document, key))) for name, content in files
        ]
    kept = [_kept(document, name, content, Kind.ATTACHED, by) for name, content in files]
    names = "; ".join(upload.name for upload in kept)
    STEPS.tell(document, "attach_apart", "Ký số tệp kèm theo", by=by, reason=names)
    return kept


def _about(name, act):
    """What ``act()`` gives. Raises ``Refused`` that names the file, at the field of files."""
    try:
        return act()
    except Refused as refused:
        raise Refused(f"Tệp «{name}»: {refused}", refused.field if refused.field != "file" else "files") from None


@transaction.atomic
def copy(document, name: str, content: bytes, form: CopyForm, key, *, by) -> Upload:
    """Keep a copy of ``document`` that the body of ``by`` signed with ``key``; without one it was signed in another program.

    Raises ``Refused`` for pages that were scanned too coarsely or without colours, and for the certificate.
    """
    refuse_poor(content)
    body = body_of(document, by)
    if key is None:
        refuse_unsigned(content, body)
    else:
        content = copied(content, form, body, key)
    upload = _kept(document, f"{form}-{name}", content, Kind.COPY, by)
    STEPS.tell(document, "sign_copy", f"Ký số bản sao ({form.label.lower()})", by=by, reason=upload.name)
    return upload


def _kept(document, name, content, kind, by) -> Upload:
    upload = keep(ContentFile(content, name=name), by=by, kind=kind, document=document)
    look_at(upload)
    return upload

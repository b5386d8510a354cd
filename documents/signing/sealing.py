"""What opens a key is handed to the worker that signs a long list, and kept no longer than that takes.

A file with its password, or the PIN of a token, is locked with a key made of ``settings.SECRET_KEY``: whoever has the database,
or a backup of it, has nothing to sign with.
"""

import base64
import json
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..steps.refusing import Refused
from .keys import opened
from .models import SealedKey

# How long a list may wait for a worker and be signed.
LASTS = timedelta(hours=1)
GONE = "Khóa ký đã được xóa khỏi chương trình: mỗi lần yêu cầu chỉ dùng một lần, trong một giờ. Hãy chọn lại văn bản và ký lại."


def _box():
    from cryptography.fernet import Fernet

    made = salted_hmac("documents.signing.sealed", "key", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(made))


def seal(job, material: dict) -> None:
    """Keep ``material``, as ``keys.opened`` takes it, for ``job``; what others left behind is thrown away."""
    now = timezone.now()
    SealedKey.objects.filter(until__lt=now).delete()
    told = {name: base64.b64encode(value).decode() if name == "content" else value for name, value in material.items()}
    content = _box().encrypt(json.dumps(told).encode())
    SealedKey.objects.create(job=job, content=content, until=now + LASTS)


def unsealed(job):
    """The key of ``job``, for as long as it is used (``with``). Raises ``Refused`` where it is not kept any more."""
    from cryptography.fernet import InvalidToken

    SealedKey.objects.filter(until__lt=timezone.now()).delete()
    row = SealedKey.objects.filter(job=job).first()
    try:
        told = json.loads(_box().decrypt(bytes(row.content), ttl=int(LASTS.total_seconds()))) if row else None
    except InvalidToken:
        told = None
    if told is None:
        raise Refused(GONE)
    if "content" in told:
        told["content"] = base64.b64decode(told["content"])
    return opened(told)


def throw_away(job) -> None:
    """Keep nothing of the key of ``job``."""
    SealedKey.objects.filter(job=job).delete()

"""Who may: one decorator a group of roles. What a person may *see* is decided by querysets, not here."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from .models import Role

# Those who write papers for their unit; a store keeper and a council member only read.
# Those of the department that runs the program also write, record and announce for the whole province.
PROVINCE_WRITERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER, Role.CLERK})
WRITERS = PROVINCE_WRITERS | {Role.UNIT_OFFICER}


def may_write(user) -> bool:
    """Whether ``user`` may draft papers of the own unit."""
    return user.is_active and user.unit_id is not None and user.role in WRITERS


def writers_only(view):
    """A view for those who draft papers; others are told whom to ask."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.unit_id is None:
            raise PermissionDenied("Tài khoản này chưa gắn với đơn vị nào. Hãy liên hệ người quản trị để được gắn.")
        if not may_write(request.user):
            raise PermissionDenied("Tài khoản này chỉ được xem. Cần soạn văn bản, hãy liên hệ người quản trị.")
        return view(request, *args, **kwargs)

    return guarded

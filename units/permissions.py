"""Who may: one decorator a group of roles. What a person may *see* is decided by querysets, not here."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from .models import Role, Unit

# Those who write papers for their unit; a store keeper and a council member only read.
# Those of the department that runs the program also write, record and announce for the whole province.
PROVINCE_WRITERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER, Role.CLERK})
UNIT_WRITERS = frozenset({Role.UNIT_OFFICER, Role.BODY_LEADER, Role.BODY_CLERK})
WRITERS = PROVINCE_WRITERS | UNIT_WRITERS


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


# Those of the department who run the year; its clerk reads along.
MANAGERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER})
OVERSEERS = MANAGERS | {Role.CLERK}


def may_manage(user) -> bool:
    """Whether ``user`` decides for the department that runs the year."""
    return may_write(user) and user.role in MANAGERS


def may_oversee(user) -> bool:
    """Whether ``user`` sees what all units do."""
    return user.is_active and user.role in OVERSEERS


def sits_on_council(user) -> bool:
    """Whether ``user`` reads what is laid before the council."""
    return user.is_active and user.role == Role.COUNCIL_MEMBER


# Those who keep the store of items of awards, and those who look into it.
STORE_KEEPERS = MANAGERS | {Role.STORE_KEEPER}


def may_keep_store(user) -> bool:
    """Whether ``user`` writes what comes into the store of items and what leaves it."""
    return user.is_active and user.unit_id is not None and user.role in STORE_KEEPERS


def may_see_store(user) -> bool:
    """Whether ``user`` sees the whole store, and what every award is owed."""
    return user.is_active and (user.role in STORE_KEEPERS or may_oversee(user))


def store_keepers_only(view):
    """A view for those who write what comes into the store and leaves it; others are told so."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_keep_store(request.user):
            raise PermissionDenied("Sổ kho hiện vật do thủ kho, chuyên viên Sở Nội vụ ghi.")
        return view(request, *args, **kwargs)

    return guarded


def store_only(view):
    """A view of the store, for the department and its store keeper; others are told where theirs is."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_see_store(request.user):
            raise PermissionDenied("Kho hiện vật của Sở Nội vụ. Hiện vật của đơn vị bạn ở các mục bên trái.")
        return view(request, *args, **kwargs)

    return guarded


def managers_only(view):
    """A view for those of the department who run the year; others are told so."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_manage(request.user):
            raise PermissionDenied("Việc này do Sở Nội vụ làm. Cần thay đổi, hãy liên hệ Sở Nội vụ.")
        return view(request, *args, **kwargs)

    return guarded


def overseers_only(view):
    """A view for those of the department who see what all units do; others are told where theirs is."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_oversee(request.user):
            raise PermissionDenied("Trang này của Sở Nội vụ. Phần của đơn vị bạn ở các mục bên trái.")
        return view(request, *args, **kwargs)

    return guarded


def department(day) -> Unit | None:
    """The unit whose people run the year on ``day``, with the one above it; None where it has none yet.

    An administrator may belong to another unit, which keeps the program and runs no year.
    """
    people = {"users__role__in": [Role.OFFICER, Role.LEADER], "users__is_active": True}
    return Unit.objects.alive_on(day).filter(**people).select_related("superior").distinct().first()


# Where an agency has one account, its officer takes every step for it and each step says so; elsewhere they are apart.
APPROVERS = frozenset({Role.LEADER, Role.BODY_LEADER, Role.UNIT_OFFICER})


CLERKS = frozenset({Role.CLERK, Role.BODY_CLERK, Role.UNIT_OFFICER})

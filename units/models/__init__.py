"""Units with their history, officials who sign, accounts."""

from ..area import UNITS  # noqa: F401  areas stand in the order of the apps
from .login_lock import LoginLock
from .official import Capacity, Official, Term
from .search import Searched
from .unit import Sector, Succession, Unit, UnitChange
from .user import Role, User

__all__ = [
    "Capacity",
    "LoginLock",
    "Official",
    "Role",
    "Searched",
    "Sector",
    "Succession",
    "Term",
    "Unit",
    "UnitChange",
    "User",
]

"""Units with their history, officials who sign, accounts."""

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

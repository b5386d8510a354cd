"""Units with their history, officials who sign, accounts."""

from .official import Capacity, Official, Term
from .search import Searched
from .unit import Sector, Succession, Unit, UnitChange
from .user import Role, User

__all__ = ["Capacity", "Official", "Role", "Searched", "Sector", "Succession", "Term", "Unit", "UnitChange", "User"]

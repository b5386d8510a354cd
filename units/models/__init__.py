"""Units with their history, officials who sign, accounts."""

from .official import Capacity, Official, Term
from .unit import Sector, Succession, Unit, UnitChange
from .user import Role, User

__all__ = ["Capacity", "Official", "Role", "Sector", "Succession", "Term", "Unit", "UnitChange", "User"]

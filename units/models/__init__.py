"""Units with their history, officials who sign, accounts."""

from ..area import UNITS  # areas stand in the order of the apps
from .day_off import DayOff
from .login_lock import LoginLock
from .official import Capacity, Official, Term
from .search import Searched
from .unit import Sector, Succession, Unit, UnitChange
from .user import Role, User
from .wrong_guess import WrongGuess

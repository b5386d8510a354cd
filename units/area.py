"""Units, as the rest of the program knows them."""

from .areas import Area

UNITS = Area("don-vi", "Đơn vị")

"""Papers, as the rest of the program knows them."""

from units.areas import Area

PAPERS = Area("van-ban", "Văn bản")

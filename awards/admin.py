"""The back office of awards: each room registers its own tables there."""

from .catalogue import back_office as _catalogue  # noqa: F401
from .eligibility import back_office as _eligibility  # noqa: F401
from .fund import back_office as _fund  # noqa: F401
from .items import back_office as _items  # noqa: F401
from .nominations import back_office as _nominations  # noqa: F401

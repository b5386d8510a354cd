"""Addresses of conferences: each room has its own beside its pages."""

from .door import views as door
from .events import views as events
from .plans import views as plans

urlpatterns = [*plans.urlpatterns, *events.urlpatterns, *door.urlpatterns]

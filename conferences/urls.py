"""Addresses of conferences: each room has its own beside its pages."""

from .cards import views as cards
from .changes import views as changes
from .delegates import choose_views as choosing
from .delegates import delegation_views as delegations
from .delegates import import_views as importing
from .delegates import invite_views as inviting
from .delegates import views as delegates
from .door import views as door
from .events import edit_views as event_edits
from .events import paper_views as event_papers
from .events import views as events
from .honours import choose_views as honour_choices
from .honours import views as honours
from .overview import views as overview
from .plans import part_views as plan_parts
from .plans import serving_views as servings
from .plans import views as plans

urlpatterns = [
    *plans.urlpatterns,
    *events.urlpatterns,
    *event_edits.urlpatterns,
    *event_papers.urlpatterns,
    *delegates.urlpatterns,
    *choosing.urlpatterns,
    *importing.urlpatterns,
    *delegations.urlpatterns,
    *cards.urlpatterns,
    *door.urlpatterns,
    *honours.urlpatterns,
    *honour_choices.urlpatterns,
    *inviting.urlpatterns,
    *overview.urlpatterns,
    *plan_parts.urlpatterns,
    *servings.urlpatterns,
    *changes.urlpatterns,
]

"""Sample plans and conferences, invented but for what public papers tell; each story is played by the actions of the rooms."""

from . import delegates, door, events, held, honours, plans

# In this order; each takes the sample officer of the department.
STORIES = [plans.play, held.play, events.play, delegates.play, door.play, honours.play, plans.close]

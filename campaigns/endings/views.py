"""The pages of the last steps of a campaign and of the way back."""

from documents.steps.pages import step_page

from ..campaign.page import find, frame
from . import actions as closing

commend = step_page(closing.commend, find, frame=frame)
close = step_page(closing.close, find, frame=frame)
go_back = step_page(closing.go_back, find, frame=frame)

"""What every request passes through that is ours."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse


class LoginRequired(LoginRequiredMiddleware):
    """Sends a stranger to the login page; a part of a page that htmx asks for is told 401 instead.

    A login page drawn inside another page would look like a second form; the script of the page tells the person.
    """

    def handle_no_permission(self, request, view_func):
        """401 for htmx, else the redirect."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)

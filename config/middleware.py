"""What every request passes through that is ours."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.template.loader import render_to_string

from awards.catalogue.models import asked_once
from config.refusals import WORDS
from documents.typesetting import apart


class LoginRequired(LoginRequiredMiddleware):
    """Sends a stranger to the login page; a part of a page that htmx asks for is told 401 instead.

    A login page drawn inside another page would look like a second form; the script of the page tells the person.
    """

    def handle_no_permission(self, request, view_func):
        """401 for htmx, else the redirect."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


class NotStored:
    """Pages of a person who is logged in are kept by no proxy and by no browser: office machines are shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """``private, no-store``, unless the page says itself how long it may be kept."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class Asked:
    """Tells the process that sets pages whose request it works for: one thing at a time for each person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer."""
        # Asked only where pages are set: most requests need no such thing.
        token = apart.asked_by.set(lambda: request.user.pk)
        try:
            return self.get_response(request)
        finally:
            apart.asked_by.reset(token)


class CatalogueOnce:
    """In one request it is asked once whether the catalogue of awards changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer."""
        with asked_once():
            return self.get_response(request)


class InOurWords:
    """A refusal that comes without a word, as Django's and the server of static files' do, says what it is and what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer; an empty one with words in it. What htmx asks for has a script that tells the person."""
        response = self.get_response(request)
        wordless = response.status_code in WORDS and not response.streaming and not response.content
        if wordless and not request.headers.get("HX-Request"):
            title, words = WORDS[response.status_code]
            response.content = render_to_string("refusal.html", {"title": title, "words": words})
            response["Content-Type"] = "text/html; charset=utf-8"
            response["Content-Length"] = len(response.content)
        return response

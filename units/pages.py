"""Pages that need no template of their own."""

from django.shortcuts import render


def form_page(request, form, title, *, template="_parts/form_page.html", **told):
    """The page of a form under its ``title``, with what is wrong beside its fields once it was sent.

    ``told``: ``up`` stands above the title, ``sub`` below it; ``back`` is where one goes who lets it be; ``save`` the words on
    the button, ``icon`` its picture; ``frame`` the page around it, where that is not ``page.html``; and what a ``template``
    that extends ``form_page.html`` asks for.
    """
    return render(request, template, {"form": form, "title": title} | told, status=422 if form.errors else 200)

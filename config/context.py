"""What every page may show about the installation."""

from django.conf import settings


def office(request):
    """Name of the office that runs this installation, and whether it is a demonstration."""
    return {"office_name": settings.OFFICE_NAME, "demo": settings.DEMO}

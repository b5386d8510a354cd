"""All addresses of the program."""

from django.contrib import admin
from django.urls import include, path

from config import views

handler400 = "config.views.bad_request"
handler500 = "config.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("units.urls")),
    path("", include("documents.urls")),
    path("", include("clusters.urls")),
    path("", include("campaigns.urls")),
    path("", include("awards.urls")),
    path("", include("conferences.urls")),
]

"""Addresses of awards."""

from django.urls import path

from .overview import views as overview

urlpatterns = [
    path("khen-thuong/", overview.AwardList.as_view(), name="awards"),
    path("khen-thuong/nguoi/<int:pk>/", overview.recipient, name="recipient"),
    path("khen-thuong/nguoi/<int:pk>/xet/", overview.judgement, name="judgement"),
    path("khen-thuong/kiem-tra/", overview.check, name="check_awards"),
]

"""Addresses of accounts and units."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

urlpatterns = [
    path("dang-nhap/", views.LoginView.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("tai-khoan/", views.account, name="account"),
    path("tim/", views.find, name="find"),
    path("don-vi/", views.UnitList.as_view(), name="units"),
    path("don-vi/<slug:code>/", views.unit, name="unit"),
]

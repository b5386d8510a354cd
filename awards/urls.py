"""Addresses of awards."""

urlpatterns = []

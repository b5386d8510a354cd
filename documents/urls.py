"""Addresses of papers and jobs."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("van-ban/", views.DocumentList.as_view(), name="documents"),
    path("van-ban/in-danh-sach/", views.print_list, name="print_list"),
    path("van-ban/moi/", views.choose_type, name="choose_type"),
    path("van-ban/soan/", views.new, name="new_document"),
    path("van-ban/xem-truoc/", views.preview, name="preview"),
    path("van-ban/<int:pk>/", views.document, name="document"),
    path("van-ban/<int:pk>/trang/", views.sheets, name="sheets"),
    path("van-ban/<int:pk>/pdf/", views.pdf, name="document_pdf"),
    path("van-ban/<int:pk>/nguon/", views.source_file, name="document_source"),
    path("van-ban/<int:pk>/lich-su/", views.history, name="document_history"),
    path("viec/", views.jobs, name="jobs"),
    path("viec/<int:pk>/", views.job, name="job"),
    path("viec/<int:pk>/chay-lai/", views.job_again, name="job_again"),
    path("viec/<int:pk>/ket-qua/", views.job_result, name="job_result"),
]

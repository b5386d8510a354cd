"""Addresses of papers and jobs."""

from django.urls import path

from .views import drafting, jobs, life, papers, uploads

urlpatterns = [
    path("", papers.home, name="home"),
    path("van-ban/", papers.DocumentList.as_view(), name="documents"),
    path("van-ban/in-danh-sach/", papers.print_list, name="print_list"),
    path("van-ban/moi/", drafting.choose_type, name="choose_type"),
    path("van-ban/soan/", drafting.new, name="new_document"),
    path("van-ban/xem-truoc/", drafting.preview, name="preview"),
    path("van-ban/<int:pk>/", papers.document, name="document"),
    path("van-ban/<int:pk>/trang/", papers.sheets, name="sheets"),
    path("van-ban/<int:pk>/pdf/", papers.pdf, name="document_pdf"),
    path("van-ban/<int:pk>/nguon/", papers.source_file, name="document_source"),
    path("van-ban/<int:pk>/lich-su/", papers.history, name="document_history"),
    path("van-ban/<int:pk>/buoc/", life.step, name="step"),
    path("van-ban/<int:pk>/phat-hanh/", life.issue_page, name="issue"),
    path("van-ban/<int:pk>/ngay-lui/", life.earlier_day, name="earlier_day"),
    path("van-ban/<int:pk>/sao/", life.copy, name="copy"),
    path("van-ban/<int:pk>/thay-the/", life.correct, {"how": "thay-the"}, name="replace"),
    path("van-ban/<int:pk>/thu-hoi/", life.correct, {"how": "thu-hoi"}, name="recall"),
    path("van-ban/kiem-tra/", uploads.verify, name="verify"),
    path("tep/<int:pk>/", uploads.upload, name="upload"),
    path("viec/", jobs.jobs, name="jobs"),
    path("viec/<int:pk>/", jobs.job, name="job"),
    path("viec/<int:pk>/chay-lai/", jobs.job_again, name="job_again"),
    path("viec/<int:pk>/ket-qua/", jobs.job_result, name="job_result"),
]

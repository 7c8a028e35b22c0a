from django.urls import path

from patients import views

urlpatterns = [
    path("", views.patient_cards),
    path("joined/", views.patient_cards_joined),
    path("counts/", views.visit_counts),
    path("counts/grouped/", views.visit_counts_grouped),
    path("workloads/", views.workloads),
    path("<int:pk>/", views.patient_detail),
    path("<int:pk>/history/", views.patient_history),
    path("<int:pk>/history/prefetched/", views.patient_history_prefetched),
]

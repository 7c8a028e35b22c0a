from django.urls import path

from visits import views

urlpatterns = [
    path("sheet/", views.sheet),
    path("sheet/joined/", views.sheet_joined),
    path("open/", views.open_number),
    path("open/counted/", views.open_number_counted),
    path("close/", views.close),
    path("close/at-once/", views.close_at_once),
]

from django.urls import path

from pharmacy import views

urlpatterns = [
    path("drugs/<int:pk>/take/", views.take),
    path("drugs/<int:pk>/take/at-once/", views.take_at_once),
]

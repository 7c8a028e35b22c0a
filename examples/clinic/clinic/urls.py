from django.urls import include, path
from rest_framework.routers import SimpleRouter

from pharmacy.views import PrescriptionViewSet
from visits.api import SlowVisitViewSet, VisitViewSet

router = SimpleRouter()
router.register("slow-visits", SlowVisitViewSet, basename="slow-visit")
router.register("visits", VisitViewSet, basename="visit")
router.register("prescriptions", PrescriptionViewSet, basename="prescription")

urlpatterns = [
    path("patients/", include("patients.urls")),
    path("visits/", include("visits.urls")),
    path("pharmacy/", include("pharmacy.urls")),
    path("api/", include(router.urls)),
]

from rest_framework import viewsets

from visits.models import Visit
from visits.serializers import VisitSerializer


class SlowVisitViewSet(viewsets.ReadOnlyModelViewSet):
    # Slow on purpose: the serializer reads the patient and the prescriptions of each visit.
    queryset = Visit.objects.order_by("on")
    serializer_class = VisitSerializer


class VisitViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Visit.objects.select_related("patient").prefetch_related("prescriptions").order_by("on")
    serializer_class = VisitSerializer

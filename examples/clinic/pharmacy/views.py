from django.db.models import F
from django.http import JsonResponse
from rest_framework import serializers, viewsets

from pharmacy.models import Drug, Prescription


class PrescriptionSerializer(serializers.ModelSerializer):
    drug = serializers.CharField(source="drug.name", read_only=True)

    class Meta:
        model = Prescription
        fields = ["id", "amount", "drug"]


class PrescriptionViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Prescription.objects.select_related("drug")
    serializer_class = PrescriptionSerializer


def take(request, pk):
    # Wrong on purpose: two requests at once lose one of the two.
    drug = Drug.objects.get(pk=pk)
    drug.stock = drug.stock - 1
    drug.save()
    return JsonResponse({"stock": drug.stock})


def take_at_once(request, pk):
    Drug.objects.filter(pk=pk).update(stock=F("stock") - 1)
    return JsonResponse({"taken": 1})

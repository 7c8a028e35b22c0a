from rest_framework import serializers

from visits.models import Visit


class VisitSerializer(serializers.ModelSerializer):
    patient_name = serializers.CharField(source="patient.name", read_only=True)
    drugs = serializers.SerializerMethodField()

    class Meta:
        model = Visit
        fields = ["id", "on", "status", "patient_name", "drugs"]

    def get_drugs(self, visit):
        return [prescription.amount for prescription in visit.prescriptions.all()]

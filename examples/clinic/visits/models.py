from django.db import models

from patients.models import Doctor, Patient


class Visit(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="visits")
    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()
    status = models.CharField(max_length=20, default="open", db_index=True)

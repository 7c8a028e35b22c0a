from django.db import models

from visits.models import Visit


class Drug(models.Model):
    name = models.CharField(max_length=80)
    stock = models.IntegerField(default=0)


class Prescription(models.Model):
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="prescriptions")
    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="prescriptions")
    amount = models.IntegerField(default=1)

from django.db import models


class Ward(models.Model):
    name = models.CharField(max_length=80)


class Doctor(models.Model):
    name = models.CharField(max_length=80)
    ward = models.ForeignKey(Ward, on_delete=models.CASCADE, related_name="doctors")

    @property
    def workload(self):
        return self.visits.filter(status="open").count()


class Patient(models.Model):
    name = models.CharField(max_length=80)
    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE, related_name="patients")

    def __str__(self):
        return self.name

from datetime import date, timedelta

from django.core.management.base import BaseCommand

from patients.models import Doctor, Patient, Ward
from pharmacy.models import Drug, Prescription
from visits.models import Visit


def seed(size):
    """So many doctors and patients, with one visit for each doctor to the first patient, and a prescription for each visit."""
    wards = Ward.objects.bulk_create([Ward(name=f"Ward {i}") for i in range(size)])
    doctors = Doctor.objects.bulk_create([Doctor(name=f"Doctor {i}", ward=wards[i]) for i in range(size)])
    patients = Patient.objects.bulk_create([Patient(name=f"Patient {i}", doctor=doctors[i]) for i in range(size)])
    drug = Drug.objects.create(name="Aspirin", stock=1000)
    start = date(2026, 1, 1)
    visits = Visit.objects.bulk_create([Visit(patient=patients[0], doctor=doctors[i], on=start + timedelta(days=i)) for i in range(size)])
    Prescription.objects.bulk_create([Prescription(visit=visit, drug=drug) for visit in visits])


class Command(BaseCommand):
    help = "Fills the empty tables"

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, default=30)

    def handle(self, *args, **options):
        seed(options["size"])

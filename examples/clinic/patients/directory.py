"""What is known of a patient, for whoever asks."""
from patients.models import Patient


def card(patient):
    return {"name": patient.name, "doctor": patient.doctor.name, "ward": patient.doctor.ward.name}


def cards():
    # Slow on purpose: `card` reads the doctor and the ward of each patient.
    return [card(patient) for patient in Patient.objects.all()]


def cards_joined():
    return [card(patient) for patient in Patient.objects.select_related("doctor__ward")]


def history(patient):
    # Slow on purpose: the prescriptions of each visit, one visit after the other.
    entries = []
    for visit in patient.visits.all():
        entries.append({"on": visit.on, "drugs": [one.amount for one in visit.prescriptions.all()]})
    return entries


def history_prefetched(patient):
    entries = []
    for visit in patient.visits.prefetch_related("prescriptions"):
        entries.append({"on": visit.on, "drugs": [one.amount for one in visit.prescriptions.all()]})
    return entries

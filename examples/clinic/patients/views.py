from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from patients import directory
from patients.models import Doctor, Patient


def patient_cards(request):
    return JsonResponse({"patients": directory.cards()})


def patient_cards_joined(request):
    return JsonResponse({"patients": directory.cards_joined()})


def visit_counts(request):
    # Slow on purpose: counts for each patient what one query can count for all.
    patients = Patient.objects.all()
    return JsonResponse({"counts": {patient.name: patient.visits.count() for patient in patients}})


def visit_counts_grouped(request):
    patients = Patient.objects.annotate(visit_count=Count("visits"))
    return JsonResponse({"counts": {patient.name: patient.visit_count for patient in patients}})


def patient_detail(request, pk):
    patient = get_object_or_404(Patient.objects.select_related("doctor"), pk=pk)
    return JsonResponse({"name": patient.name, "doctor": patient.doctor.name})


def patient_history(request, pk):
    patient = get_object_or_404(Patient, pk=pk)
    return JsonResponse({"history": directory.history(patient)})


def patient_history_prefetched(request, pk):
    patient = get_object_or_404(Patient, pk=pk)
    return JsonResponse({"history": directory.history_prefetched(patient)})


def workloads(request):
    # Slow on purpose: the property asks for each doctor.
    doctors = Doctor.objects.all()
    return JsonResponse({"doctors": [{"name": doctor.name, "open": doctor.workload} for doctor in doctors]})

import json

from django.http import JsonResponse
from django.shortcuts import render

from visits.models import Visit


def sheet(request):
    # Slow on purpose: the template reads the patient and the doctor of each visit.
    return render(request, "visits/sheet.html", {"visits": Visit.objects.order_by("on")})


def sheet_joined(request):
    visits = Visit.objects.select_related("patient", "doctor").order_by("on")
    return render(request, "visits/sheet.html", {"visits": visits})


def open_number(request):
    # Slow on purpose: reads every row to know how many there are.
    visits = Visit.objects.filter(status="open")
    return JsonResponse({"open": len(visits)})


def open_number_counted(request):
    return JsonResponse({"open": Visit.objects.filter(status="open").count()})


def close(request):
    # Slow on purpose: reads and writes each visit for itself.
    ids = json.loads(request.body)
    for visit_id in ids:
        visit = Visit.objects.get(id=visit_id)
        visit.status = "closed"
        visit.save()
    return JsonResponse({"closed": len(ids)})


def close_at_once(request):
    ids = json.loads(request.body)
    Visit.objects.filter(id__in=ids).update(status="closed")
    return JsonResponse({"closed": len(ids)})

from django.db import models
from django.http import JsonResponse
from django.urls import path

class Letter(models.Model):
    text = models.TextField()

def letters(request):
    return JsonResponse({"n": len(Letter.objects.all())})  # expect: db/len-queryset

urlpatterns = [path("letters/", letters)]

from django.db import models
from django.http import JsonResponse
from django.urls import path

class Team(models.Model):
    name = models.TextField()

class Player(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)

def players(request):
    return JsonResponse({"teams": [player.team.name for player in Player.objects.all()[:500]]})  # expect: db/n-plus-one-lazy-relation

urlpatterns = [path("players/", players)]

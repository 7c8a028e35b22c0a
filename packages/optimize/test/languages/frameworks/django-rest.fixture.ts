import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "views, viewsets with their actions, functions",
    files: {
      "shop/__init__.py": "",
      "shop/views.py": `
from rest_framework import generics, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.views import APIView

class Books(viewsets.ReadOnlyModelViewSet):
    @action(detail=False)
    def recent(self, request):
        pass

    @action(detail=True, methods=["put", "delete"], url_path="mark-it")
    def mark(self, request, pk=None):
        pass

class Raw(APIView):
    def get(self, request):
        pass

class Made(generics.CreateAPIView):
    pass

class One(generics.RetrieveUpdateDestroyAPIView):
    http_method_names = ["get", "patch"]

@api_view(["GET", "POST"])
def both(request):
    pass
`,
      "shop/urls.py": `
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from . import views
router = SimpleRouter()
router.register(r"books", views.Books, basename="book")
urlpatterns = [
    path("api/", include(router.urls)),
    path("raw", views.Raw.as_view()),
    path("made", views.Made.as_view()),
    path("one/<int:pk>", views.One.as_view()),
    path("both", views.both),
    path("mapped", views.Books.as_view({"get": "list", "post": "recent"})),
]
urlpatterns += router.urls
`,
    },
    expect: [
      ...["/api", ""].flatMap((prefix) => [
        `GET ${prefix}/books/`,
        `GET ${prefix}/books/<pk>/`,
        `GET ${prefix}/books/recent/`,
        `PUT ${prefix}/books/<pk>/mark-it/`,
        `DELETE ${prefix}/books/<pk>/mark-it/`,
      ]),
      "GET /raw",
      "POST /made",
      "GET /one/<int:pk>",
      "PATCH /one/<int:pk>",
      "GET /both",
      "POST /both",
      "GET /mapped",
      "POST /mapped",
    ],
  },
];

export default fixtures;

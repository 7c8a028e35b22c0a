import type { FrameworkFixture } from "./fixture.ts";

const views = `
from django.views import View
from django.views.decorators.http import require_POST, require_http_methods
from django.views.generic import DeleteView, DetailView, ListView

def plain(request):
    pass

@require_POST
def only_post(request, slug):
    pass

@require_http_methods(["GET", "PUT"])
def two(request):
    pass

class Orders(ListView):
    pass

class Order(DetailView):
    http_method_names = ["get"]

    def post(self, request, pk):
        pass

class Remove(DeleteView):
    pass

class Raw(View):
    def patch(self, request, pk):
        pass
`;

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "tables that include each other, named by the settings; regular expressions read as their names",
    files: {
      "manage.py": "",
      "shop/__init__.py": "",
      "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
      "shop/views.py": views,
      "shop/urls.py": `
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_page
from . import views
from .api import urls as api

more = [path("two/", views.two)]
urlpatterns = [
    path("orders/", views.Orders.as_view(), name="orders"),
    path("orders/<int:pk>/", login_required(views.Order.as_view(paginate_by=3))),
    path("orders/<int:pk>/remove", cache_page(60)(views.Remove.as_view())),
    re_path(r"^old/(?P<slug>[\\w-]+(?:a|b))/$", views.only_post),
    path("api/", include("shop.api.urls")),
    path("again/", include(api)),
    path("more/", include((more, "more"), namespace="m")),
] + more
if True:
    urlpatterns += [path("debug/", views.plain)]
urlpatterns.append(path("late/", views.plain))
`,
      "shop/api/__init__.py": "",
      "shop/api/urls.py": 'from django.urls import path\nfrom ..views import Raw\nurlpatterns = [path("raw", Raw.as_view())]\n',
    },
    expect: [
      "GET /orders/",
      "GET /orders/<int:pk>/",
      "GET /orders/<int:pk>/remove",
      "POST /orders/<int:pk>/remove",
      "DELETE /orders/<int:pk>/remove",
      "POST /old/<slug>/",
      "PATCH /api/raw",
      "PATCH /again/raw",
      "GET /more/two/",
      "PUT /more/two/",
      "GET /two/",
      "PUT /two/",
      "ANY /debug/",
      "ANY /late/",
    ],
  },
  {
    title: "routes of other modules as elements of a list are theirs no more",
    files: {
      "shop/__init__.py": "",
      "shop/views.py": "def plain(request):\n    pass\n",
      "shop/urls/__init__.py": "from .orders import urlpatterns as orders\nurlpatterns = [*orders]\n",
      "shop/urls/orders.py":
        'from django.urls import path\nfrom .. import views\nurlpatterns = [path("orders/", views.plain), path("orders/new/", views.plain)]\n',
      "shop/main.py": 'from django.urls import include, path\nurlpatterns = [path("api/", include("shop.urls"))]\n',
    },
    expect: ["ANY /api/orders/", "ANY /api/orders/new/"],
  },
  {
    title: "without settings, a table that no other includes is outermost; tables that include each other end",
    files: {
      "shop/__init__.py": "",
      "shop/views.py": views,
      "shop/urls.py": 'from django.urls import include, path\nurlpatterns = [path("shop/", include("shop.more"))]\n',
      "shop/more.py":
        'from django.urls import include, path\nfrom . import views\nurlpatterns = [path("a", views.plain), path("b/", include("shop.urls"))]\n',
    },
    expect: [
      "ANY /shop/a",
      "GET view shop.views.Orders",
      "GET view shop.views.Order",
      "GET view shop.views.Remove",
      "POST view shop.views.Remove",
      "DELETE view shop.views.Remove",
      "PATCH view shop.views.Raw",
    ],
  },
];

export default fixtures;

/** What Django's class-based views do with the members that a project gives them, as far as it costs anything. */
import { djangoAccess } from "./django-access.ts";

export const djangoViews = `
from django.views import RequestHandler, model_name, model_template, rows_together, show_columns
from django.shortcuts import render


class View(RequestHandler):
    def setup(self, request, *args, **kwargs):
        self.request = request
        self.args = args
        self.kwargs = kwargs

    def dispatch(self, request, *args, **kwargs):
        method = request.method
        if method == "GET":
            return self.get(request, *args, **kwargs)
        elif method == "POST":
            return self.post(request, *args, **kwargs)
        elif method == "PUT":
            return self.put(request, *args, **kwargs)
        elif method == "PATCH":
            return self.patch(request, *args, **kwargs)
        elif method == "DELETE":
            return self.delete(request, *args, **kwargs)


class ContextMixin:
    extra_context = None

    def get_context_data(self, **kwargs):
        return {"view": self, **kwargs}


class TemplateResponseMixin:
    template_name = None

    def get_template_names(self):
        return [self.template_name]

    def render_to_response(self, context, **options):
        return render(self.request, self.get_template_names(), context)


class TemplateView(TemplateResponseMixin, ContextMixin, View):
    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))


class RedirectView(View):
    def get_redirect_url(self, *args, **kwargs):
        return self.url

    def get(self, request, *args, **kwargs):
        return self.get_redirect_url(*args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)


def page_of(rows, size):
    rows.count()
    piece = rows[:size]
    return rows_together(piece, {"object_list": piece})


def get_object_or_404(source, *args, **kwargs):
    return rows_together(source._default_manager, source).get(*args, **kwargs)


def get_list_or_404(source, *args, **kwargs):
    return list(rows_together(source._default_manager, source).filter(*args, **kwargs))


class MultipleObjectMixin(ContextMixin):
    model = None
    queryset = None
    ordering = None
    paginate_by = None
    context_object_name = None
    paginator_class = None

    def get_queryset(self):
        if self.queryset is not None:
            return self.queryset.all()
        return self.model._default_manager.all()

    def get_ordering(self):
        return self.ordering

    def get_paginate_by(self, queryset):
        return self.paginate_by

    def get_context_object_name(self, rows):
        if self.context_object_name is not None:
            return self.context_object_name
        return model_name(rows, "_list")

    def paginate_queryset(self, queryset, page_size):
        page = page_of(queryset, page_size)
        return (None, page, page.object_list, True)

    def get_context_data(self, *, object_list=None, **kwargs):
        rows = object_list if object_list is not None else self.object_list
        size = self.get_paginate_by(rows)
        context = {"paginator": None, "page_obj": None, "is_paginated": False, "object_list": rows}
        if size:
            paginator, page, rows, is_paginated = self.paginate_queryset(rows, size)
            context = {"paginator": paginator, "page_obj": page, "is_paginated": is_paginated, "object_list": rows}
        show_columns(self, rows)
        name = self.get_context_object_name(rows)
        if name is not None:
            context[name] = rows
        return super().get_context_data(**context, **kwargs)


class BaseListView(MultipleObjectMixin, View):
    def get(self, request, *args, **kwargs):
        self.object_list = self.get_queryset()
        context = self.get_context_data()
        return self.render_to_response(context)


class MultipleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_suffix = "_list"

    def get_template_names(self):
        if self.template_name is not None:
            return [self.template_name]
        return [model_template(self.object_list, self.template_name_suffix)]


class ListView(MultipleObjectTemplateResponseMixin, BaseListView):
    pass


class SingleObjectMixin(ContextMixin):
    model = None
    queryset = None
    slug_field = "slug"
    context_object_name = None
    slug_url_kwarg = "slug"
    pk_url_kwarg = "pk"

    def get_queryset(self):
        if self.queryset is not None:
            return self.queryset.all()
        return self.model._default_manager.all()

    def get_object(self, queryset=None):
        rows = queryset if queryset is not None else self.get_queryset()
        return rows.filter(pk=self.kwargs).get()

    def get_context_object_name(self, row):
        if self.context_object_name is not None:
            return self.context_object_name
        return model_name(row, "")

    def get_context_data(self, **kwargs):
        context = {"object": self.object}
        name = self.get_context_object_name(self.object)
        if name is not None:
            context[name] = self.object
        return super().get_context_data(**context, **kwargs)


class BaseDetailView(SingleObjectMixin, View):
    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(object=self.object))


class SingleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_suffix = "_detail"

    def get_template_names(self):
        if self.template_name is not None:
            return [self.template_name]
        return [model_template(rows_together(self.object, self.model), self.template_name_suffix)]


class DetailView(SingleObjectTemplateResponseMixin, BaseDetailView):
    pass


class FormMixin(ContextMixin):
    initial = {}
    form_class = None
    success_url = None

    def get_form_class(self):
        return self.form_class

    def get_initial(self):
        return self.initial

    def get_form_kwargs(self):
        return {"initial": self.get_initial()}

    def get_form(self, form_class=None):
        made = form_class if form_class is not None else self.get_form_class()
        return made(**self.get_form_kwargs())

    def get_success_url(self):
        return self.success_url

    def form_valid(self, form):
        return self.get_success_url()

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.get_form(), **kwargs)


class ModelFormMixin(FormMixin, SingleObjectMixin):
    fields = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.object}

    def form_valid(self, form):
        self.object = form.save()
        return super().form_valid(form)


class ProcessFormView(View):
    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)


class BaseFormView(FormMixin, ProcessFormView):
    pass


class FormView(TemplateResponseMixin, BaseFormView):
    pass


class BaseCreateView(ModelFormMixin, ProcessFormView):
    object = None


class CreateView(SingleObjectTemplateResponseMixin, BaseCreateView):
    template_name_suffix = "_form"


class BaseUpdateView(ModelFormMixin, ProcessFormView):
    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)


class UpdateView(SingleObjectTemplateResponseMixin, BaseUpdateView):
    template_name_suffix = "_form"


class DeletionMixin:
    success_url = None

    def get_success_url(self):
        return self.success_url

    def delete(self, request, *args, **kwargs):
        self.object = self.get_object()
        url = self.get_success_url()
        self.object.delete()
        return url

    def post(self, request, *args, **kwargs):
        return self.delete(request, *args, **kwargs)


class BaseDeleteView(DeletionMixin, BaseDetailView):
    pass


class DeleteView(SingleObjectTemplateResponseMixin, BaseDeleteView):
    template_name_suffix = "_confirm_delete"
${djangoAccess}`;

/** What Django's mixins for views ask before the view runs. */
export const djangoAccess = `

class Component:
    def put_out(self, context):
        return render(None, self.template_name, self.get_context_data(context))


class AccessMixin:
    def handle_no_permission(self):
        return None


class LoginRequiredMixin(AccessMixin):
    def dispatch(self, request, *args, **kwargs):
        request.user
        return super().dispatch(request, *args, **kwargs)


class PermissionRequiredMixin(AccessMixin):
    permission_required = None

    def get_permission_required(self):
        return self.permission_required

    def has_permission(self):
        return True

    def dispatch(self, request, *args, **kwargs):
        request.user
        self.get_permission_required()
        self.has_permission()
        return super().dispatch(request, *args, **kwargs)


class UserPassesTestMixin(AccessMixin):
    def test_func(self):
        return True

    def dispatch(self, request, *args, **kwargs):
        self.test_func()
        return super().dispatch(request, *args, **kwargs)


class SuccessMessageMixin:
    def form_valid(self, form):
        return super().form_valid(form)
`;

/** What Django REST framework's views do with the members that a project gives them, as far as it costs anything. */
export const restViews = `
from django.views import View, page_of
from django.shortcuts import get_object_or_404
from rest_framework import SerializerType, setting
from rest_framework.response import Response


def given_or_none(value=None):
    return value


class BasePagination:
    page_size = setting("REST_FRAMEWORK", "PAGE_SIZE")
    counts = True


class PageNumberPagination(BasePagination):
    pass


class LimitOffsetPagination(BasePagination):
    pass


class CursorPagination(BasePagination):
    counts = False


def page_by(kind, rows):
    if kind == "rest_framework.pagination.CursorPagination":
        return rows[: setting("REST_FRAMEWORK", "PAGE_SIZE")]
    if kind == setting("REST_FRAMEWORK", "DEFAULT_PAGINATION_CLASS"):
        return page_of(rows, setting("REST_FRAMEWORK", "PAGE_SIZE"))
    if kind.counts:
        return page_of(rows, kind.page_size)
    return rows[: kind.page_size]


class BaseSerializer(SerializerType):
    def save(self, **kwargs):
        if self.instance is not None:
            return self.update(self.instance, self.validated_data)
        return self.create(self.validated_data)

    def create(self, validated_data):
        return None

    def update(self, instance, validated_data):
        return instance


class Serializer(BaseSerializer):
    pass


class ListSerializer(BaseSerializer):
    pass


class ModelSerializer(Serializer):
    def create(self, validated_data):
        return self.Meta.model._default_manager.create()

    def update(self, instance, validated_data):
        instance.save()
        return instance


class HyperlinkedModelSerializer(ModelSerializer):
    pass


class APIView(View):
    def initial(self, request, *args, **kwargs):
        return None

    def dispatch(self, request, *args, **kwargs):
        self.initial(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)


class GenericAPIView(APIView):
    queryset = None
    serializer_class = None
    lookup_field = "pk"
    pagination_class = setting("REST_FRAMEWORK", "DEFAULT_PAGINATION_CLASS")

    def get_queryset(self):
        return self.queryset.all()

    def filter_queryset(self, queryset):
        return queryset

    def get_object(self):
        return self.filter_queryset(self.get_queryset()).get(pk=self.kwargs)

    def get_serializer_class(self):
        return self.serializer_class

    def get_serializer_context(self):
        return {"request": self.request, "view": self}

    def get_serializer(self, *args, **kwargs):
        made = self.get_serializer_class()
        return made(*args, **kwargs)

    def paginate_queryset(self, queryset):
        if self.pagination_class is None:
            return None
        return page_by(self.pagination_class, queryset)

    def get_paginated_response(self, data):
        return Response(data)


class ListModelMixin:
    def list(self, request, *args, **kwargs):
        rows = self.filter_queryset(self.get_queryset())
        if self.pagination_class is not None:
            page = self.paginate_queryset(rows)
            return self.get_paginated_response(self.get_serializer(page, many=True).data)
        return Response(self.get_serializer(rows, many=True).data)


class RetrieveModelMixin:
    def retrieve(self, request, *args, **kwargs):
        row = self.get_object()
        return Response(self.get_serializer(row).data)


class CreateModelMixin:
    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_create(serializer)
        return Response(serializer.data)

    def perform_create(self, serializer):
        serializer.save()


class UpdateModelMixin:
    def update(self, request, *args, **kwargs):
        row = self.get_object()
        serializer = self.get_serializer(row, data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_update(serializer)
        return Response(serializer.data)

    def perform_update(self, serializer):
        serializer.save()

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)


class DestroyModelMixin:
    def destroy(self, request, *args, **kwargs):
        row = self.get_object()
        self.perform_destroy(row)
        return Response()

    def perform_destroy(self, instance):
        instance.delete()


class CreateAPIView(CreateModelMixin, GenericAPIView):
    def post(self, request, *args, **kwargs):
        return self.create(request, *args, **kwargs)


class ListAPIView(ListModelMixin, GenericAPIView):
    def get(self, request, *args, **kwargs):
        return self.list(request, *args, **kwargs)


class RetrieveAPIView(RetrieveModelMixin, GenericAPIView):
    def get(self, request, *args, **kwargs):
        return self.retrieve(request, *args, **kwargs)


class DestroyAPIView(DestroyModelMixin, GenericAPIView):
    def delete(self, request, *args, **kwargs):
        return self.destroy(request, *args, **kwargs)


class UpdateAPIView(UpdateModelMixin, GenericAPIView):
    def put(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)

    def patch(self, request, *args, **kwargs):
        return self.partial_update(request, *args, **kwargs)


class ListCreateAPIView(ListAPIView, CreateAPIView):
    pass


class RetrieveUpdateAPIView(RetrieveAPIView, UpdateAPIView):
    pass


class RetrieveDestroyAPIView(RetrieveAPIView, DestroyAPIView):
    pass


class RetrieveUpdateDestroyAPIView(RetrieveUpdateAPIView, DestroyAPIView):
    pass


class ViewSetMixin:
    pass


class ViewSet(ViewSetMixin, APIView):
    pass


class GenericViewSet(ViewSetMixin, GenericAPIView):
    pass


class ReadOnlyModelViewSet(RetrieveModelMixin, ListModelMixin, GenericViewSet):
    pass


class ModelViewSet(CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, DestroyModelMixin, ListModelMixin, GenericViewSet):
    pass
`;

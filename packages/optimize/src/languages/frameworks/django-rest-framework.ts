/** Django REST framework: views that show rows through serializers, and routers that name them. */
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import type { Shows } from "../../model/serializer.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { restViews } from "./written/rest-views.ts";

const fields: Readonly<Record<string, Shows>> = {
  ...names(
    "Field CharField BooleanField EmailField RegexField SlugField URLField UUIDField IPAddressField IntegerField FloatField DecimalField " +
      "DateTimeField DateField TimeField DurationField ChoiceField MultipleChoiceField FileField ImageField ListField DictField JSONField " +
      "HStoreField ReadOnlyField ModelField",
    "source" as const,
  ),
  SerializerMethodField: "method",
  ...names("PrimaryKeyRelatedField HyperlinkedRelatedField", "key" as const),
  StringRelatedField: "text",
  SlugRelatedField: "slug",
};
const property = (by: string, at: number, keyword: string): MethodSpec => ({
  property: true,
  told: { by, args: [{ arg: at, keyword, made: true }] },
});
const serializer: TypeSpec = {
  serializer: {
    instance: named("instance", 0),
    many: named("many"),
    represents: "to_representation",
    meta: "Meta",
    fields: "fields",
    exclude: "exclude",
  },
  members: {
    data: { property: true, represents: "made", returns: "value" },
    to_representation: { represents: "argument", returns: "value" },
    instance: property("given_or_none", 0, "instance"),
    initial_data: { property: true, returns: "value" },
    validated_data: { property: true, returns: "value" },
    errors: { property: true, returns: "value" },
    is_valid: { returns: "value" },
  },
};

export default library({
  id: "django-rest-framework",
  language: "python",
  packages: [
    "rest_framework",
    "rest_framework.views",
    "rest_framework.generics",
    "rest_framework.mixins",
    "rest_framework.viewsets",
    "rest_framework.serializers",
    "rest_framework.fields",
    "rest_framework.relations",
    "rest_framework.routers",
    "rest_framework.pagination",
    "rest_framework.decorators",
    "rest_framework.response",
  ],
  exports: {
    ...Object.fromEntries(Object.keys(fields).map((name) => [name, { class: name }])),
    SerializerType: { class: "Serializer", statics: "SerializerClass" },
    ...names("DefaultRouter SimpleRouter BaseRouter", { class: "Router" }),
    Response: { class: "Response" },
    setting: { value: "Setting" },
    ...names("permission_classes authentication_classes renderer_classes parser_classes throttle_classes", { value: "Maker" }),
    api_view: { value: "Maker" },
  },
  decorators: {
    api_view: { on: "method", methods: named("http_method_names", 0) },
    action: { on: "method", methods: named("methods", 0) },
  },
  types: {
    ...Object.fromEntries(Object.entries(fields).map(([name, reads]) => [name, { reads }])),
    Serializer: serializer,
    SerializerClass: {},
    Router: {
      members: {
        register: { registers: { kind: "viewset", path: named("prefix", 0), handlers: named("viewset", 1) }, returns: "void" },
        urls: "RouterUrls",
        registry: "RouterUrls",
      },
    },
    RouterUrls: {},
    Response: {},
    Setting: { call: { setting: true } },
    Maker: { call: { returns: { type: "Wrapper" } } },
    Wrapper: { call: { wraps: 0 } },
  },
  written: restViews,
});

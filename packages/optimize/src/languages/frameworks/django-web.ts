/** Django's side of a request: tables of urls, views as functions and as classes, what wraps them. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, named } from "../shapes/places.ts";
import { djangoViews } from "./written/django-views.ts";

const wraps: MethodSpec = { wraps: 0 };
/** `@cache_page(60)`: gives what wraps. */
const maker: MethodSpec = { returns: { type: "Wrapper" } };

export default library({
  id: "django-web",
  language: "python",
  packages: [
    "django.urls",
    "django.urls.conf",
    "django.conf.urls",
    "django.conf.urls.i18n",
    "django.conf.urls.static",
    "django.views",
    "django.views.generic",
    "django.views.generic.base",
    "django.views.generic.list",
    "django.views.generic.detail",
    "django.views.generic.edit",
    "django.views.generic.dates",
    "django.views.decorators.cache",
    "django.views.decorators.csrf",
    "django.views.decorators.http",
    "django.views.decorators.vary",
    "django.views.decorators.clickjacking",
    "django.views.decorators.debug",
    "django.contrib.auth.decorators",
    "django.contrib.auth.mixins",
    "django.contrib.admin.views.decorators",
    "django.contrib.messages.views",
    "django.core.paginator",
    "django.shortcuts",
    "django.utils.decorators",
  ],
  routeTable: {
    list: "urlpatterns",
    pattern: "Pattern",
    included: "Included",
    view: "ViewFunction",
    actions: {
      list: ["GET", ""],
      create: ["POST", ""],
      retrieve: ["GET", "<pk>/"],
      update: ["PUT", "<pk>/"],
      partial_update: ["PATCH", "<pk>/"],
      destroy: ["DELETE", "<pk>/"],
    },
    action: "action",
    handler: "RequestHandler",
    model: "model",
    component: ["template_name", "get_context_data"],
    roots: "ROOT_URLCONF",
    middlewares: "MIDDLEWARE",
    middleware: { methods: ["process_request", "process_view", "__call__", "process_response"], unused: "MiddlewareNotUsed" },
    account: {
      member: "user",
      middleware: "django.contrib.auth.middleware.AuthenticationMiddleware",
      backends: "AUTHENTICATION_BACKENDS",
      method: "get_user",
      sessions: {
        middleware: "django.contrib.sessions.middleware.SessionMiddleware",
        setting: "SESSION_ENGINE",
        stored: ["django.contrib.sessions.backends.db"],
      },
      decorators: ["login_required", "permission_required", "user_passes_test", "staff_member_required"],
      without: ["csrf_exempt"],
    },
    ignores: ["head", "options", "trace"],
  },
  exports: {
    ...names("path re_path url", { value: "Path" }),
    include: { value: "Include" },
    static: { value: "NoPatterns" },
    staticfiles_urlpatterns: { value: "NoPatterns" },
    i18n_patterns: { value: "Patterns" },
    ...names(
      "login_required permission_required user_passes_test staff_member_required csrf_exempt csrf_protect ensure_csrf_cookie requires_csrf_token " +
        "never_cache vary_on_cookie xframe_options_exempt xframe_options_deny xframe_options_sameorigin require_POST require_GET require_safe " +
        "gzip_page conditional_page",
      { value: "Wrapper" },
    ),
    ...names("cache_control vary_on_headers require_http_methods sensitive_post_parameters sensitive_variables", { value: "WrapperMaker" }),
    cache_page: { value: "CacheMaker" },
    method_decorator: { value: "WrapperMaker" },
    RequestHandler: { class: "RequestHandler", statics: "RequestHandlerClass" },
    Paginator: { class: "Paginator" },
    render: { value: "Render" },
    redirect: { value: "Answer" },
    show_columns: { value: "Columns" },
    model_name: { value: "ModelName" },
    model_template: { value: "ModelTemplate" },
    rows_together: { value: "Together" },
  },
  decorators: {
    require_POST: { on: "method", methods: ["POST"] },
    require_GET: { on: "method", methods: ["GET"] },
    require_safe: { on: "method", methods: ["GET"] },
    require_http_methods: { on: "method", methods: named("request_method_list", 0) },
  },
  types: {
    Path: { call: { holds: true, returns: { type: "Pattern" } } },
    Pattern: {},
    Include: { call: { holds: true, returns: { type: "Included" } } },
    Included: {},
    NoPatterns: { call: { returns: "value" } },
    Patterns: { call: { holds: true, returns: { type: "PatternList" } } },
    PatternList: {},
    Wrapper: { call: wraps },
    WrapperMaker: { call: maker },
    CacheMaker: { call: { returns: { type: "Wrapper" } } },
    RequestHandler: {},
    RequestHandlerClass: { members: { as_view: { returns: { type: "ViewFunction", table: "receiver" } } } },
    ViewFunction: {},
    Paginator: {
      members: {
        ...names("page get_page", {
          told: {
            by: "page_of",
            kept: true,
            args: [
              { arg: 0, made: true },
              { arg: 1, keyword: "per_page", made: true },
            ],
          },
        }),
        page_range: "PageNumbers",
      },
    },
    /** Going through them is going through the pages. */
    PageNumbers: { paced: true },
    Render: { call: { renders: { template: named("template_name", 1), context: named("context", 2) }, returns: "value" } },
    Answer: { call: { returns: "value" } },
    Columns: { call: { columns: true, returns: "void" } },
    ModelName: { call: { names: { rows: { arg: 0 }, suffix: { arg: 1 }, as: "variable" } } },
    ModelTemplate: { call: { names: { rows: { arg: 0 }, suffix: { arg: 1 }, as: "template" } } },
    Together: { call: { returns: { merged: true } } },
  },
  written: djangoViews,
});

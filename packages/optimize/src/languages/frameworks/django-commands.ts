/** What enters a Django program besides requests: management commands, the start of an app, signals. */
import { library } from "../../model/library.ts";
import { names, named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const command = { kind: "command", named: "file" } as const;

export default library({
  id: "django-commands",
  language: "python",
  packages: [
    "django.core.management",
    "django.core.management.base",
    "django.apps",
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
  ],
  exports: {
    BaseCommand: { class: "BaseCommand" },
    LabelCommand: { class: "LabelCommand" },
    AppCommand: { class: "AppCommand" },
    AppConfig: { class: "AppConfig" },
    receiver: { value: "Receiver" },
    Signal: { class: "Signal" },
    ...names(
      "pre_save post_save pre_delete post_delete m2m_changed pre_init post_init pre_migrate post_migrate class_prepared " +
        "request_started request_finished got_request_exception setting_changed",
      { value: "Signal" },
    ),
  },
  types: {
    BaseCommand: { entries: { handle: command } },
    LabelCommand: { entries: { handle_label: command } },
    AppCommand: { entries: { handle_app_config: command } },
    AppConfig: { entries: { ready: { kind: "event" } } },
    Receiver: { call: decorated({ kind: "event" }) },
    Signal: {
      members: {
        connect: { registers: { kind: "event", handlers: named("receiver", 0) }, returns: "void" },
        ...names("send send_robust disconnect", { returns: "value" }),
      },
    },
  },
});

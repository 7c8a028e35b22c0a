import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "management commands by their file, the start of an app, receivers of signals",
    files: {
      "shop/__init__.py": "",
      "shop/apps.py": `
from django.apps import AppConfig
from django.db.models.signals import post_delete
from . import signals
class ShopConfig(AppConfig):
    def ready(self):
        post_delete.connect(signals.removed)
`,
      "shop/signals.py": `
from django.db.models.signals import post_save
from django.dispatch import receiver
@receiver(post_save, sender="shop.Order")
def saved(sender, instance, **kwargs):
    pass
def removed(sender, instance, **kwargs):
    pass
`,
      "shop/management/commands/send_mail.py": `
from django.core.management.base import BaseCommand
class Shared(BaseCommand):
    def handle(self, *args, **options):
        pass
`,
    },
    expect: ["command send_mail", "event ShopConfig.ready", "event saved", "event removed"],
  },
];

export default fixtures;

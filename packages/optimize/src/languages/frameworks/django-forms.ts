/** Django's forms: what views, the admin and form sets call on the forms of a project. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const called = { kind: "event" } as const;

export default library({
  id: "django-forms",
  language: "python",
  packages: ["django.forms", "django.forms.forms", "django.forms.models", "django.forms.formsets", "django.contrib.auth.forms"],
  exports: names(
    "Form BaseForm ModelForm BaseModelForm BaseFormSet BaseModelFormSet BaseInlineFormSet UserCreationForm BaseUserCreationForm " +
      "UserChangeForm AuthenticationForm PasswordChangeForm PasswordResetForm SetPasswordForm",
    { class: "Form" },
  ),
  types: { Form: { entries: names("__init__ clean save", called), members: { add_error: { rejects: true, returns: "void" } } } },
});

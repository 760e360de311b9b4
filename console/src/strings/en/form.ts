/** Every form. */
export const form = {
  "form.form": "Form",
  "form.json": "JSON",
  "form.notJson": "This is no JSON: {reason}",
  "form.needed": "is needed",
  "form.optional": "optional",
  "form.add": "Add",
  "form.remove": "Remove",
  "form.unset": "not set",
  "form.number": "must be a number",
  "form.least": "must be at least {least}",
  "form.most": "must be at most {most}",
  "form.shortest": "needs at least {least} characters",
  "form.longest": "may have {most} characters",
  "form.pattern": "does not have the form that is needed",
  "form.send": "Send",
} as const;

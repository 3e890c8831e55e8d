/** The server's refusal at a field goes once the field has been answered anew. */

export function settleRefusal(field, { stillWrong = false } = {}) {
  document.getElementById(`${field.id}-error`)?.remove();
  field.closest(".field").classList.toggle("field-wrong", stillWrong);
  if (stillWrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

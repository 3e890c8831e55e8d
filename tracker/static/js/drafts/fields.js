/** What a form holds, as names and values in order, and putting it back. */

const NEVER = new Set(["csrf_token"]);

/** All fields of the form, and which start is shown. */
export function fieldsOf(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => !NEVER.has(name) && typeof value === "string");
  const start = form.querySelector("[data-start][aria-current]")?.dataset.start;
  return start ? [...fields, ["start", start]] : fields;
}

export function valueOf(fields, name) {
  return fields.find(([known]) => known === name)?.[1] ?? "";
}

/** A text that was read has its entries beside it: the server shows such a draft again. */
export function isRead(fields) {
  return fields.some(([name]) => name.startsWith("place-"));
}

/** Fill the form; who offers places or means afterwards listens for "restored". */
export function fill(form, fields) {
  for (const field of form.elements) {
    if (!field.name || NEVER.has(field.name) || field.type === "submit" || field.type === "button") continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  form.dispatchEvent(new CustomEvent("restored", { detail: { candidate: valueOf(fields, "candidate") } }));
}

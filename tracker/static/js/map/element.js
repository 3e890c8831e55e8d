/** Build DOM nodes. Text only ever enters as text: there is no way to pass markup through here. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const element = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

export const drawing = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/** A link to our own page or to http(s); anything else becomes plain text. */
export function link(url, ...children) {
  const target = url ? new URL(url, document.baseURI) : null;
  if (!target || !/^https?:$/.test(target.protocol)) return element("span", {}, ...children);
  return element("a", { href: target.href }, ...children);
}

/** Toasts leave after 8 seconds, but stay while the pointer or the focus is on them; refusals stay until closed. */

const SHOWN_MS = 8000;
const LEAVING_MS = 180;

function dismiss(toast) {
  toast.classList.add("toast-leaving");
  setTimeout(() => toast.remove(), LEAVING_MS);
}

function addCloseButton(toast) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Close";
  button.addEventListener("click", () => dismiss(toast));
  toast.append(button);
}

export function keepTime(toast, shownMs = SHOWN_MS) {
  if (toast.classList.contains("toast-danger")) {
    addCloseButton(toast);
    return;
  }
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => dismiss(toast), shownMs);
  };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

/** Show a message made in the browser; undo, when given, adds a button that calls it. Returns the element. */
export function showToast(message, { undo = null, shownMs = SHOWN_MS } = {}) {
  let region = document.querySelector(".toasts");
  if (!region) {
    region = document.createElement("div");
    region.className = "toasts";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("p");
  words.textContent = message;
  toast.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => {
      undo();
      dismiss(toast);
    });
    toast.append(button);
  }
  region.append(toast);
  keepTime(toast, shownMs);
  return toast;
}

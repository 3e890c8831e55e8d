/**
 * The desk by keys (off while typing, and switched off for good where they get in the way), the undo that leaves after
 * its seconds, and the line that says who else has the sighting open. Without scripts everything is a button or a link.
 */

import { keepPresence } from "./desk-presence.js";

const OFF = "shot-here-desk-keys-off";
const help = document.querySelector("[data-keys]");

const isTyping = (target) =>
  target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");

const links = () => [...document.querySelectorAll(".queue-item:not(.queue-item-own)")];
const all = () => [...document.querySelectorAll(".queue-item")];

/** Go to the entry after or before the open one; from a decided one to the first. */
function go(step) {
  const open = document.querySelector(".queue-item[aria-current]");
  const entries = open ? all() : links();
  const from = open ? entries.indexOf(open) : step > 0 ? -1 : entries.length;
  for (let at = from + step; at >= 0 && at < entries.length; at += step) {
    if (!entries[at].classList.contains("queue-item-own")) return entries[at].click();
  }
  const more = document.querySelector(".queue-pages a[rel=next]");
  if (step > 0 && more) more.click();
}

function press(key) {
  document.querySelector(`button[data-key="${key}"]:not([hidden])`)?.click();
}

function chooseReason(number) {
  const reason = document.querySelectorAll("input[data-reason]")[number - 1];
  if (!reason) return;
  reason.checked = true;
  document.querySelector("#words")?.focus();
}

/** Turn down, or go to what a rejection still lacks. */
function turnDown() {
  const words = document.querySelector("#words");
  if (!words) return;
  if (!document.querySelector("input[data-reason]:checked")) document.querySelector("input[data-reason]").focus();
  else if (!words.value.trim()) words.focus();
  else press("r");
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  s: () => go(1),
  m: () => press("m"),
  a: () => press("a"),
  r: turnDown,
  z: () => press("z"),
  "?": () => {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  },
};
for (let number = 1; number <= 6; number += 1) keys[number] = () => chooseReason(number);

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = keys[event.key.toLowerCase()];
  if (!act || (localStorage.getItem(OFF) && event.key !== "?")) return;
  event.preventDefault();
  act();
}

/** Offer to turn the keys off: one letter alone may be spoken by mistake. */
function offerSwitch() {
  const line = help.querySelector("[data-keys-switch]");
  const button = line.querySelector("button");
  const name = () => {
    button.textContent = localStorage.getItem(OFF) ? "Turn the keys on" : "Turn the keys off";
  };
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    name();
  });
  line.hidden = false;
  name();
}

function nameReasons() {
  document.querySelectorAll("input[data-reason]").forEach((input, at) => {
    const key = document.createElement("kbd");
    key.textContent = String(at + 1);
    key.setAttribute("aria-hidden", "true");
    document.querySelector(`label[for="${input.id}"]`)?.append(" ", key);
  });
}

function endUndo() {
  const form = document.querySelector("[data-undo]");
  if (form) setTimeout(() => form.remove(), Number(form.dataset.undo) * 1000);
}

document.addEventListener("keydown", onKey);
offerSwitch();
nameReasons();
endUndo();
keepPresence(document.querySelector("[data-presence]"));

// The form that is open. It has a place of its own in the history, so that Back closes it and stays on the page.
// It is held in memory with its photos, for this sitting and for whoever typed it: phones are shared.

import { part, say } from "../../ui/js/phone_page.js";

// no answer of the history may keep the day from being drawn
const PATIENCE = 1000;
const held = new Map();
let whose = "";
let isShown = false;

export const isOpen = () => isShown;
export const heldOf = (name) => held.get(name);
export const drop = (name) => held.delete(name);

// without a name nothing of it is held
export function open(name, sheet) {
  if (name) held.set(name, sheet);
  part("form").replaceChildren(sheet.form);
  isShown = true;
  if (!history.state?.form) history.pushState({ form: true }, "");
}

// the place in the history goes with the form, so that no press of Back is for nothing
export async function close() {
  isShown = false;
  part("form").replaceChildren();
  if (history.state?.form) await stepBack();
}

const stepBack = () => new Promise((done) => {
  window.addEventListener("popstate", done, { once: true });
  setTimeout(done, PATIENCE);
  history.back();
});

// what one person typed is not there for the next
export async function belongTo(queue) {
  if (queue === whose) return;
  whose = queue;
  held.clear();
  if (isShown) await close();
}

// `leave` closes what is open. Loaded anew, the page has no form, whatever the history says
export async function begin(leave) {
  if (history.state?.form) await stepBack();
  mark();
  window.addEventListener("popstate", () => {
    mark();
    if (isShown && !history.state.form) leave();
    if (!isShown && history.state.form) history.back();
  });
}

// a link inside the page makes a place without a mark: it belongs to what is shown
function mark() {
  if (!history.state) history.replaceState({ form: isShown }, "");
}

// where something is, only at a tap, and only for this report
export function locate(button) {
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition((at) => {
    button.form.elements.lon.value = at.coords.longitude.toFixed(6);
    button.form.elements.lat.value = at.coords.latitude.toFixed(6);
    button.querySelector("span").textContent = button.dataset.done;
  }, () => { button.querySelector("span").textContent = button.dataset.words; }, { timeout: 15000 }));
}

// says what is still open, and leads to its field
export function tellOpen(form, lacks, name) {
  say(lacks);
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  const field = form.querySelector(name === "photos" ? "input[type=file]" : `[name="${name}"]`);
  if (!field) return;
  for (const one of form.querySelectorAll(`[name="${field.name}"]`)) one.setAttribute("aria-invalid", "true");
  field.focus({ preventScroll: true });
  (field.closest("fieldset, .ll-q") || field).scrollIntoView({ block: "center" });
}

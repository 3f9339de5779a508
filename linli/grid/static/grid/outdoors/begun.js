// What was typed into forms that are not kept yet, sealed as the queue is: loaded anew, the page has it still.
// It is gone once the form is kept or thrown away, and when the phone is handed over. Photos and places are not in it.

import * as store from "./store.js";

const WAIT = 250;
const WORDS = ["text", "note", "title"];
const LISTS = { event: "events", home: "homes", storm: "storms", visit: "stops", recheck: "checks" };
let begun = new Map();
let whose = null;
let wait = 0;
let writing = Promise.resolve();

const isBox = (one) => one.type === "checkbox" || one.type === "radio";
const isTyped = (one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type);
const fieldsOf = (form) => [...form.elements].filter(isTyped);

export const nameOf = (what, thing) => [what, thing?.number, thing?.id, thing?.village].join(" ");

// for the day: as what each stands there, and its first words
export const all = () => [...begun.values()].map(({ what, about, title, said }) =>
  ({ what, thing: JSON.parse(about), title, words: said.map(([name, value]) => (WORDS.includes(name) ? value.trim() : "")).find(Boolean) || "" }));

// what a form is about as the day has it now, or as it was if that stands there no more
export const asOfNow = (day, what, thing) =>
  (day[LISTS[what]] || []).find((one) => nameOf(what, one) === nameOf(what, thing)) || thing || undefined;

// what one person typed is read by nobody else: it is opened by her key alone
export async function belongTo(own) {
  const isSame = own?.queue === whose?.queue;
  whose = own;
  if (isSame) return;
  clearTimeout(wait);
  begun = new Map();
  const found = own ? await store.readForms(own).catch(() => []) : [];
  if (own?.queue === whose?.queue) begun = new Map([...found, ...begun]);
}

export function note(what, { form, about }) {
  const said = fieldsOf(form).map((one) => [one.name, one.value, isBox(one) ? one.checked : null]);
  begun.set(nameOf(what, JSON.parse(about)), { what, about, title: form.querySelector("h2").textContent, said });
  clearTimeout(wait);
  wait = setTimeout(write, WAIT);
}

export function write() {
  clearTimeout(wait);
  const own = whose;
  writing = writing.then(async () => {
    // handed over meanwhile, here or on another page of this phone
    if (!own || own.queue !== whose?.queue || (await store.hasLeft())) return null;
    return begun.size ? store.keepForms(own, [...begun]) : store.dropForms(own);
  }).catch(() => {}); // no room: it is there as long as the page is
  return writing;
}

export async function forget(name) {
  if (begun.delete(name)) await write();
}

export async function leave(own) {
  await belongTo(null);
  await writing;
  if (own) await store.dropForms(own);
}

// puts back what was typed before the page was loaded anew, and says whether there was any;
// if what the form is about has changed since, its words are put back, its choices are not
export function refill(name, { form, about }) {
  const before = begun.get(name);
  if (!before) return false;
  for (const one of fieldsOf(form)) {
    if (before.about !== about && one.type !== "textarea") continue;
    const found = before.said.find(([given, value]) => given === one.name && (!isBox(one) || value === one.value));
    if (!found) continue;
    if (isBox(one)) one.checked = found[2];
    else one.value = found[1];
    if (one.tagName === "SELECT" && one.selectedIndex < 0) one.selectedIndex = 0;
    one.dispatchEvent(new Event("change"));
  }
  return true;
}

window.addEventListener("pagehide", write);
document.addEventListener("visibilitychange", () => { if (document.hidden) write(); });

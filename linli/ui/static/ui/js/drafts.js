// Keeps what is typed into a form with data-draft on this device until the server has taken it, also
// when the network fails or the sign-in ran out. Without it: the browser's own form memory.
// Files, passwords, hidden fields and what stands within data-private are never kept, and nothing of a form with
// data-draft-not once its words accuse an official: phones are shared, and who writes that must not be found.

import { fields, unkept } from "./unkept.js";

const AGE = 7 * 24 * 3600 * 1000;
const prefix = "linli-draft:";
const box = (one) => one.type === "checkbox" || one.type === "radio";
const name = (form) => prefix + form.dataset.draft;

function get(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) || "null");
    return draft && Date.now() - draft.at < AGE ? draft : null;
  } catch (damaged) {
    return null;
  }
}

function set(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch (full) {
    return; // no room or no storage: the form itself still holds everything
  }
}

const drop = (key) => {
  try {
    localStorage.removeItem(key);
  } catch (denied) {
    return;
  }
};

function all() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch (denied) {
    return [];
  }
}

const read = (form) => fields(form).map((one) => [one.name, one.value, box(one) ? one.checked : null]);
const keep = (form, sent) =>
  unkept(form) ? drop(name(form)) : set(name(form), { at: Date.now(), sent, kept: read(form) });

function put(form, kept, within = form) {
  let changed = false;
  const seen = {};
  for (const one of fields(form)) {
    const nth = (seen[one.name] = (seen[one.name] || 0) + 1);
    if (!within.contains(one)) continue;
    // a list may stand where choices stood: what was not chosen there is not chosen here
    const same = kept.filter(([given, value, on]) => given === one.name && (box(one) ? value === one.value : on !== false));
    const found = box(one) ? same[0] : same[nth - 1];
    if (!found) continue;
    if (box(one)) {
      changed = changed || one.checked !== found[2];
      one.checked = found[2];
    } else {
      changed = changed || one.value !== found[1];
      one.value = found[1];
    }
  }
  return changed;
}

function tell(form) {
  const note = document.createElement("p");
  note.className = "ll-banner";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = form.dataset.draftWords || "";
  const away = document.createElement("button");
  away.type = "button";
  away.className = "btn btn-link btn-sm";
  away.textContent = form.dataset.draftDrop || "×";
  away.addEventListener("click", () => {
    drop(name(form));
    form.reset();
    note.remove();
  });
  note.append(words, away);
  form.prepend(note);
}

const reached = performance.getEntriesByType("navigation")[0];
const redirected = Boolean(reached && reached.redirectCount);
const signingIn = document.querySelector("input[type=password], [data-sign-in]");
const faulty = document.querySelector("[data-faults]");

for (const key of all()) {
  const draft = get(key);
  // signing out clears a shared device; a redirect after sending means that the server has it,
  // unless it led to the sign-in: then the draft waits as if it had not been sent
  if (!draft || document.querySelector("[data-signed-out]")) drop(key);
  else if (signingIn) set(key, { ...draft, sent: false });
  else if (draft.sent && redirected) drop(key);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  // a page with errors brings what was typed from the server
  const draft = faulty ? null : get(name(form));
  if (draft && put(form, draft.kept)) tell(form);
  // fields that came in later
  form.addEventListener("linli:fields", (event) => {
    const held = get(name(form));
    if (!held) return;
    // rows of a table that the page does not have yet
    const names = held.kept.map(([given]) => given);
    event.target.dispatchEvent(new CustomEvent("linli:kept", { detail: names }));
    put(form, held.kept, event.target);
  });
  let wait = 0;
  const settle = (sent) => {
    clearTimeout(wait);
    wait = 0;
    keep(form, sent);
  };
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(settle, 400, false);
  });
  form.addEventListener("submit", () => settle(true));
  // who taps a link right after the last letter leaves with what she wrote
  addEventListener("pagehide", () => wait && settle(false));
}

// a form sent by htmx stays on its page: what was taken is forgotten at once
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest && event.target.closest("form[data-draft]");
  const answer = event.detail && event.detail.ctx && event.detail.ctx.response;
  if (form && answer && answer.status < 400) drop(name(form));
});

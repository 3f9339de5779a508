// The form to report something: photos are made smaller before they travel, and when the network fails
// the report waits on this phone and goes out when it is back. Without it: the form is sent as it is.

import { smaller } from "../ui/js/photos.js";

const AGE = 7 * 24 * 3600 * 1000;
const form = document.getElementById("report");
const note = document.querySelector("[data-queue]");

function tell(words, to) {
  if (!note) return;
  const line = note.querySelector("span");
  line.textContent = words;
  if (to) {
    const link = document.createElement("a");
    link.href = to;
    link.textContent = note.dataset.wordsOpen;
    line.append(" ", link);
  }
  note.hidden = false;
  note.setAttribute("role", "status");
}

async function packed() {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File)) data.append(name, value);
    else if (value.size) data.append(name, await smaller(value), value.name);
  }
  return data;
}

function store(mode) {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("linli-reports", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => done(asked.result.transaction("waiting", mode).objectStore("waiting"));
  });
}

const settled = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

async function keep(data) {
  const row = { key: data.get("key"), at: Date.now(), action: form.action, parts: [...data] };
  await settled((await store("readwrite")).put(row));
}

const forget = async (key) => settled((await store("readwrite")).delete(key));

function dropDraft() {
  try {
    localStorage.removeItem("linli-draft:" + form.dataset.draft);
  } catch (denied) {
    return;
  }
}

async function send(event) {
  // taking a photo back, or following another's report, is a matter of the page itself
  if (event.defaultPrevented || (event.submitter && event.submitter.name)) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  form.setAttribute("aria-busy", "true");
  const data = await packed();
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.redirected && answer.ok) {
      dropDraft();
      location.assign(answer.url);
      return;
    }
    // what is wrong or alike stands on the page that the server makes of it; the photos go whole this
    // time, so it is another request than the one that was answered under the key
    if (answer.ok) form.elements.key.value += "-2";
    form.submit();
  } catch (offline) {
    try {
      await keep(data);
      dropDraft();
      tell(note.dataset.wordsKept);
      note.scrollIntoView({ block: "center" });
    } catch (full) {
      form.submit();
    }
  } finally {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
}

// what waits goes out under the key that it had: a copy that did arrive is not filed twice
async function flush() {
  let rows;
  try {
    rows = await settled((await store("readonly")).getAll());
  } catch (denied) {
    return;
  }
  for (const row of rows) {
    if (Date.now() - row.at > AGE) {
      await forget(row.key);
      continue;
    }
    const data = new FormData();
    for (const [name, value] of row.parts) data.append(name, value);
    // the token of the page at hand: the one of then may have ended with its session
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) data.set("csrfmiddlewaretoken", token.value);
    try {
      const answer = await fetch(row.action, { method: "POST", body: data, credentials: "same-origin" });
      if (answer.redirected && answer.ok) {
        await forget(row.key);
        tell(note.dataset.wordsSent, answer.url);
      } else if (answer.status === 422) {
        await forget(row.key);
        for (const [name, value] of row.parts) {
          const field = form.elements[name];
          if (typeof value === "string" && field && field.type !== "hidden" && "value" in field) field.value = value;
        }
        tell(note.dataset.wordsWrong);
      }
    } catch (offline) {
      tell(note.dataset.wordsKept);
      return;
    }
  }
}

// what the words point to takes the place of the long list; the choice is the writer's
const room = form && form.querySelector("[data-suggest]");
let asked = "";
async function suggest() {
  const text = form.elements.text.value.trim();
  if (text.length < 4 || text === asked) return;
  asked = text;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "place"]) data.append(name, form.elements[name].value);
  const chosen = new FormData(form).get("category");
  data.append("text", text);
  data.append("category", chosen || "");
  try {
    const answer = await fetch(room.dataset.suggest, { method: "POST", body: data, credentials: "same-origin" });
    const html = answer.ok && answer.status === 200 ? (await answer.text()).trim() : "";
    // without a hint the list stays as it is
    if (html.includes("name=\"category\"")) room.innerHTML = html;
  } catch (offline) {
    asked = "";
  }
}
if (room && window.fetch) form.elements.text.addEventListener("change", suggest);

if (form && note && window.fetch && window.indexedDB) {
  form.addEventListener("submit", send);
  window.addEventListener("online", flush);
  flush();
}

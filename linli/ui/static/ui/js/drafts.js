// Keeps what is typed into a form with data-draft on this device, until the server has taken it.
// Without it: the browser's own form memory. Files, passwords and hidden fields are never kept.

const AGE = 7 * 24 * 3600 * 1000;
const prefix = "linli-draft:";
const never = new Set(["hidden", "password", "file", "submit", "button"]);

const fields = (form) => [...form.elements].filter((one) => one.name && !never.has(one.type) && !one.dataset.private);

function read(form) {
  return fields(form).map((one) =>
    one.type === "checkbox" || one.type === "radio" ? [one.name, one.value, one.checked] : [one.name, one.value]);
}

function put(form, kept) {
  for (const one of fields(form)) {
    const box = one.type === "checkbox" || one.type === "radio";
    const found = kept.find(([name, value]) => name === one.name && (!box || value === one.value));
    if (!found) continue;
    if (box) one.checked = found[2];
    else if (!one.value) one.value = found[1];
  }
}

function store(form) {
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ at: Date.now(), kept: read(form) }));
  } catch (full) {
    return; // no room or no storage: the form itself still holds everything
  }
}

function load(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + form.dataset.draft) || "null");
    return draft && Date.now() - draft.at < AGE ? draft.kept : null;
  } catch (damaged) {
    return null;
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  // a page with errors brings its values from the server, they are newer than the draft
  const kept = document.querySelector("[data-faults]") ? null : load(form);
  if (kept) put(form, kept);
  let wait = 0;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => store(form), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(wait);
    store(form);
  });
}

// the page that follows a sending that went well names the draft that is done
for (const done of document.querySelectorAll("[data-draft-done]")) {
  try {
    localStorage.removeItem(prefix + done.dataset.draftDone);
  } catch (denied) {
    continue;
  }
}
// nobody else's words stay on a shared device: signing out clears all drafts
if (document.querySelector("[data-signed-out]")) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

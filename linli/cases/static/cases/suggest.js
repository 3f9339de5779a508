// What the words of a report point to takes the place of the long list of categories; the choice is
// the writer's. Without it: the list.

const room = document.querySelector("[data-suggest]");
const form = room && room.closest("form");
let asked = "";
async function suggest() {
  const text = form.elements.text.value.trim();
  if (text.length < 4 || text === asked) return;
  asked = text;
  const data = new FormData();
  // at the counter the place was chosen by who takes it down: no other one is offered
  for (const name of ["csrfmiddlewaretoken", ...("bare" in room.dataset ? [] : ["place"])]) data.append(name, form.elements[name].value);
  const chosen = new FormData(form).get("category");
  data.append("text", text);
  data.append("category", chosen || "");
  try {
    const answer = await fetch(room.dataset.suggest, { method: "POST", body: data, credentials: "same-origin" });
    const html = answer.ok && answer.status === 200 ? (await answer.text()).trim() : "";
    // without a hint the list stays as it is, and so it does if what was chosen is not among the hints
    const holds = !chosen || html.includes('value="' + chosen + '"');
    if (holds && html.includes("name=\"category\"")) room.innerHTML = html;
  } catch (offline) {
    asked = "";
  }
}
if (room && window.fetch) form.elements.text.addEventListener("change", suggest);

// coming back by the browser's button: what was chosen is chosen again in the list of the fresh page,
// and another report goes out under a key of its own (the same words lead to the receipt of before)
if (room) {
  form.addEventListener("change", (event) => {
    if (event.target.name !== "category") return;
    history.replaceState({ ...history.state, category: event.target.value }, "");
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && crypto.randomUUID) form.elements.key.value = crypto.randomUUID();
    const chosen = history.state && history.state.category;
    const list = room.querySelector("select");
    if (list && chosen) list.value = chosen;
  });
}

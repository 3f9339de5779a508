// Keeps what is typed on the server every few seconds, and says when. Without it: each page is kept
// when it is sent, forwards, back, or by "Keep, go on later".

const form = document.querySelector("form[data-keep]");
const told = form && form.querySelector("[data-told]");
const WAIT = 3000, AGAIN = 15000;
let timer = 0, last = "", running = false, over = false;

const words = (text, at) => text.replace("{at}", at);

function tell(text, tone) {
  if (!told) return;
  told.querySelector("span").textContent = text;
  told.classList.toggle("is-late", tone === "late");
  const mark = told.querySelector("use");
  if (mark) mark.setAttribute("href", mark.getAttribute("href").replace(/#.*/, tone === "late" ? "#cloud-off" : "#cloud-check"));
}

function typed() {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (typeof value !== "string" || name.endsWith("-paste")) data.delete(name);
  return data;
}

async function keep() {
  if (over || form.dataset.sent) return;
  clearTimeout(timer);
  if (running) {
    // the last words wait for their turn
    timer = setTimeout(keep, WAIT);
    return;
  }
  running = true;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: typed(), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10000) });
    if (answer.redirected || answer.status === 403 || answer.status === 404) {
      over = true;
      tell(form.dataset.out, "late");
    } else if (answer.status === 409) {
      over = true;
      tell(form.dataset.elsewhere, "late");
    } else if (answer.ok) {
      const { edition, kept_at: at } = await answer.json();
      form.elements.edition.value = edition;
      last = at;
      tell(words(form.dataset.kept, at), "");
    } else throw new Error(answer.status);
  } catch (gone) {
    tell(words(form.dataset.lost, last || "—"), "late");
    clearTimeout(timer);
    timer = setTimeout(keep, AGAIN);
  }
  running = false;
}

if (form) form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT);
});

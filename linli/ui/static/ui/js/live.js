// Big screen: asks for the live part every 2–3 s and says since when it could not.
// Without it: the page in <noscript> loads itself again every 30 s.

const part = document.querySelector("[data-live]");
const lost = document.querySelector("[data-lost]");
let tag = "";

async function ask() {
  const answer = await fetch(part.dataset.live, {
    headers: tag ? { "HX-Request": "true", "If-None-Match": tag } : { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(5000),
  });
  if (answer.status === 200) {
    tag = answer.headers.get("ETag") || "";
    part.innerHTML = await answer.text();
  } else if (answer.status !== 304) throw new Error(answer.status);
}

async function again() {
  try {
    await ask();
    if (lost) lost.hidden = true;
  } catch (gone) {
    if (lost && lost.hidden) {
      lost.hidden = false;
      const at = lost.querySelector("[data-at]");
      if (at) at.textContent = new Date().toTimeString().slice(0, 5);
    }
  }
  setTimeout(again, 2000 + Math.random() * 1000);
}

if (part) again();

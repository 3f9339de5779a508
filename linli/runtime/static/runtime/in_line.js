// A place in line: counts down and sends the form when it is one's turn. Without it: the button does.

const form = document.getElementById("again");
const left = document.querySelector("[data-left]");
const ends = Date.now() + Number(form.dataset.wait) * 1000;

function tick() {
  const seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  left.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  if (seconds > 0) setTimeout(tick, 250);
  else form.requestSubmit();
}

// coming back by the browser's button sends nothing by itself
if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") tick();

// Voice of the big screen: says each new call in Mandarin or Cantonese. Off until somebody of the hall turns it on;
// the device remembers. Without it, or without a voice in the device: the screen alone.

const box = document.querySelector("[data-voices]");
const key = "linli-voice";
const tongues = { zh: "zh-CN", yue: "zh-HK" };
const said = new Set();
let chosen = "";

const calls = () => [...document.querySelectorAll("[data-call]")];

function remember(value) {
  try { localStorage.setItem(key, value); } catch (full) { /* private window */ }
}

function show() {
  for (const one of box.querySelectorAll("[data-voice]")) one.setAttribute("aria-pressed", String(one.dataset.voice === chosen));
}

function say(node) {
  const words = new SpeechSynthesisUtterance(chosen === "yue" ? node.dataset.sayYue : node.dataset.sayZh);
  words.lang = tongues[chosen];
  words.rate = 0.9;
  speechSynthesis.speak(words);
}

function follow() {
  for (const node of calls().reverse()) {
    if (said.has(node.dataset.call)) continue;
    said.add(node.dataset.call);
    if (chosen) say(node);
  }
}

if (box && "speechSynthesis" in window) {
  try { chosen = localStorage.getItem(key) || ""; } catch (shut) { chosen = ""; }
  if (!(chosen in tongues)) chosen = "";
  box.hidden = false;
  show();
  for (const node of calls()) said.add(node.dataset.call);
  box.addEventListener("click", (event) => {
    const one = event.target.closest("[data-voice]");
    if (!one) return;
    chosen = one.dataset.voice;
    remember(chosen);
    show();
  });
  new MutationObserver(follow).observe(document.getElementById("main"), { childList: true, subtree: true });
}

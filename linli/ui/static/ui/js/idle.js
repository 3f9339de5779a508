// Touch screen in the hall: asks after 45 s without a touch, goes home after 60 s.
// Without it: the page in <noscript> refreshes to the home page after 60 s.

const body = document.body;
const home = body.dataset.home;
const ask = document.getElementById("still-here");
const ASK = 45, HOME = 60;
let idle = 0;

function stay() {
  idle = 0;
  if (ask) ask.hidden = true;
}

for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, stay, { passive: true });

setInterval(() => {
  idle += 1;
  // once, and again only if the network let the first attempt hang
  if (home && idle >= HOME && (idle - HOME) % 30 === 0) location.replace(home);
  else if (idle >= ASK && ask) {
    ask.hidden = false;
    const left = ask.querySelector("[data-left]");
    if (left) left.textContent = HOME - idle;
  }
}, 1000);

// read aloud what is on the screen, where the machine has a voice
const aloud = document.querySelector("[data-aloud]");
if (aloud && "speechSynthesis" in window) {
  aloud.hidden = false;
  aloud.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    words.lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
    speechSynthesis.speak(words);
    stay();
  });
}

// Where something is, only at a tap, and out again at the next one; nothing is watched. Without it:
// the place is described in words.

for (const button of document.querySelectorAll("[data-here]")) {
  if (!("geolocation" in navigator)) continue;
  const words = button.querySelector("span");
  const [lon, lat] = button.parentElement.querySelectorAll("input");
  const first = words.textContent;
  const tell = (text) => { words.textContent = text; };
  if (lon.value) tell(button.dataset.done);
  button.hidden = false;
  words.setAttribute("role", "status");
  button.addEventListener("click", () => {
    if (lon.value) {
      lon.value = lat.value = "";
      return tell(first);
    }
    navigator.geolocation.getCurrentPosition((at) => {
      lon.value = at.coords.longitude.toFixed(6);
      lat.value = at.coords.latitude.toFixed(6);
      tell(button.dataset.done);
    }, () => tell(button.dataset.words), { timeout: 15000 });
  });
}

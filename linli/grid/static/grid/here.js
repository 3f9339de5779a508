// Where something is, only at a tap; nothing is watched. Without it: the place is described in words.

for (const button of document.querySelectorAll("[data-here]")) {
  if (!("geolocation" in navigator)) continue;
  button.hidden = false;
  const words = button.querySelector("span");
  button.addEventListener("click", () => {
    const [lon, lat] = button.parentElement.querySelectorAll("input");
    navigator.geolocation.getCurrentPosition((at) => {
      lon.value = at.coords.longitude.toFixed(6);
      lat.value = at.coords.latitude.toFixed(6);
      words.textContent = button.dataset.done;
    }, () => { words.textContent = button.dataset.words; }, { timeout: 15000 });
  });
}

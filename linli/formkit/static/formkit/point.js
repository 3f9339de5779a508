// Where one is, only at a tap; nothing is watched. Without it: longitude and latitude are written.

export function offer(within) {
  if (!("geolocation" in navigator)) return;
  for (const button of within.querySelectorAll("[data-here-point][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const [lon, lat] = button.parentElement.querySelectorAll("input");
      navigator.geolocation.getCurrentPosition((at) => {
        lon.value = at.coords.longitude.toFixed(6);
        lat.value = at.coords.latitude.toFixed(6);
        for (const name of ["input", "change"]) lon.dispatchEvent(new Event(name, { bubbles: true }));
      }, () => { button.textContent = button.dataset.words; }, { timeout: 15000 });
    });
  }
}

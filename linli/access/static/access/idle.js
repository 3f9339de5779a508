// A counter computer that nobody touches is locked, so that the next person sees nothing.
const place = document.querySelector("[data-idle]");
if (place) {
  const most = Number(place.dataset.idle) * 1000;
  let timer = 0;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign(place.dataset.lock), most);
  };
  for (const name of ["pointerdown", "keydown", "scroll", "touchstart"]) {
    document.addEventListener(name, rest, { passive: true });
  }
  rest();
}

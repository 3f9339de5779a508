// A cell drawn on the sketch map: its corners are those of the text field, which is what is sent.

const SVG = "http://www.w3.org/2000/svg";
const STEP = 2, LEAP = 20, NEAR = 12, RADIUS = 10, DIGITS = 6, KEPT = 100;
const box = document.querySelector("[data-draw]");
const map = box && box.querySelector(".ll-map svg"), field = box && box.querySelector("[name=corners]");

function start() {
  const { west, north, across, down } = Object.fromEntries(["west", "north", "across", "down"].map((name) => [name, Number(box.dataset[name])]));
  const toMap = ([lon, lat]) => [(lon - west) * across, (north - lat) * down];
  const toGround = ([x, y]) => [west + x / across, north - y / down].map((one) => Number(one.toFixed(DIGITS)));
  const near = JSON.parse(box.dataset.near);
  const said = box.querySelector("[data-said]");
  const before = [];
  let corners = read(), chosen = 0, grabbed = -1;

  let area = map.querySelector("[data-own]");
  if (!area) {
    area = map.appendChild(document.createElementNS(SVG, "path"));
    area.setAttribute("class", "a t-me");
  }
  const handles = map.appendChild(document.createElementNS(SVG, "g"));

  function read() {
    const found = field.value.split("\n").map((line) => line.trim().split(/[\s,，;；]+/).filter(Boolean).map(Number));
    return found.filter((one) => one.length === 2 && one.every(Number.isFinite));
  }
  function keep() {
    before.push(corners.map((one) => [...one]));
    if (before.length > KEPT) before.shift();
  }
  function write() {
    field.value = corners.map((one) => one.map((part) => part.toFixed(DIGITS)).join(", ")).join("\n");
    draw();
  }
  function draw() {
    const points = corners.map(toMap);
    area.setAttribute("d", points.length > 1 ? `M${points.map((one) => one.join(" ")).join("L")}Z` : "");
    while (handles.childNodes.length > points.length) handles.lastChild.remove();
    while (handles.childNodes.length < points.length) handles.appendChild(handle());
    points.forEach(([x, y], number) => {
      const one = handles.childNodes[number], [lon, lat] = corners[number];
      one.setAttribute("cx", x);
      one.setAttribute("cy", y);
      one.setAttribute("aria-label", `${told(number)}: ${lon}, ${lat}`);
      one.classList.toggle("is-chosen", number === chosen);
    });
    said.textContent = corners.length ? told(chosen) : "";
  }
  // how many units of the map are one pixel of the screen
  const scale = () => Math.max(1, map.viewBox.baseVal.width / (map.getBoundingClientRect().width || Infinity));
  function fit() {
    map.style.setProperty("--pl-scale", scale());
    for (const one of handles.childNodes) one.setAttribute("r", RADIUS * scale());
  }
  function handle() {
    const one = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ r: RADIUS * scale(), tabindex: 0, role: "button", class: "pl-corner" })) one.setAttribute(name, value);
    return one;
  }
  const told = (number) => box.dataset.words.replace("{n}", number + 1).replace("{all}", corners.length);
  const numberOf = (node) => [...handles.childNodes].indexOf(node);

  // a point of the map under the pointer; near a border of others it is a point of that border
  function under(event) {
    const frame = map.getBoundingClientRect(), view = map.viewBox.baseVal;
    return [((event.clientX - frame.left) * view.width) / frame.width, ((event.clientY - frame.top) * view.height) / frame.height];
  }
  function snapped(point) {
    let best = null, least = NEAR * scale();
    const take = (found, bonus) => {
      const far = Math.hypot(found[0] - point[0], found[1] - point[1]) - bonus;
      if (far < least) [best, least] = [found, far];
    };
    for (const ring of near) {
      const points = ring.map(toMap);
      points.forEach((one, number) => {
        take(one, 4);
        if (number) take(foot(points[number - 1], one, point), 0);
      });
    }
    return toGround(best || point);
  }
  function foot([ax, ay], [bx, by], [px, py]) {
    const long = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = long ? Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / long)) : 0;
    return [ax + share * (bx - ax), ay + share * (by - ay)];
  }
  // a new corner comes where it makes the border longest by the least
  function put(corner) {
    const points = corners.map(toMap), [x, y] = toMap(corner);
    let at = points.length, least = Infinity;
    if (points.length > 2) points.forEach((one, number) => {
      const next = points[(number + 1) % points.length];
      const more = Math.hypot(one[0] - x, one[1] - y) + Math.hypot(next[0] - x, next[1] - y) - Math.hypot(one[0] - next[0], one[1] - next[1]);
      if (more < least) [at, least] = [number + 1, more];
    });
    corners.splice(at, 0, corner);
    chosen = at;
  }
  function insert() {
    if (corners.length < 2) return;
    keep();
    const next = corners[(chosen + 1) % corners.length], here = corners[chosen];
    corners.splice(chosen + 1, 0, here.map((part, side) => Number(((part + next[side]) / 2).toFixed(DIGITS))));
    chosen += 1;
    write();
    focus();
  }
  function remove() {
    if (!corners.length) return;
    keep();
    corners.splice(chosen, 1);
    chosen = Math.max(0, Math.min(chosen, corners.length - 1));
    write();
    focus();
  }
  function undo() {
    if (!before.length) return;
    corners = before.pop();
    chosen = Math.max(0, Math.min(chosen, corners.length - 1));
    write();
  }
  const focus = () => handles.childNodes[chosen] && handles.childNodes[chosen].focus();

  map.addEventListener("pointerdown", (event) => {
    const number = numberOf(event.target);
    if (number < 0) return;
    event.preventDefault();
    keep();
    chosen = grabbed = number;
    event.target.setPointerCapture(event.pointerId);
    event.target.focus();
    draw();
  });
  map.addEventListener("pointermove", (event) => {
    if (grabbed < 0) return;
    corners[grabbed] = snapped(under(event));
    write();
  });
  for (const end of ["pointerup", "pointercancel"]) map.addEventListener(end, () => { grabbed = -1; });
  map.addEventListener("click", (event) => {
    if (numberOf(event.target) >= 0) return;
    keep();
    put(snapped(under(event)));
    write();
  });
  handles.addEventListener("focusin", (event) => {
    chosen = Math.max(0, numberOf(event.target));
    draw();
  });
  handles.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const act = { Enter: insert, Delete: remove, Backspace: remove }[event.key];
    if (!way && !act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) return act();
    const far = event.shiftKey ? LEAP : STEP, [x, y] = toMap(corners[chosen]);
    keep();
    corners[chosen] = toGround([x + way[0] * far, y + way[1] * far]);
    write();
  });
  field.addEventListener("input", () => {
    corners = read();
    chosen = 0;
    draw();
  });
  const acts = { insert, remove, undo };
  for (const one of box.querySelectorAll("[data-do]")) one.addEventListener("click", () => acts[one.dataset.do]());
  box.querySelector("[data-tools]").hidden = false;
  for (const one of box.querySelectorAll("[data-noscript]")) one.remove();
  window.addEventListener("resize", fit);
  draw();
  fit();
}

if (map && field && box.dataset.west) start();

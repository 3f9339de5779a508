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
  // rings of corners: the first around the cell, others around holes or islands; corners are counted through
  let rings = read(), chosen = 0, here = 0, grabbed = -1;

  let area = map.querySelector("[data-own]");
  if (!area) {
    area = map.appendChild(document.createElementNS(SVG, "path"));
    area.setAttribute("class", "a t-me");
  }
  area.setAttribute("fill-rule", "evenodd");
  const handles = map.appendChild(document.createElementNS(SVG, "g"));

  function read() {
    const parts = field.value.split(/^[ \t]*[-－—–=]{2,}[ \t]*\r?$/m).map((part) => {
      const found = part.split("\n").map((line) => line.trim().split(/[\s,，;；]+/).filter(Boolean).map(Number));
      return found.filter((one) => one.length === 2 && one.every(Number.isFinite));
    }).filter((part) => part.length);
    return parts.length ? parts : [[]];
  }
  // which ring a corner stands in, and where in it
  function spot(number) {
    let ring = 0, left = number;
    while (ring < rings.length - 1 && left >= rings[ring].length) left -= rings[ring++].length;
    return [ring, left];
  }
  const numberAt = (ring, at) => rings.slice(0, ring).reduce((sum, one) => sum + one.length, at);
  function keep() {
    before.push(rings.map((ring) => ring.map((one) => [...one])));
    if (before.length > KEPT) before.shift();
  }
  function write() {
    const texts = rings.filter((ring) => ring.length).map((ring) => ring.map((one) => one.map((part) => part.toFixed(DIGITS)).join(", ")).join("\n"));
    field.value = texts.join("\n---\n");
    draw();
  }
  function draw() {
    const corners = rings.flat(), points = corners.map(toMap);
    area.setAttribute("d", rings.filter((ring) => ring.length > 1).map((ring) => `M${ring.map((one) => toMap(one).join(" ")).join("L")}Z`).join(""));
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
  const told = (number) => box.dataset.words.replace("{n}", number + 1).replace("{all}", rings.flat().length);
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
  // a new corner comes into the ring at hand, where it makes the border longest by the least
  function put(corner) {
    const corners = rings[here], points = corners.map(toMap), [x, y] = toMap(corner);
    let at = points.length, least = Infinity;
    if (points.length > 2) points.forEach((one, number) => {
      const next = points[(number + 1) % points.length];
      const more = Math.hypot(one[0] - x, one[1] - y) + Math.hypot(next[0] - x, next[1] - y) - Math.hypot(one[0] - next[0], one[1] - next[1]);
      if (more < least) [at, least] = [number + 1, more];
    });
    corners.splice(at, 0, corner);
    chosen = numberAt(here, at);
  }
  function choose(number) {
    chosen = Math.max(0, Math.min(number, rings.flat().length - 1));
    here = spot(chosen)[0];
  }
  function insert() {
    const [ring, at] = spot(chosen), corners = rings[ring];
    if (corners.length < 2) return;
    keep();
    const next = corners[(at + 1) % corners.length];
    corners.splice(at + 1, 0, corners[at].map((part, side) => Number(((part + next[side]) / 2).toFixed(DIGITS))));
    choose(chosen + 1);
    write();
    focus();
  }
  function remove() {
    const [ring, at] = spot(chosen);
    if (!rings[ring].length) return;
    keep();
    rings[ring].splice(at, 1);
    if (!rings[ring].length && rings.length > 1) rings.splice(ring, 1);
    choose(chosen);
    write();
    focus();
  }
  // what is tapped next is a ring of its own
  function part() {
    rings = [...rings.filter((ring) => ring.length), []];
    here = rings.length - 1;
    said.textContent = box.dataset.part;
  }
  function undo() {
    if (!before.length) return;
    rings = before.pop();
    choose(chosen);
    write();
  }
  const focus = () => handles.childNodes[chosen] && handles.childNodes[chosen].focus();

  map.addEventListener("pointerdown", (event) => {
    const number = numberOf(event.target);
    if (number < 0) return;
    event.preventDefault();
    keep();
    grabbed = number;
    choose(number);
    event.target.setPointerCapture(event.pointerId);
    event.target.focus();
    draw();
  });
  map.addEventListener("pointermove", (event) => {
    if (grabbed < 0) return;
    const [ring, at] = spot(grabbed);
    rings[ring][at] = snapped(under(event));
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
    choose(numberOf(event.target));
    draw();
  });
  handles.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const act = { Enter: insert, Delete: remove, Backspace: remove }[event.key];
    if (!way && !act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) return act();
    const far = event.shiftKey ? LEAP : STEP, [ring, at] = spot(chosen), [x, y] = toMap(rings[ring][at]);
    keep();
    rings[ring][at] = toGround([x + way[0] * far, y + way[1] * far]);
    write();
  });
  field.addEventListener("input", () => {
    rings = read();
    choose(0);
    draw();
  });
  const acts = { insert, remove, part, undo };
  for (const one of box.querySelectorAll("[data-do]")) one.addEventListener("click", () => acts[one.dataset.do]());
  box.querySelector("[data-tools]").hidden = false;
  for (const one of box.querySelectorAll("[data-noscript]")) one.remove();
  window.addEventListener("resize", fit);
  draw();
  fit();
}

if (map && field && box.dataset.west) start();

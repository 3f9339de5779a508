// What pages that work without network have in common: their screens, their note, the line on the network.

export const part = (name) => document.querySelector(`[data-part="${name}"]`);

export function show(name) {
  for (const one of document.querySelectorAll("[data-screen]")) one.hidden = one.dataset.screen !== name;
}

export function say(text) {
  part("note").textContent = text || "";
  part("note").hidden = !text;
}

// whether there is a network, and how many entries of others lie sealed on this phone
export function sayNet(words, others) {
  part("net").textContent = navigator.onLine ? words.online : words.offline;
  part("others").textContent = others ? words.others.replace("0", others) : "";
  part("others").hidden = !others;
}

// a second tap while photos are made small or sealed must not keep it twice
export async function once(form, act) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  form.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    delete form.dataset.busy;
    form.removeAttribute("aria-busy");
  }
}

// what asks the server who is at work waits for the one that asks already: the newest answer is drawn last
export function oneByOne(act) {
  let asking = null;
  let next = null;
  const begin = () => {
    next = null;
    asking = act().finally(() => { asking = next; });
    return asking;
  };
  return () => {
    if (!asking) return begin();
    next ??= asking.then(begin, begin);
    return next;
  };
}

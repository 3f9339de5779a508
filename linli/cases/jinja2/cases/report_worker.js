// Sends reports that wait on this phone when its page is closed, where the browser has Background Sync.
// Made by the server: queue. It keeps no page and answers no request.

import { flush, inTurn, TAG } from {{ queue|tojson }};

self.addEventListener("install", () => self.skipWaiting());

async function send() {
  let isLater = false;
  await flush("", async (state, _row, more) => {
    if (state === "later") isLater = true;
    if (state !== "sent") return; // what is wrong is told by the page, when it is opened
    for (const page of await self.clients.matchAll({ includeUncontrolled: true })) page.postMessage({ sent: more });
  });
  // the browser tries again by itself
  if (isLater) throw new Error("no network yet");
}

self.addEventListener("sync", (event) => {
  if (event.tag === TAG) event.waitUntil(inTurn(send));
});

// How pages that work without network ask the server, and let two pages of one phone take turns.

export class SignedOut extends Error {}

export class Refused extends Error {
  constructor(status, told) {
    super(told.message || "");
    this.status = status;
    this.code = told.code || "";
  }
}

// ask in JSON or with files; whoever is signed out is told so by SignedOut
export async function call(path, body, csrf, key = crypto.randomUUID()) {
  const headers = { "X-CSRFToken": csrf, "Idempotency-Key": key, "Accept-Language": document.documentElement.lang };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  const answer = await fetch(`/api/v1/${path}`, { method: body ? "POST" : "GET", body, headers, credentials: "same-origin" });
  if (answer.status === 401 || answer.status === 403) throw new SignedOut();
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  return answer.json();
}

export const inTurn = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

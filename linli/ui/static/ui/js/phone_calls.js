// How pages that work without network ask the server, and let two pages of one phone take turns.

// a network that takes a question and never answers holds up nobody longer; photos may take their time
const PATIENCE = 60000;

export class SignedOut extends Error {}

export class Refused extends Error {
  constructor(status, told) {
    super(told.message || "");
    this.status = status;
    this.code = told.code || "";
  }
}

const patience = (body) => (body instanceof FormData ? undefined : AbortSignal.timeout?.(PATIENCE));

// ask in JSON or with files; whoever is signed out is told so by SignedOut, what may not be done by Refused
export async function ask(path, body, csrf, key = crypto.randomUUID()) {
  const headers = { "X-CSRFToken": csrf, "Idempotency-Key": key, "Accept-Language": document.documentElement.lang };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  const answer = await fetch(`/api/v1/${path}`, { method: body ? "POST" : "GET", body, headers, credentials: "same-origin", signal: patience(body) });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  return answer.json();
}

// the same where nothing may be done means that nobody of the page is signed in
export async function call(...given) {
  try {
    return await ask(...given);
  } catch (fault) {
    throw fault.status === 403 ? new SignedOut() : fault;
  }
}

export const inTurn = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

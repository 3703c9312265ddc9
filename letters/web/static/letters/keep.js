// Sends each answer as soon as it is changed, so that nothing is lost with a page, a battery or a
// connection. Without this script an answer is kept when its screen is sent.

const form = document.querySelector("form[data-keep]");
const told = form.querySelector("[data-kept]");
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const waiting = new Map(); // what is not kept yet, by name; in memory only, for a patient's sake
const PAUSE = 3000;
let sending = null; // what is on its way; one at a time, so that none overtakes another
let outcome = "";
let isLeaving = false;
let again = null;

function valuesOf(name) {
  return [...form.elements]
    .filter((box) => box.name === name && (!["checkbox", "radio"].includes(box.type) || box.checked))
    .map((box) => box.value);
}

function tell(words, href) {
  told.textContent = words;
  if (!href) return;
  const link = document.createElement("a");
  link.href = href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Sign in again (opens a new tab)";
  told.append(" ", link);
}

function changed(event) {
  const name = event.target.name;
  if (!name || name === token.name) return;
  waiting.set(name, valuesOf(name));
  clearTimeout(again);
  again = setTimeout(send, event.type === "input" && event.target.type !== "radio" ? 400 : 0);
}

function send() {
  if (!sending && waiting.size > 0) sending = sendOne().finally(() => { sending = null; next(); });
  return sending;
}

async function sendOne() {
  clearTimeout(again);
  const [name, values] = waiting.entries().next().value;
  tell("Saving…");
  outcome = await keep(name, values);
  if (outcome === "kept" && waiting.get(name) === values) waiting.delete(name);
  if (outcome === "over") waiting.clear();
}

function next() {
  if (waiting.size === 0 || isLeaving) return;
  if (outcome === "kept") send();
  else again = setTimeout(send, PAUSE);
}

async function keep(name, values) {
  const body = new URLSearchParams([["name", name], ...values.map((value) => ["value", value])]);
  try {
    const answer = await fetch(form.dataset.keep, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token.value },
      redirect: "manual",
      signal: AbortSignal.timeout?.(15000), // an older browser waits as long as it likes
    });
    await answer.text(); // a body that nobody reads is cut off by the next page
    const isLocked = answer.ok && !answer.headers.get("Content-Type").includes("json");
    if (answer.ok && !isLocked) {
      tell("Saved");
      return "kept";
    }
    if (answer.status === 409) {
      tell("Recorded already. Reload this page to see it.");
      return "over";
    }
    if (isLocked || answer.type === "opaqueredirect" || answer.status === 403) {
      tell(`Not saved: your session ${isLocked ? "is locked" : "has ended"}.`, form.dataset.signIn);
      await renew();
      return "ended";
    }
    tell("Not saved: something went wrong, trying again");
    return "wrong";
  } catch {
    tell("Not saved: no connection, trying again");
    return "cut";
  }
}

// Who signs in again, in another tab, gets a new token; this page takes it over.
async function renew() {
  const page = await fetch(location.href, { redirect: "manual" });
  if (!page.ok) return;
  const there = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = there.querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) token.value = fresh.value;
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
addEventListener("online", send);
addEventListener("beforeunload", (event) => {
  if (waiting.size > 0 && !isLeaving) event.preventDefault();
});
// The form carries every answer itself. What is on its way must not arrive after it, and a form that
// would meet no connection, or the sign-in, stays here with what is not kept yet.
form.addEventListener("submit", async (event) => {
  if (isLeaving) return;
  isLeaving = waiting.size === 0 && !sending && navigator.onLine;
  if (isLeaving) return;
  event.preventDefault();
  await sending;
  do await send(); while (waiting.size > 0 && outcome === "kept");
  if (!navigator.onLine) tell("Not sent: no connection. Press again once it is back.");
  if (!navigator.onLine || outcome === "cut" || outcome === "ended") return;
  isLeaving = true;
  form.requestSubmit(event.submitter);
});
addEventListener("pageshow", () => { isLeaving = false; });

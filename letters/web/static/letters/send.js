// Sends photographs one after another, each by itself: together they may be more than a page takes,
// and one that meets no connection is tried again. The same photograph twice is one. Without this
// script the form sends all at once.

const form = document.querySelector("form[data-send]");
const told = form.querySelector("[data-sent]");
const box = form.querySelector("input[type=file]");
const button = form.querySelector("button[type=submit]");
const PAUSE = 3000;
let isSending = false;

function after(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

function only(file) {
  const body = new FormData(form);
  body.delete(box.name);
  body.append(box.name, file);
  return body;
}

// "" for one that was taken, or what is wrong with it.
async function sendOne(file) {
  if (file.size > Number(form.dataset.most)) return form.dataset.tooLarge;
  const answer = await fetch(form.action, { method: "POST", body: only(file) });
  const text = await answer.text();
  if (answer.status >= 500) throw new Error("the service failed");
  if (answer.redirected && answer.url.endsWith(form.dataset.send)) return "";
  const there = new DOMParser().parseFromString(text, "text/html");
  const fault = there.querySelector(".nhsuk-error-message");
  if (answer.ok && fault) return fault.textContent.replace("Error:", "").trim();
  location.assign(form.action); // the link has ended, or the half hour: the page says which
  return new Promise(() => {});
}

async function sendUntilAnswered(file, place) {
  for (;;) {
    told.textContent = `Sending ${place}. Keep this page open.`;
    try {
      return await sendOne(file);
    } catch {
      told.textContent = `No connection. ${place} is tried again by itself.`;
      await after(PAUSE);
    }
  }
}

async function sendAll(files) {
  const faults = [];
  for (const [index, file] of files.entries()) {
    const place = `photograph ${index + 1} of ${files.length}`;
    const fault = await sendUntilAnswered(file, place);
    if (fault) faults.push(`${file.name}: ${fault}`);
  }
  return faults;
}

function show(faults, count) {
  const list = document.createElement("ul");
  list.className = "nhsuk-list nhsuk-list--bullet";
  for (const fault of faults) list.append(Object.assign(document.createElement("li"), { textContent: fault }));
  told.replaceChildren(`${count - faults.length} of ${count} photographs were sent. Choose others in place of these:`, list);
}

form.addEventListener("submit", async (event) => {
  const files = [...box.files];
  if (files.length === 0) return; // the form says what is missing
  event.preventDefault();
  if (isSending) return;
  isSending = button.disabled = true;
  const faults = await sendAll(files);
  isSending = button.disabled = false;
  if (faults.length === 0) location.assign(form.dataset.send);
  else show(faults, files.length);
});
addEventListener("beforeunload", (event) => { if (isSending) event.preventDefault(); });

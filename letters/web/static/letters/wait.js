// Shows a letter's page anew once something has happened to it. Without this script, "Look again"
// does the same. It asks for three minutes and no longer: a page that asks keeps its session open.

const waits = document.querySelector("[data-waits]");
const told = waits.querySelector("[role=status]");
const PAUSE = 2000;
const until = Date.now() + 3 * 60 * 1000;

// A text that somebody is about to copy must not vanish under their hand.
function isBusy() {
  return document.activeElement?.tagName === "TEXTAREA";
}

async function look() {
  if (Date.now() > until) return;
  const progress = document.hidden ? waits.dataset.progress : await ask();
  if (progress === waits.dataset.progress) setTimeout(look, PAUSE);
  else if (isBusy()) told.textContent = "Something has happened since: look again.";
  else location.reload();
}

async function ask() {
  try {
    const answer = await fetch(waits.dataset.waits);
    return (await answer.json()).progress;
  } catch {
    return waits.dataset.progress; // no connection, or a locked session: asked again
  }
}

setTimeout(look, PAUSE);

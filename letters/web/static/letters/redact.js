// Draws over the parts of a picture that are to be hidden; without it each is a box to tick.
const cells = document.querySelector("[data-cells]");
let hides = null; // what the drag that is going on does to each part it crosses

function at(event) {
  const found = document.elementFromPoint(event.clientX, event.clientY);
  return found && found.parentElement === cells ? found : null;
}

cells.addEventListener("pointerdown", (event) => {
  const cell = at(event);
  if (!cell) return;
  hides = !cell.checked;
  cell.checked = hides;
});
cells.addEventListener("pointermove", (event) => {
  const cell = hides === null ? null : at(event);
  if (cell) cell.checked = hides;
});
// The click that follows a press would undo it; one from the keyboard has no detail and stays.
cells.addEventListener("click", (event) => {
  if (event.detail > 0) event.preventDefault();
});
addEventListener("pointerup", () => { hides = null; });
addEventListener("pointercancel", () => { hides = null; });
cells.classList.add("app-cells-drawn");

// Copies a text to where it can be pasted from. Without this script it is selected by hand.

for (const part of document.querySelectorAll("[data-copy]")) {
  const text = part.querySelector("textarea");
  const button = part.querySelector("button");
  const told = part.querySelector("[role=status]");

  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Copied";
    } catch {
      // no clipboard here, or none for pages: an old browser, an address without https
      told.textContent = document.execCommand("copy")
        ? "Copied"
        : "Could not copy. The text is selected: press Ctrl and C.";
    }
  });
}

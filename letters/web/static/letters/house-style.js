// Shows a colour and a typeface on the sample letter while they are chosen. Without this script the
// Preview button does the same.

const form = document.querySelector("[data-house-style]");
const letter = document.querySelector(".app-letter .letter");
const families = {
  arimo: "Arimo",
  atkinson_hyperlegible: "Atkinson Hyperlegible Next",
  noto_sans: "Noto Sans",
};

function show() {
  const chosen = new FormData(form);
  const colour = String(chosen.get("colour")).trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(colour)) {
    letter.style.setProperty("--letter-colour", colour);
  }
  const family = families[chosen.get("typeface")];
  if (family) {
    letter.style.fontFamily = `"${family}", Arial, sans-serif`;
  }
}

if (form && letter) {
  form.addEventListener("input", show);
}

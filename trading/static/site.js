// Small comforts over pages that work without them: no step depends on this file.
"use strict";

// The error summary takes the focus, so that keyboard and screen reader land on what is wrong.
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

// A second press of the same button within three seconds is not sent (the server refuses repeats in any case).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) event.preventDefault();
  else form.dataset.sent = String(Date.now());
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

// An amount is read back with separators while it is typed.
function readBack(input) {
  const echo = document.getElementById(input.dataset.echo);
  const typed = input.value.replace(/[,，\s]/g, "");
  if (!echo) return;
  if (!/^\d{1,15}(\.\d{1,2})?$/.test(typed)) { echo.textContent = ""; return; }
  const [whole, part = ""] = typed.split(".");
  echo.textContent = whole.replace(/\B(?=(\d{3})+$)/g, ",") + "." + part.padEnd(2, "0") + " " + input.dataset.unit;
}
document.querySelectorAll("input[data-echo]").forEach((input) => {
  input.addEventListener("input", () => readBack(input));
  readBack(input);
});

// One more row of a table of answers: the last row is copied, emptied and renumbered.
document.querySelectorAll("[data-add-row]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const body = document.getElementById(button.dataset.addRow).tBodies[0];
    const number = body.rows.length;
    const row = body.rows[number - 1].cloneNode(true);
    row.querySelectorAll("input, select, textarea").forEach((input) => {
      for (const name of ["name", "id", "aria-label"]) {
        const value = input.getAttribute(name);
        if (!value) continue;
        if (name === "aria-label") input.setAttribute(name, value.replace(/\d+$/, String(number + 1)));
        else input.setAttribute(name, value.replace(/-\d+-(?=[^-]+$)/, "-" + number + "-"));
      }
      if (input.type === "checkbox" || input.type === "radio") input.checked = false;
      else input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    row.querySelectorAll(".field-error").forEach((error) => error.remove());
    body.append(row);
    row.querySelector("input, select, textarea").focus();
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

/* Small comforts; every page works without them. Drafts: see drafts.js. */
import "./drafts.js";

// After a failed check the summary of errors is read first.
document.getElementById("errors")?.focus();
// What is missing is told by Solmu, all of it at once and in the reader's language; the browser speaks only of what it
// cannot send, such as half a date. A form that has been sent is not sent again by a second press.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    const unsendable = [...form.elements].find((field) => field.validity?.badInput);
    if (form.dataset.sent || unsendable) event.preventDefault();
    if (unsendable) return unsendable.reportValidity();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
    history.replaceState({ ...history.state, sent: true }, "");
  });
}
// Who goes back to where a form was sent finds it as it is now: what the browser would put there has been sent already.
addEventListener("pageshow", () => {
  if (!history.state?.sent) return;
  history.replaceState({ ...history.state, sent: false }, "");
  for (const form of document.querySelectorAll("form[method=post]")) form.reset();
});
// Who types is not away: the server is told now and then, so that no long form is lost to the end of an idle sign-in.
const AWAKE = 2 * 60 * 1000;
let told = Date.now();
document.addEventListener("input", () => {
  if (Date.now() - told < AWAKE) return;
  told = Date.now();
  fetch("/health/").catch(() => {});
});
// On a narrow screen the present tab, or place in the main menu, is brought into sight along its row.
for (const current of document.querySelectorAll(":is(.tabs, .nav) [aria-current]")) {
  const row = current.closest(".tabs, .nav"), tab = current.getBoundingClientRect(), seen = row.getBoundingClientRect();
  row.scrollBy(tab.x + tab.width / 2 - seen.x - seen.width / 2, 0);
}
// Printing needs a script; without one the button is not shown.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

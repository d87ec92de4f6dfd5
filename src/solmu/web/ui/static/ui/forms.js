/* Shows what follows from an answer at once: the server draws the questions anew, and the page takes them in. Without
   this a button does the same. */
const form = document.getElementById("answers");
const items = () => document.getElementById("items");
let asked = 0;

function hideButtons() {
  for (const button of items().querySelectorAll("[data-follows]")) button.hidden = true;
}

async function draw() {
  const mine = ++asked;
  const typed = new FormData(form);
  typed.set("do", "refresh");
  const answer = await fetch(location.href, { method: "POST", body: typed });
  if (!answer.ok || answer.redirected || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.getElementById("items");
  if (!drawn || mine !== asked) return;
  const focused = document.activeElement?.id;
  items().replaceWith(drawn);
  hideButtons();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

if (form) {
  hideButtons();
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-opens]")) draw();
  });
}

/* Keeps a half-typed form on the server: <form data-draft="/desk/drafts/…">. Saves three seconds after the last
   key, when the page is hidden, and before it is left; says so in the form's [data-draft-state]. */
const PAUSE = 3000;

function watch(form) {
  let timer;
  let changed = false;
  const state = form.querySelector("[data-draft-state]");

  async function save() {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true });
      if (!answer.ok || answer.redirected) throw new Error(); // signed out: nothing was kept
      if (state) state.textContent = await answer.text();
    } catch {
      changed = true;
      if (state) state.textContent = state.dataset.failed;
      timer = setTimeout(save, PAUSE * 3);
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", save);
}

document.querySelectorAll("form[data-draft]").forEach(watch);

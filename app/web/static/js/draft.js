// Keeps an article on the server while it is written, and says who else has it open: <div data-module="draft" data-keep="…">.
// Nothing of it is needed to save; it is the net for a phone that dies. When the network is gone the copy on this device
// (autosave) goes on, and this one follows as soon as there is signal.
const TYPED = 4000;
const ALIVE = 25000;

for (const box of document.querySelectorAll('[data-module~="draft"]')) {
  const form = box.querySelector("form");
  const words = JSON.parse(box.dataset.words);
  const said = (name, text) => {
    const line = box.querySelector(`[data-draft="${name}"]`);
    if (line.textContent !== text) line.textContent = text;
  };
  let keep = box.dataset.keep;
  let fresh = box.dataset.fresh === "yes";
  let changed = false;
  let sending = false;
  let leaving = false;
  let typing;

  async function send(withText) {
    if (sending || leaving || (fresh && !withText)) return;
    const from = new FormData(form);
    const data = new FormData();
    data.set("csrf_token", from.get("csrf_token"));
    if (withText) for (const name of ["title", "subtitle", "body", "version", "unit_id"]) data.set(name, from.get(name) ?? "");
    if (fresh && !String(from.get("title")).trim()) return;
    sending = true;
    if (withText) changed = false;
    try {
      const answer = await fetch(keep, { method: "POST", body: data, credentials: "same-origin" });
      const told = await answer.json();
      if (!answer.ok) throw Object.assign(new Error(told.error), { told: told.error });
      if (told.address && !leaving) {
        fresh = false;
        keep = told.keep;
        form.action = told.save;
        form.elements.version.value = told.version;
        history.replaceState(null, "", told.address);
      }
      if (withText) said("status", told.status || words.kept);
      said("others", told.others);
      if (withText) said("stale", told.stale);
    } catch (error) {
      if (withText) changed = true;
      said("status", error.told ?? words.waiting);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(typing);
    typing = setTimeout(() => send(true), TYPED);
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(typing); });
  addEventListener("online", () => { if (changed) send(true); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && changed) send(true); });
  setInterval(() => { if (document.visibilityState === "visible" || changed) send(changed); }, ALIVE);
  send(false);
}

// Asks anew what stands in the way when a field that matters changes: <form data-module="guards" data-check-url="…">.
// A field matters when it, or something around it, carries data-guard; without any such mark every field does.
// The answer is the same element #guards, made by the server. When none comes, the page says so (data-check-failed), keeps
// the answer it has, and asks again at the next change or when the device is back on the network.
const PATIENCE = 15000;

// The end keeps its distance from the start, as the server keeps it without script.
function moveEnd(form, start, value) {
  const end = form.elements.namedItem("ends_at");
  if (!end?.value || !start.value) return;
  const length = Date.parse(`${end.value}Z`) - Date.parse(`${start.value}Z`);
  const moved = new Date(Date.parse(`${value}Z`) + length);
  if (length > 0 && !Number.isNaN(moved.getTime())) end.value = moved.toISOString().slice(0, 16);
}

for (const form of document.querySelectorAll('form[data-module~="guards"]')) {
  const marked = form.querySelector("[data-guard]") !== null;
  let timer;
  let running;

  function say(place, words) {
    place.querySelector("[data-check-note]")?.remove();
    if (!words) return;
    const note = document.createElement("p");
    note.className = "guards__note";
    note.dataset.checkNote = "";
    note.textContent = words;
    place.prepend(note);
  }

  async function answered(signal) {
    const body = new FormData(form);
    for (const [key, value] of [...body]) if (value instanceof File) body.delete(key);
    const answer = await fetch(form.dataset.checkUrl, { method: "POST", body, signal, credentials: "same-origin" });
    // A page without the element is another page: the one to sign in, or that of a proxy on the way.
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const fresh = page.getElementById("guards");
    if (!fresh) throw new TypeError(`no guards in an answer ${answer.status}`);
    return fresh;
  }

  async function check() {
    running?.abort();
    const mine = running = new AbortController();
    const place = form.querySelector("#guards") ?? document.getElementById("guards");
    if (!place) return;
    place.setAttribute("aria-busy", "true");
    const late = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const fresh = await answered(mine.signal);
      if (mine !== running) return;
      // Only the inside is swapped, so that the live region stays the one that was announced; not under a person's
      // fingers, who is asked for when they have gone.
      if (place.contains(document.activeElement)) place.addEventListener("focusout", () => setTimeout(check), { once: true });
      else place.replaceChildren(...fresh.childNodes);
    } catch (error) {
      if (mine === running) say(place, form.dataset.checkFailed);
    } finally {
      clearTimeout(late);
      if (mine === running) place.removeAttribute("aria-busy");
    }
  }

  const ask = (event) => {
    if (marked && !event.target.closest("[data-guard]")) return;
    if (event.target.closest("#guards")) return;
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  };
  window.addEventListener("online", () => { if (form.querySelector("[data-check-note]")) check(); });
  form.addEventListener("change", ask);
  form.addEventListener("input", ask);

  form.addEventListener("click", (event) => {
    const slot = event.target.closest("[data-fills] button.slot");
    const field = slot && document.getElementById(slot.closest("[data-fills]").dataset.fills);
    if (!field) return;
    event.preventDefault();
    moveEnd(form, field, slot.value);
    field.value = slot.value;
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

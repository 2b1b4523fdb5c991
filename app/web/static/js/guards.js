// Asks anew what stands in the way when a field that matters changes: <form data-module="guards" data-check-url="…">.
// A field matters when it, or something around it, carries data-guard; without any such mark every field does.
// The answer is the same element #guards, made by the server.
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

  async function check() {
    running?.abort();
    running = new AbortController();
    const place = form.querySelector("#guards") ?? document.getElementById("guards");
    if (!place) return;
    place.setAttribute("aria-busy", "true");
    const body = new FormData(form);
    for (const [key, value] of [...body]) if (value instanceof File) body.delete(key);
    try {
      const answer = await fetch(form.dataset.checkUrl, { method: "POST", body, signal: running.signal, credentials: "same-origin" });
      if (!answer.ok || !answer.headers.get("content-type")?.includes("text/html")) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("guards");
      // Only the inside is swapped, so that the live region stays the one that was announced.
      if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  const ask = (event) => {
    if (marked && !event.target.closest("[data-guard]")) return;
    if (event.target.closest("#guards")) return;
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  };
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

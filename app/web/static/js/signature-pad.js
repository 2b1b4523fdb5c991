// A finger-drawn signature as SVG path data in a box of 600 by 200, kept in the hidden field named by data-name.
const LIMIT = 20000; // characters; a long signature takes about 3,000

for (const box of document.querySelectorAll('[data-module~="signature-pad"]')) {
  const area = box.querySelector("svg.signature__area");
  const ink = area.querySelector(".signature__ink");
  const form = box.closest("form");
  let field = form.elements.namedItem(box.dataset.name);
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.name });
    box.append(field);
  }
  let path = field.value || ink.getAttribute("d") || "";
  let drawing = false;
  let last = null;

  const show = () => { ink.setAttribute("d", path); field.value = path; };
  const spot = (event) => {
    const frame = area.getBoundingClientRect();
    const fit = (value, size) => Math.max(0, Math.min(size, Math.round(value)));
    return [fit((event.clientX - frame.left) * 600 / frame.width, 600), fit((event.clientY - frame.top) * 200 / frame.height, 200)];
  };

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    drawing = true;
    area.setPointerCapture(event.pointerId);
    last = spot(event);
    path += `M${last[0]} ${last[1]}h0`;
    show();
    event.preventDefault();
  });
  area.addEventListener("pointermove", (event) => {
    if (!drawing || path.length > LIMIT) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) {
      const now = spot(step);
      if (Math.hypot(now[0] - last[0], now[1] - last[1]) < 2) continue;
      path += `L${now[0]} ${now[1]}`;
      last = now;
    }
    show();
  });
  const lift = () => {
    if (!drawing) return;
    drawing = false;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  area.addEventListener("pointerup", lift);
  area.addEventListener("pointercancel", lift);

  const clear = box.querySelector("[data-clear]");
  clear.hidden = false;
  clear.addEventListener("click", () => { path = ""; show(); });
  show();
}

// Keeps a copy of this ticket on the phone, so that the QR code opens at a door without a network.
const KEPT = "rukun-ticket";
const root = document.querySelector('[data-module~="ticket"]');
const here = location.pathname;
const keepFor = Number(root.dataset.keep) * 1000;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

async function keep() {
  if (!("serviceWorker" in navigator) || keepFor <= 0) return;
  const response = await fetch(`${here}?luring=1`, { cache: "no-store" });
  if (!response.ok || response.redirected) return;
  await navigator.serviceWorker.register(`${here}/pekerja.js`, { scope: here });
  const box = await caches.open(KEPT);
  const headers = new Headers(response.headers);
  headers.set("Rukun-Kept-Until", String(Date.now() + keepFor));
  await box.put(here, new Response(await response.blob(), { headers }));
  const needed = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((tag) => new URL(tag.href || tag.src).pathname);
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname).filter((path) => path.startsWith("/aset/"));
  await Promise.all([...new Set([...needed, ...loaded])].map(async (path) => (await box.match(path)) ?? box.add(path)));
  await navigator.serviceWorker.ready;
  root.dataset.kept = "yes";
}

keep().catch(() => { root.dataset.kept = "no"; });

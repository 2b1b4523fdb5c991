// Shows one ticket when there is no network. The copy was put there by ticket.js with a date; it is never shown later,
// and goes at once when the server says that the ticket is no more (given away, data deleted).
const KEPT = "rukun-ticket";
const here = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept() {
  const box = await caches.open(KEPT);
  const page = await box.match(here);
  if (page && Number(page.headers.get("Rukun-Kept-Until")) > Date.now()) return page;
  if (page) await box.delete(here);
  return null;
}

async function page(request) {
  const slow = new Promise((_, fail) => { setTimeout(fail, 6000, new Error("slow")); });
  try {
    const answer = await Promise.race([fetch(request), slow]);
    if (answer.status === 404 || answer.status === 410) await (await caches.open(KEPT)).delete(here);
    return answer;
  } catch {
    return (await kept()) ?? fetch(request);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === here) event.respondWith(page(request));
  else if (address.pathname.startsWith("/aset/")) {
    event.respondWith(caches.open(KEPT).then(async (box) => (await box.match(request)) ?? fetch(request)));
  }
});

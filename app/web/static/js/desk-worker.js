// Opens one desk's page when there is no network. What it may show was put into the cache by desk.js with a date.
const KEPT = "rukun-desk";
const here = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept() {
  const page = await (await caches.open(KEPT)).match(here);
  return page && Number(page.headers.get("Rukun-Kept-Until")) > Date.now() ? page : null;
}

async function page(request) {
  const slow = new Promise((_, fail) => { setTimeout(fail, 4000, new Error("slow")); });
  try {
    return await Promise.race([fetch(request), slow]);
  } catch {
    return (await kept()) ?? fetch(request);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === here && !address.search) {
    event.respondWith(page(request));
  } else if (address.pathname.startsWith("/aset/")) {
    event.respondWith(caches.open(KEPT).then(async (box) => (await box.match(request)) ?? fetch(request)));
  }
});

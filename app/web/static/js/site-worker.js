// Shows public pages when there is no network, and what the portal sends to phones that follow the news.
// A page is kept only when the server allows it (Rukun-Keep: seconds), which it does for pages that are the same for
// everyone and only until masa tenang. No copy is shown later than that, and each says of which moment it is.
// Pages under /kelola/ are left alone; desks and tickets have workers of their own.
const PAGES = "rukun-halaman";
const PARTS = "rukun-bagian";
const OFFLINE = "/luring";
const SCHEDULE = "/acara/";
const MOST = { [PAGES]: 30, [PARTS]: 60 };
const HOUR = 3_600_000;
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepOfflinePage());
});
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), dropOld()])));

const isFresh = (copy) => {
  const at = Number(copy.headers.get("Rukun-Kept-At"));
  return at <= Date.now() + HOUR && Date.now() < Number(copy.headers.get("Rukun-Kept-Until"));
};

function nameOf(url) {
  const address = new URL(url, location.origin);
  address.searchParams.delete("lang");
  return address.pathname + address.search;
}

async function trim(name) {
  const box = await caches.open(name);
  const keys = await box.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[name])).map((key) => box.delete(key)));
}

async function dropOld() {
  const box = await caches.open(PAGES);
  for (const key of await box.keys()) if (!isFresh(await box.match(key))) await box.delete(key);
}

async function keepParts(html) {
  const box = await caches.open(PARTS);
  const parts = new Set([...html.matchAll(/(?:href|src)="(\/aset\/[^"]+)"/g)].map((found) => found[1]));
  await Promise.all([...parts].map(async (part) => (await box.match(part)) ?? box.add(part)));
  await trim(PARTS);
}

async function keepOfflinePage() {
  const answer = await fetch(OFFLINE);
  if (!answer.ok) return;
  await (await caches.open(PARTS)).put(OFFLINE, answer.clone());
  await keepParts(await answer.text());
}

async function keep(name, answer) {
  const box = await caches.open(PAGES);
  if (answer.status === 404 || answer.status === 410) return void (await box.delete(name));
  const seconds = Number(answer.headers.get("Rukun-Keep"));
  if (!answer.ok || answer.redirected || !(seconds > 0)) return;
  const html = await answer.text();
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  for (const one of ["Content-Security-Policy", "Referrer-Policy"]) {
    if (answer.headers.has(one)) headers[one] = answer.headers.get(one);
  }
  headers["Rukun-Kept-At"] = String(Date.now());
  headers["Rukun-Kept-Until"] = String(Date.now() + seconds * 1000);
  await box.put(name, new Response(html, { headers }));
  await keepParts(html);
  await trim(PAGES);
}

async function fetchAndKeep(name) {
  try { await keep(name, await fetch(name)); } catch { /* no network: what is kept stays */ }
}

async function refreshSchedule() {
  if (navigator.connection?.saveData) return;
  const copy = await (await caches.open(PAGES)).match(SCHEDULE);
  if (copy && Date.now() - Number(copy.headers.get("Rukun-Kept-At")) < HOUR) return;
  await fetchAndKeep(SCHEDULE);
  await keepOfflinePage().catch(() => {});
}

async function kept(name) {
  const box = await caches.open(PAGES);
  const copy = await box.match(name);
  if (!copy) return null;
  if (!isFresh(copy)) {
    await box.delete(name);
    return null;
  }
  const html = await copy.text();
  const note = await noteFor(html, Number(copy.headers.get("Rukun-Kept-At")));
  return new Response(html.replace("<main ", () => `${note}<main `), { headers: copy.headers });
}

// The sentence above a copy stands in the offline page, in both languages.
async function noteFor(html, at) {
  const page = await (await caches.open(PARTS)).match(OFFLINE);
  const language = html.includes('<html lang="en"') ? "en" : "id";
  const note = (await page?.text())?.split(`<template data-kept="${language}">`)[1]?.split("</template>")[0] ?? "{moment}";
  const moment = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  }).format(at);
  return note.replace("{moment}", moment);
}

async function show(event, name) {
  const network = fetch(event.request).then((answer) => {
    event.waitUntil(keep(name, answer.clone()).then(refreshSchedule));
    return answer;
  });
  event.waitUntil(network.catch(() => {}));
  const slow = new Promise((_, fail) => { setTimeout(fail, PATIENCE, new Error("slow")); });
  try {
    return await Promise.race([network, slow]);
  } catch {
    const copy = await kept(name);
    if (copy) return copy;
    try {
      return await network;
    } catch {
      return (await (await caches.open(PARTS)).match(OFFLINE)) ?? Response.error();
    }
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin || address.pathname.startsWith("/kelola")) return;
  if (request.mode === "navigate") event.respondWith(show(event, nameOf(request.url)));
  else if (address.pathname.startsWith("/aset/")) {
    event.respondWith(caches.open(PARTS).then(async (box) => (await box.match(request)) ?? fetch(request)));
  }
});

// A page that was read before this worker stood asks for itself to be kept.
self.addEventListener("message", (event) => {
  const names = (Array.isArray(event.data?.keep) ? event.data.keep : []).filter((name) => /^\/(?!\/|kelola)/.test(name));
  event.waitUntil(Promise.all(names.map(fetchAndKeep)).then(refreshSchedule));
});

// What the portal sends to a phone that follows the news: {title, body, link, leave, stop}.
const isOwn = (address) => Boolean(address) && new URL(address, location.origin).origin === location.origin;

self.addEventListener("push", (event) => {
  const { title, body, link, leave, stop } = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(title || "Rukun", {
    body, tag: link, lang: "id", data: { link, leave }, actions: leave ? [{ action: "stop", title: stop }] : [],
  }));
});

async function endSubscription(leave) {
  await fetch(leave, { method: "POST" });
  await (await self.registration.pushManager.getSubscription())?.unsubscribe();
}

self.addEventListener("notificationclick", (event) => {
  const { link, leave } = event.notification.data ?? {};
  event.notification.close();
  if (event.action === "stop") {
    if (isOwn(leave)) event.waitUntil(endSubscription(leave));
  } else if (isOwn(link)) event.waitUntil(self.clients.openWindow(link));
});

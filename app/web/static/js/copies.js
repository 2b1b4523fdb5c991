// From the second page on the phone keeps what is read, for when there is no network. A single visit costs nothing.
const KEY = "rukun-dibaca";

async function begin() {
  const before = localStorage.getItem(KEY);
  localStorage.setItem(KEY, location.pathname);
  if (!before || !("serviceWorker" in navigator) || navigator.serviceWorker.controller) return;
  await navigator.serviceWorker.register("/pekerja.js");
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: [...new Set([before, location.pathname])] });
}

begin().catch(() => { /* a browser that keeps nothing reads as before */ });

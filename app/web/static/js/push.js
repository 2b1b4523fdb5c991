// News on this device: asks the browser for leave, then tells the portal where to send it. The page itself speaks to
// nobody but the portal. Where it cannot work the page says why; e-mail stands beside it.
const ADDRESS = "rukun-langganan";
const root = document.querySelector('[data-module~="push"]');
const button = root.querySelector("button");
const status = root.querySelector('[data-push="status"]');
const own = root.querySelector('[data-push="own"]');
const form = button.form;

function say(name) {
  status.textContent = root.dataset[name];
}

function hindrance() {
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "";
}

async function subscribe() {
  await navigator.serviceWorker.register("/pekerja.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const wish = { userVisibleOnly: true, applicationServerKey: root.dataset.key };
  try {
    return await pushManager.subscribe(wish);
  } catch (problem) {
    const old = await pushManager.getSubscription(); // made with a key the portal no longer has
    if (!old) throw problem;
    await old.unsubscribe();
    return pushManager.subscribe(wish);
  }
}

async function follow() {
  button.disabled = true;
  say("busy");
  try {
    if (await Notification.requestPermission() !== "granted") return say("denied");
    const { endpoint, keys } = (await subscribe()).toJSON();
    const sent = new URLSearchParams(new FormData(form));
    sent.delete("email");
    for (const [name, value] of Object.entries({ endpoint, ...keys })) sent.set(name, value);
    const answer = await fetch(root.dataset.url, { method: "POST", body: sent });
    if (!answer.ok) throw new Error(String(answer.status));
    const { address } = await answer.json();
    try { localStorage.setItem(ADDRESS, address); } catch { /* then the notices themselves hold the way back */ }
    location.assign(address);
  } catch {
    say("failed");
  } finally {
    button.disabled = false;
  }
}

const why = hindrance();
say(why || "ready");
button.hidden = Boolean(why);
button.addEventListener("click", follow);
try {
  const address = localStorage.getItem(ADDRESS);
  if (address?.startsWith("/langganan/")) {
    own.querySelector("a").href = address;
    own.hidden = false;
  }
} catch { /* nothing is kept here */ }

// Lists the pages this phone has kept, with the moment each is of, and forgets them all at a tap.
const PAGES = "rukun-halaman";
const root = document.querySelector('[data-module~="kept-pages"]');
const list = root.querySelector("ul");
const moment = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID", {
  weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});

async function show() {
  const box = await caches.open(PAGES);
  const lines = [];
  for (const key of (await box.keys()).reverse()) {
    const copy = await box.match(key);
    if (Number(copy.headers.get("Rukun-Kept-Until")) <= Date.now()) {
      await box.delete(key);
      continue;
    }
    const page = new DOMParser().parseFromString(await copy.text(), "text/html");
    const { pathname, search } = new URL(key.url);
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = pathname + search;
    link.textContent = page.title.split(" · ")[0];
    const since = document.createElement("span");
    since.className = "quiet small";
    since.textContent = ` ${root.dataset.since.replace("{moment}", moment.format(Number(copy.headers.get("Rukun-Kept-At"))))}`;
    line.append(link, since);
    lines.push(line);
  }
  list.replaceChildren(...lines);
  root.hidden = lines.length === 0;
}

root.querySelector("button").addEventListener("click", async () => {
  await caches.delete(PAGES);
  await show();
});
if ("caches" in globalThis) show();

// The code of the venue changes every minute: an image with data-module="venue-code" is asked for again and again.
for (const image of document.querySelectorAll('[data-module~="venue-code"]')) {
  const address = image.getAttribute("src");
  setInterval(() => { image.src = `${address}?t=${Date.now()}`; }, Number(image.dataset.every ?? 20) * 1000);
}

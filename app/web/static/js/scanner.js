// Reads QR codes with the camera: the browser's own detector where there is one, else the decoder that is shipped.
// What is read is put into the field named by data-fills and announced as the event "scanned" (detail: the text);
// with data-submit its form is sent unless someone prevents the event.
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function ownDetector() {
  try {
    if ((await window.BarcodeDetector?.getSupportedFormats())?.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video))[0]?.rawValue;
    }
  } catch { /* some builds have the name but not the service */ }
  return null;
}

async function shippedDecoder(address) {
  if (!window.jsQR) {
    await new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, 640 / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height)?.data;
  };
}

for (const box of document.querySelectorAll('[data-module~="scanner"]')) {
  const video = box.querySelector("video");
  const answer = box.querySelector("[role=status]");
  const start = box.querySelector("[data-start]");
  const stop = box.querySelector("[data-stop]");
  const words = box.dataset;
  let stream = null;
  let awake = null;
  let lastText = "";
  let lastAt = 0;

  const off = () => {
    stream?.getTracks().forEach((track) => track.stop());
    awake?.release();
    stream = awake = null;
    video.hidden = true;
    stop.hidden = true;
    start.hidden = false;
  };

  function found(text) {
    // The same code counts once, until it was away from the camera for three seconds.
    const still = text === lastText && performance.now() - lastAt < 3000;
    lastText = text;
    lastAt = performance.now();
    if (still) return;
    navigator.vibrate?.(60);
    const field = document.getElementById(words.fills);
    if (field) field.value = text;
    const goOn = box.dispatchEvent(new CustomEvent("scanned", { bubbles: true, cancelable: true, detail: text }));
    if (!goOn) return;
    answer.textContent = text;
    if ("submit" in words && field?.form) {
      off();
      field.form.requestSubmit();
    }
  }

  async function on() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch (error) {
      answer.textContent = error.name === "NotAllowedError" ? words.denied : words.missing;
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    start.hidden = true;
    stop.hidden = false;
    answer.textContent = words.looking;
    await video.play();
    awake = await navigator.wakeLock?.request("screen").catch(() => null);
    const read = (await ownDetector()) ?? (await shippedDecoder(words.decoder).catch(() => null));
    if (!read) {
      off();
      answer.textContent = words.undecoded;
      return;
    }
    while (stream) {
      if (video.readyState >= 2 && video.videoWidth) {
        const text = await read(video).catch(() => undefined);
        if (text) found(text);
      }
      await wait(150);
    }
  }

  if (!window.isSecureContext || !navigator.mediaDevices) {
    answer.textContent = words.insecure;
    continue;
  }
  start.hidden = false;
  start.addEventListener("click", on);
  stop.addEventListener("click", off);
  addEventListener("pagehide", off);
}

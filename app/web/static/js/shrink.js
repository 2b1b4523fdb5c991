// Makes photos smaller before they leave the phone: every file field in a form that carries data-shrink, and `shrunk`
// for other modules. What the browser cannot read (HEIC in most of them) travels as it is; the server reads it.
const LONGEST = 2000;
const QUALITY = 0.850;

export async function shrunk(file) {
  if (!file.type.startsWith("image/") || file.size < 400000) return file;
  let picture;
  try { picture = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return file; }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

const size = (bytes) => `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

for (const form of document.querySelectorAll("form[data-shrink]")) {
  for (const field of form.querySelectorAll('input[type="file"]')) {
    const note = document.createElement("p");
    note.className = "field__hint";
    note.setAttribute("role", "status");
    field.after(note);
    field.addEventListener("change", async () => {
      const [file] = field.files;
      note.textContent = "";
      if (!file) return;
      const small = await shrunk(file);
      if (small === file || field.files[0] !== file) return;
      const carrier = new DataTransfer();
      carrier.items.add(small);
      field.files = carrier.files;
      note.textContent = form.dataset.shrink.replace("{before}", size(file.size)).replace("{after}", size(small.size));
    });
  }
}

// A picture to send: a sample, or one of one's own made small enough for a message.
import { act } from "./api.js";
import { button, h, toast } from "./dom.js";
import { SCENES, photograph, thumbnail } from "./scenes.js";
import { closeSheet, openSheet } from "./sheet.js";
import { world } from "./world.js";

const LONGEST_PX = 960;
const QUALITY = 0.8;

export function openPicture(send = (body) => act(world.chosen, "picture", body)) {
  const go = (body) => {
    closeSheet();
    Promise.resolve(send(body)).catch((error) => toast(error.message));
  };
  const file = h("input", { type: "file", accept: "image/*", id: "own-picture", class: "unseen" });
  file.addEventListener("change", () => small(file.files[0]).then((data) => go({ data }), () => toast("这张图片打不开，换一张试试。")));
  openSheet("发图片", [
    h("div", { class: "thumbs" }, Object.keys(SCENES).map((name) => button([thumbnail(name), name], () => go({ data: photograph(name) })))),
    h("label", { class: "wide", for: "own-picture" }, "从这台设备里选一张"), file,
    h("p", { class: "note" }, "图片只留在这台电脑的沙盒里。"),
  ]);
}

// base64 of a JPEG whose longer side is at most LONGEST_PX
async function small(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}

// The door, the camera: pictures go to a worker, which reads codes under a policy of its own.
"use strict";
const A_PICTURE = 66, WIDEST = 640;
const camera = { stream: null, worker: null, busy: false, since: 0, frames: 0, ms: 0 };
const picture = document.createElement("canvas"), pen = picture.getContext("2d", { willReadFrequently: true });

async function startCamera() {
  audio ??= new AudioContext();
  audio.resume();
  try {
    camera.stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    const words = error.name === "NotAllowedError" ? "Máy ảnh bị chặn: cho phép trong cài đặt của trình duyệt" : "Không mở được máy ảnh";
    return notice(`${words}; hoặc gõ mã, họ tên.`, "camera");
  }
  $("video").srcObject = camera.stream;
  await $("video").play();
  notice("", "camera");
  paint();
  stayAwake();
  if (!camera.worker) startWorker();
  look();
}
// A screen that was hidden meanwhile sleeps again unless it is asked anew.
const stayAwake = () => navigator.wakeLock?.request("screen").catch(() => {});
function stopCamera() {
  camera.stream?.getTracks().forEach((track) => track.stop());
  camera.stream = null;
  paint();
}
function startWorker() {
  camera.worker = new Worker(ADDRESS.reader);
  camera.worker.onmessage = ({ data }) => {
    camera.busy = false;
    if (data.error) return notice("Máy này không đọc được mã bằng máy ảnh; hãy gõ mã hoặc họ tên.", "camera");
    camera.ms = data.ms;
    camera.frames++;
    if (data.text) seen(data.text);
  };
  camera.worker.onerror = () => { camera.busy = false; notice("Bộ đọc mã không mở được; hãy gõ mã hoặc họ tên.", "camera"); };
}
function look() {
  const video = $("video");
  if (!camera.stream?.active) return;
  // At most 15 pictures a second, one in the worker at a time: a warm phone is a slow phone.
  if (!camera.busy && video.videoWidth && performance.now() - camera.since > A_PICTURE && !document.hidden) {
    camera.busy = true;
    camera.since = performance.now();
    // What is inside the frame and a little around it.
    const side = Math.min(video.videoWidth, video.videoHeight), to = Math.min(side, WIDEST);
    picture.width = picture.height = to;
    pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, to, to);
    const data = pen.getImageData(0, 0, to, to);
    camera.worker.postMessage(data, [data.data.buffer]);
  }
  if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(look); else requestAnimationFrame(look);
}

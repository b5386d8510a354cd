{% load static %}// Reads codes out of pictures. It is in the folder of the service worker, or it would not be there without a line.
importScripts("{% static 'vendor/zxing/reader.js' %}");
ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => "{% static 'vendor/zxing/zxing_reader.wasm' %}" } });
let own = null;
try { own = new BarcodeDetector({ formats: ["qr_code"] }); } catch { /* most phones and all of Firefox have none, or one that reads no such code */ }
const options = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
let broken = false;
onmessage = async ({ data: picture }) => {
  const began = performance.now();
  let text = "";
  try {
    if (broken) text = (await own.detect(picture))[0]?.rawValue ?? "";
    else text = (await ZXingWASM.readBarcodes(picture, options))[0]?.text ?? "";
  } catch (error) {
    // A phone that compiles no WebAssembly has a reader of its own, perhaps; else the code is typed.
    if (broken || !own) return postMessage({ error: String(error) });
    broken = true;
  }
  postMessage({ text, ms: performance.now() - began });
};

// Who is there, live: every five seconds the page asks whether anything changed, as long as it is looked at.
document.addEventListener("DOMContentLoaded", () => {
  const part = document.querySelector("[data-now]");
  const isHeld = () => part.contains(document.activeElement);
  const ask = async () => {
    if (document.hidden || isHeld()) return;
    const answer = await fetch(part.dataset.now, { headers: { "If-None-Match": part.dataset.tag }, cache: "no-store", redirect: "error" });
    if (answer.status !== 200) return;
    const found = await answer.text();
    // Who pressed a row meanwhile, or walked to it by keys, is left at it.
    if (isHeld()) return;
    part.innerHTML = found;
    part.dataset.tag = answer.headers.get("ETag");
  };
  setInterval(() => ask().catch(() => {}), 5000);
  document.addEventListener("visibilitychange", () => ask().catch(() => {}));
});

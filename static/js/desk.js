// Every page of the desk: dates with a calendar, long choices with a search box, words for requests that failed.

// The calendar has a field of its own: what is typed stays as it was typed, a day that does not exist too.
function addCalendar(input) {
  const helper = document.createElement("input");
  helper.className = "visually-hidden";
  helper.tabIndex = -1;
  helper.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "calendar-button";
  button.setAttribute("aria-label", "Chọn ngày trên lịch");
  input.after(button, helper);
  input.parentElement.classList.add("with-calendar");
  const calendar = flatpickr(helper, {
    dateFormat: "d/m/Y",
    locale: "vn",
    disableMobile: true,
    positionElement: input,
    onChange: (dates, text) => {
      input.value = text;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  button.addEventListener("click", () => {
    if (/^\d{1,2}\/\d{1,2}\/\d{4}$/.test(input.value)) calendar.setDate(input.value, false);
    calendar.open();
  });
}

function dress(root) {
  root.querySelectorAll("input[data-date]").forEach((input) => {
    if (!input.parentElement.classList.contains("with-calendar")) addCalendar(input);
  });
  root.querySelectorAll("select[data-search]").forEach((select) => {
    if (select.tomselect) return;
    // Who types and presses Enter at once chooses what was typed, not what stood first a moment before.
    new TomSelect(select, { maxOptions: 400, refreshThrottle: 0, render: { no_results: () => '<div class="no-results">Không tìm thấy</div>' } });
    // Its label now names the box that is seen; the list behind it is out of everybody's way.
    select.setAttribute("aria-hidden", "true");
  });
}

// Something is made seen, wherever it hides: behind a tab, in something folded.
function uncover(part) {
  const pane = part.closest(".tab-pane");
  if (pane && !pane.classList.contains("active")) document.querySelector(`[data-bs-target="#${pane.id}"]`)?.click();
  for (let box = part.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

// To a field, wherever it hides, behind a list with a search box too.
function goTo(field) {
  uncover(field);
  (field.tomselect ? field.tomselect.control : field).scrollIntoView({ block: "center" });
  if (field.tomselect) field.tomselect.focus(); else field.focus({ preventScroll: true });
}

// Ctrl+S saves: the form in which one types, else the form that the bar at the foot saves.
function save(event) {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const typed = document.activeElement?.form;
  const buttons = [...document.querySelectorAll("main button[type=submit]")].filter((button) => button.form?.method === "post");
  const own = buttons.filter((button) => button.form === typed);
  const bar = buttons.filter((button) => button.closest(".save-bar"));
  const from = own.length ? own : bar;
  const button = from.find((one) => "save" in one.dataset) || from.find((one) => one.classList.contains("btn-primary")) || from[0];
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.click();
}

// What redraws itself between a press and its release swallows the click: what is pressed is let go first. Milliseconds until the
// click has come, which on a touched screen follows the finger.
const CLICK = 100;
let pressed = null;
document.addEventListener("pointerdown", () => {
  const ended = new AbortController(), press = new Promise((done) => {
    const end = () => {
      ended.abort();
      setTimeout(() => {
        if (pressed === press) pressed = null;
        done();
      }, CLICK);
    };
    const heard = { capture: true, signal: ended.signal };
    // Also where the release is never heard: what is pressed begins to be dragged, another window comes to the front, or the list
    // of a choice, which a browser draws outside the page, takes it; then the mouse is next seen with nothing pressed.
    for (const name of ["pointerup", "pointercancel", "blur"]) window.addEventListener(name, end, heard);
    window.addEventListener("pointermove", (event) => { if (!event.buttons) end(); }, heard);
  });
  pressed = press;
}, true);
async function letGo() {
  while (pressed) await pressed;
}

const csrfToken = () => (document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/) || [])[1];

function tell(words) {
  let box = document.getElementById("request-failed");
  if (!box) {
    box = document.createElement("div");
    box.id = "request-failed";
    box.className = "alert alert-danger request-failed";
    box.setAttribute("role", "alert");
    document.body.append(box);
  }
  box.textContent = words;
}

document.addEventListener("DOMContentLoaded", () => {
  dress(document);
  document.querySelector("[data-faults]")?.focus();
  document.addEventListener("keydown", save);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-faults] a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    goTo(field);
  });
  // A list is filtered as soon as a choice is made; the button stays for those without scripts.
  document.querySelectorAll("form[data-filter]").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[data-date]")) form.requestSubmit();
    });
  });
  // What a row of a list cuts short is read in full by pointing at it.
  document.addEventListener("mouseover", (event) => {
    const cell = event.target.closest(".one-line td, .matrix tbody th");
    if (cell && cell.scrollWidth > cell.clientWidth && !cell.title) cell.title = cell.innerText.trim();
  });
  // Someone who logged in again in another tab has a new token; and nothing is sent twice by a second click.
  document.addEventListener("submit", (event) => {
    const token = csrfToken(), field = event.target.querySelector("[name=csrfmiddlewaretoken]");
    if (token && field) field.value = token;
    const button = event.submitter;
    if (button && event.target.method === "post") setTimeout(() => { button.disabled = true; button.dataset.sent = ""; });
  });
});

// Who comes back to a form by the browser's button may send it again: what was sent before is done, this is another one.
const anotherToken = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const letSendAgain = () => document.querySelectorAll("button[data-sent]").forEach((button) => { button.disabled = false; });
// Stopped by Esc, or answered with nothing: the page stays.
window.navigation?.addEventListener("navigateerror", letSendAgain);
window.addEventListener("pageshow", (event) => {
  letSendAgain();
  const [way] = performance.getEntriesByType("navigation");
  if (event.persisted || way?.type === "back_forward")
    document.querySelectorAll("input[name=once]").forEach((field) => { field.value = anotherToken(); });
});
document.addEventListener("htmx:configRequest", (event) => {
  if (csrfToken()) event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.getElementById("request-failed")?.remove();
});
document.addEventListener("htmx:responseError", (event) => {
  const ended = [401, 403].includes(event.detail.xhr.status);
  tell(ended
    ? "Phiên làm việc đã hết. Mở một thẻ khác, đăng nhập lại, rồi tiếp tục ở đây: chữ đã gõ vẫn còn."
    : "Máy chủ không vẽ được trang vừa rồi. Chữ đã gõ vẫn còn; hãy thử lại sau ít phút.");
});
document.addEventListener("htmx:sendError", () => tell("Mất kết nối với máy chủ. Chữ đã gõ vẫn còn; hãy kiểm tra mạng."));
document.addEventListener("htmx:afterSwap", (event) => dress(event.target));
// What is asked for by itself, progress or what a search found; what a press asked for comes after its release anyway.
document.addEventListener("htmx:beforeSwap", async (event) => {
  const { detail } = event, { target, serverResponse, requestConfig } = detail;
  if (!pressed || !detail.shouldSwap || requestConfig.verb !== "get") return;
  detail.shouldSwap = false;
  await letGo();
  if (target.isConnected) htmx.swap(target, serverResponse, { swapStyle: requestConfig.elt.getAttribute("hx-swap") || "innerHTML" });
});

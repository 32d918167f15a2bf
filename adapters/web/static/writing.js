// The preview renews itself while somebody writes. Without this file, the Preview button does it.

const form = document.getElementById("writing");
const previews = document.getElementById("previews");
const status = document.getElementById("status");

/** How long somebody must pause before the preview is renewed, and how long it waits if that was too often. */
const PAUSE_MS = 700;
const REST_MS = 4000;

let waiting;
let running = new AbortController();

function renewIn(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(renew, pause);
}

/** Tells something once: a screen reader says only what changes. */
function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

/** Fetches the preview of what is written now; an older one that is still on its way isn't wanted any more. */
async function renew() {
  running.abort();
  const { signal } = (running = new AbortController());
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "preview");
  try {
    const response = await fetch(form.action, { method: "POST", body, signal, headers: { "Quizbot-Fragment": "1" } });
    const text = await response.text();
    if (response.status === 429) renewIn(REST_MS);
    if (!response.ok) return tell(response.status === 429 ? "" : text);
    show(text);
  } catch {
    if (!signal.aborted) tell(form.dataset.lost);
  }
}

/** Shows a new preview; while something is missing in what is written, the last one stays, paler. */
function show(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.querySelector(".previews");
  tell(template.content.firstElementChild.dataset.said);
  if (fresh) {
    previews.replaceChildren(fresh);
    forgiveAll();
  }
  previews.firstElementChild.classList.toggle("stale", !fresh);
}

/** Takes back what was wrong in the fields, once nothing is any more. */
function forgiveAll() {
  form.querySelectorAll(".problem").forEach((problem) => problem.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
}

/** What a browser has filled in again, after a way back or a reload, isn't in the page that came. */
function isRefilled() {
  return [...form.elements].some((field) => "defaultValue" in field && field.value !== field.defaultValue);
}

form.addEventListener("input", () => renewIn(PAUSE_MS));
window.addEventListener("pageshow", () => { if (isRefilled()) renewIn(0); });

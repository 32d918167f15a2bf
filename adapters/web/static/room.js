// The room comes alive: messages arrive by themselves, forms don't load the page again, times are the reader's own.
// Everything works without this file, only less smoothly.

const room = document.getElementById("room");
const log = document.getElementById("log");
const status = document.getElementById("status");
const { title } = document;
const spoken = document.getElementById("spoken");
const pinned = document.getElementById("pinned");
const composer = document.getElementById("latest");

/** Says "today" or "tomorrow" in the page's language; empty for any other day. */
function nearDay(at) {
  const days = Math.round((new Date(at).setHours(12, 0, 0, 0) - new Date().setHours(12, 0, 0, 0)) / 86_400_000);
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  return days === 0 || days === 1 ? words.format(days, "day") : "";
}

/** Shows every time in the reader's own zone and manner. */
function localise(root) {
  const today = new Date().toDateString();
  for (const element of root.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    const day = element.dataset.style === "near" ? nearDay(at) : "";
    const withDate = !day && (element.dataset.style !== "time" || at.toDateString() !== today);
    const format = { hour: "2-digit", minute: "2-digit", ...(withDate && { day: "numeric", month: "short" }) };
    element.textContent = [day, at.toLocaleString([], format)].filter(Boolean).join(", ");
    element.title = at.toLocaleString([], { dateStyle: "full", timeStyle: "long" });
  }
}

/** What a menu shows until somebody picks something else. */
function defaultOf(menu) {
  return (menu.querySelector("option[selected]") ?? menu.options[0])?.value;
}

/**
 * Makes `old` like `fresh` and touches only what differs: focus stays, and a screen reader says only what is new.
 * What somebody has typed or picked and not sent yet stays.
 */
function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.hasAttribute("data-kept")) return; // a script fills it
  if (old.hasAttribute("checked") !== fresh.hasAttribute("checked")) old.checked = fresh.hasAttribute("checked");
  if ("defaultValue" in old && old.value === old.defaultValue) old.value = fresh.defaultValue;
  const untouched = old.nodeName === "SELECT" && old.value === defaultOf(old);
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    if (old.getAttribute(name) === fresh.getAttribute(name) || name === "open") continue; // whoever opened it, reads it
    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
    else old.removeAttribute(name);
  }
  const before = [...old.childNodes];
  [...fresh.childNodes].forEach((child, n) => (before[n] ? morph(before[n], child) : old.append(child)));
  before.slice(fresh.childNodes.length).forEach((child) => child.remove());
  if (untouched) old.value = defaultOf(old);
}

/** Says something to people who listen to the page, without moving anything. */
function speak(text) {
  const line = document.createElement("p");
  line.textContent = text;
  spoken.append(line);
  while (spoken.children.length > 3) spoken.firstChild.remove();
}

/** A part's visible text, without the signs that are hidden from screen readers. */
function heard(part) {
  const signs = [...part.querySelectorAll('[aria-hidden="true"]')];
  return signs.reduce((text, sign) => text.replace(sign.innerText, ""), part.innerText).trim();
}

/** What a message tells its reader alone: a receipt, a verdict, a refusal, the back of a card. */
function told(message) {
  return [...message.querySelectorAll(".result, .problem, .back .stem")].map(heard).filter(Boolean).join("\n");
}

/**
 * Brings a message that is there up to date. When its verdict comes, the choice that was picked stays where it was on
 * the screen, and takes the focus that its button or the form had.
 */
function renew(old, fresh) {
  const before = told(old);
  const held = old.contains(document.activeElement) ? document.activeElement.id : "";
  const picked = !old.querySelector(".verdict") && fresh.querySelector(".verdict .picked")?.id;
  const was = picked && document.getElementById(picked)?.getBoundingClientRect().top;
  morph(old, fresh);
  const row = picked && document.getElementById(picked);
  if (row) {
    window.scrollBy({ top: row.getBoundingClientRect().top - was });
    row.scrollIntoView({ block: "nearest" });
  }
  if (held && !old.contains(document.activeElement)) {
    (document.getElementById(held) ?? row ?? old.querySelector(".result"))?.focus({ preventScroll: true });
  }
  const now = told(old);
  if (now && now !== before) speak(now);
}

/** What one asks for oneself is followed; what others bring must not pull the page away. */
let followUntil = 0;

/** Whether the reader went to the end and hasn't gone up since: pictures that load later must not push it away. */
let staysAtEnd = false;
let lastY = window.scrollY;

function atEnd() {
  return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 120;
}

function toEnd() {
  staysAtEnd = true;
  window.scrollTo({ top: document.documentElement.scrollHeight });
  document.getElementById("more")?.remove();
}

/** Offers the way down to a reader who is looking at something above. */
function offerEnd() {
  if (document.getElementById("more")) return;
  const more = document.createElement("button");
  Object.assign(more, { id: "more", className: "more", type: "button", textContent: room.dataset.more });
  more.addEventListener("click", toEnd);
  composer.prepend(more);
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  localise(template.content);
  return [...template.content.children];
}

/** Folds up earlier private replies, except one that somebody is in. */
function foldOthers(newest) {
  for (const fold of log.querySelectorAll(".fold[open]")) {
    if (!newest.contains(fold) && !fold.contains(document.activeElement)) fold.open = false;
  }
}

/** Takes a message away, and leaves the focus beside where it was. */
function dismiss(message) {
  const beside = message.nextElementSibling ?? message.previousElementSibling;
  message.remove();
  if (!beside) return;
  beside.tabIndex = -1;
  beside.focus({ preventScroll: true });
}

/** Keeps the ways to the questions: the line about the question of the day, while that is open, and the skip link. */
function pin() {
  const open = [...log.querySelectorAll("[data-pin]")].at(-1);
  const asked = [...log.querySelectorAll(".message:has([action^='/rounds/'])")].at(-1);
  if (asked) document.getElementById("to-newest").setAttribute("href", `#${asked.id}`);
  pinned.hidden = !open;
  if (!open) return;
  pinned.setAttribute("href", `#${open.id}`);
  pinned.querySelector(".what").textContent = open.dataset.pin;
  pinned.querySelector(".state").textContent = pinned.dataset[open.querySelector(".receipt") ? "told" : "open"];
}

/** Shows orders as lists. Few conversations have one, so the script for it is loaded only then. */
async function arrangeOrders() {
  if (!log.querySelector(".ranking")) return;
  const ordering = await import(room.dataset.ordering).catch(() => null); // without it, there are menus and fields
  ordering?.arrangeAll();
}

/** Puts messages where they belong, or brings those that are there up to date. */
async function show(messages) {
  const follow = atEnd() || performance.now() < followUntil;
  let added = false;
  for (const message of messages) {
    const old = document.getElementById(message.id);
    if (old) {
      if (Number(message.dataset.version) >= Number(old.dataset.version)) renew(old, message);
      continue;
    }
    const order = BigInt(message.dataset.order);
    const next = [...log.children].find((other) => BigInt(other.dataset.order) > order);
    message.classList.add("new");
    log.insertBefore(message, next ?? null);
    speak(message.querySelector(".card").innerText);
    if (message.querySelector(".fold")) foldOthers(message);
    added = true;
    if (document.hidden && message.querySelector("[action^='/rounds/']")) tellOf(message);
  }
  pin();
  if (log.children.length) document.getElementById("empty")?.remove();
  await arrangeOrders();
  if (added && follow) toEnd();
  else if (added) offerEnd();
}

/** Tells somebody who looks at something else of a new question: in the tab's title and, if they like, by a notification. */
function tellOf(question) {
  document.title = `● ${room.dataset.new} · ${title}`;
  if (localStorage.getItem("notify") === "yes" && window.Notification?.permission === "granted") {
    const words = question.dataset.pin ?? question.querySelector(".stem").innerText.slice(0, 120);
    const note = new Notification(room.dataset.new, { body: words, tag: question.id });
    note.addEventListener("click", () => { window.focus(); location.hash = question.id; });
  }
}

/** Offers notifications where there are any, and remembers the answer in this browser. */
function offerNotifications() {
  const button = document.getElementById("notify");
  if (!window.Notification || Notification.permission === "denied") return;
  const wanted = () => localStorage.getItem("notify") === "yes" && Notification.permission === "granted";
  button.hidden = false;
  button.setAttribute("aria-pressed", wanted());
  button.addEventListener("click", async () => {
    const yes = !wanted() && (await Notification.requestPermission()) === "granted";
    localStorage.setItem("notify", yes ? "yes" : "no");
    button.setAttribute("aria-pressed", wanted());
  });
}

async function fetchAll() {
  const before = [...log.children];
  const response = await fetch("/transcript", { headers: { "Quizbot-Fragment": "1" }, signal: AbortSignal.timeout(10_000) });
  if (response.status === 401) location.reload();
  if (!response.ok) return;
  const messages = parse(await response.text());
  since = response.headers.get("Quizbot-Since");
  const current = new Set(messages.map((message) => message.id));
  for (const old of before) if (!current.has(old.id)) old.remove();
  await show(messages);
}

/** Sends a form in the background and shows what came of it. */
async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  let response;
  try {
    response = await fetch(form.action, { method: "POST", body, headers: { "Quizbot-Fragment": "1" } });
  } catch {
    status.textContent = room.dataset.lost;
    return;
  }
  if (response.status === 401) location.reload();
  const text = await response.text();
  status.textContent = response.ok ? "" : text;
  if (!response.ok) return;
  const page = response.headers.get("Quizbot-Page");
  if (page) return location.assign(page);
  if (form.action.endsWith("/say")) followUntil = performance.now() + 3000;
  if ("dismisses" in form.dataset) return dismiss(form.closest(".message"));
  if ("clears" in form.dataset) form.reset();
  const sent = body.getAll("typed");
  form.querySelectorAll("[name=typed]").forEach((field, n) => { if (field.value === sent[n]) field.defaultValue = sent[n]; });
  await show(parse(text));
  const refused = form.querySelector(".problem:not(:empty)") && form;
  const outcome = form.action.endsWith("/back") ? ".back" : ".receipt:not(.verdict)";
  (refused ?? form.closest(".message")?.querySelector(outcome))?.scrollIntoView({ block: "nearest" });
}

/** Enter goes on to the next of several fields, and sends the form from the last one. */
function goOn(event) {
  if (event.key !== "Enter" || event.isComposing || event.target.name !== "typed") return;
  const { form } = event.target;
  const fields = [...form.querySelectorAll("[name=typed]")];
  if (fields.length < 2) return;
  event.preventDefault();
  const next = fields[fields.indexOf(event.target) + 1];
  if (next) next.focus();
  else form.requestSubmit(form.querySelector(".main"));
}

const news = {
  missed: fetchAll,
  changed: ({ html }) => show(parse(html)),
  counted: ({ id, text }) => {
    const count = document.getElementById(`${id}-count`);
    if (count) count.textContent = text;
  },
};

/** Takes news one after another: what arrives while everything is fetched is newer, and comes after it. */
let turn = Promise.resolve();

function take(name, data) {
  turn = turn.then(() => news[name](data)).catch(() => {
    if (name === "missed") setTimeout(listen, 3000); // a new connection begins with it again
  });
}

// Browsers allow few connections to a site, however many tabs there are. So tabs that newer ones have sent to rest don't
// listen until they are looked at again: they hear from those that do.
const tabs = new BroadcastChannel("quizbot");
let events = null;
let since = room?.dataset.since;

function rest() {
  events?.close();
  events = null;
}

/** Listens for news; `again`: the previous connection was closed. */
function listen(again = false) {
  rest();
  events = new EventSource(`/events?since=${since}`);
  events.addEventListener("open", () => {
    again = false;
    status.textContent = "";
  });
  for (const name of Object.keys(news)) {
    events.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      take(name, data);
      if (name !== "missed") tabs.postMessage([name, data]);
    });
  }
  events.addEventListener("rest", rest);
  events.addEventListener("error", () => {
    const closed = events?.readyState === EventSource.CLOSED;
    // Firefox closes the connection when a link is followed. Only if the next one closes, too, the room can't be reached.
    if (again || !closed) status.textContent = room.dataset.offline;
    if (closed) setTimeout(() => fetchAll().catch(() => {}).finally(() => listen(true)), 3000);
  });
}

localise(document);

if (room) {
  document.addEventListener("submit", (event) => {
    if (!("live" in event.target.dataset)) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  document.addEventListener("keydown", goOn);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (!events) listen();
  });
  window.addEventListener("scroll", () => {
    if (window.scrollY < lastY) staysAtEnd = atEnd();
    lastY = window.scrollY;
  }, { passive: true });
  log.addEventListener("load", () => { if (staysAtEnd) toEnd(); }, { capture: true });
  window.addEventListener("focus", () => { if (!events) listen(); });
  window.addEventListener("pagehide", rest);
  tabs.addEventListener("message", ({ data: [name, data] }) => { if (!events) take(name, data); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
  offerNotifications();
  await arrangeOrders();
  if (!location.hash) toEnd();
}

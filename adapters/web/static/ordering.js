// The items of an order stand as a list to rearrange: by dragging an item at its letter, or with its two buttons.
// The list fills in the menus or the field that people use without this file, and those are what is sent.
// Buttons, shortcuts, focus and announcements follow the ARIA Authoring Practices, "Listboxes with Rearrangeable Options":
// https://www.w3.org/WAI/ARIA/apg/patterns/listbox/examples/listbox-rearrangeable/

const log = document.getElementById("log");
const moved = document.getElementById("moved");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** How near a dragged item comes to an edge before the page scrolls, and how far it scrolls each time, in pixels. */
const EDGE = 24;
const STEP = 8;

function letterOf(item) {
  return item.querySelector(".letter").textContent;
}

function wordsOf(item) {
  const text = item.querySelector(".text").textContent.trim().replace(/\s+/g, " ");
  return text || item.querySelector("img").alt;
}

function positionOf(item) {
  return [...item.parentElement.children].indexOf(item);
}

/** The items in the order that the fields say; those that they don't name follow as they were shown. */
function standing(form, list) {
  const shown = [...list.children].sort((one, other) => one.dataset.position - other.dataset.position);
  const picks = [...form.querySelectorAll("[name=row]")].map((menu) => menu.value && shown[menu.value]);
  const typed = form.querySelector("[name=typed]")?.value.normalize("NFKC").toUpperCase() ?? "";
  const named = [...typed].map((letter) => shown.find((item) => letterOf(item) === letter));
  return [...new Set([...picks, ...named, ...shown].filter(Boolean))];
}

/** Fills the fields with these items in their order; none empty the fields. */
function fill(form, items) {
  form.querySelectorAll("[name=row]").forEach((menu, n) => { menu.value = items[n]?.dataset.position ?? ""; });
  form.querySelectorAll("[name=typed]").forEach((field) => { field.value = items.map(letterOf).join(" "); });
}

/** An end of the list has nowhere to go. Its button stays in reach, so that nobody loses the focus. */
function limit(list) {
  for (const button of list.querySelectorAll("button")) {
    const end = button.dataset.step < 0 ? list.firstElementChild : list.lastElementChild;
    button.setAttribute("aria-disabled", button.parentElement === end);
  }
}

function mover(item, way, step, sign) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "mover", textContent: sign });
  button.dataset.step = step;
  button.setAttribute("aria-label", moved.dataset[way].replace("{item}", () => wordsOf(item)));
  button.setAttribute("aria-keyshortcuts", `Alt+Arrow${step < 0 ? "Up" : "Down"}`);
  return button;
}

function build(ranking, told) {
  const list = document.createElement("ol");
  list.className = "choices";
  list.setAttribute("role", "list");
  list.setAttribute("aria-label", moved.dataset.list);
  list.setAttribute("aria-live", "off"); // the conversation around it is live, and would tell each move its own way
  [...told.children].forEach((choice, position) => {
    const item = choice.cloneNode(true);
    item.classList.add("rank");
    item.dataset.position = position;
    item.append(mover(item, "up", -1, "↑"), mover(item, "down", 1, "↓"));
    list.append(item);
  });
  ranking.replaceChildren(list);
  ranking.builtFrom = told.innerHTML;
}

/** Shows the items in the order that the fields say. */
function arrange(ranking) {
  const form = ranking.closest("form");
  const told = form.closest(".card").querySelector(":scope > .choices");
  if (ranking.builtFrom !== told.innerHTML) build(ranking, told);
  const list = ranking.lastElementChild;
  if (list.querySelector(".held")) return;
  const items = standing(form, list);
  if (items.some((item, n) => item !== list.children[n])) {
    const focused = document.activeElement;
    list.append(...items);
    if (list.contains(focused)) focused.focus({ preventScroll: true });
  }
  limit(list);
  const stands = form.querySelector("option[selected]:not([value='']), [name=typed]:not([value=''])");
  form.querySelector(".undo").hidden = !stands || form.querySelector(".main").getAttribute("aria-disabled") === "true";
}

/** Lists the items of every order in the conversation. */
export function arrangeAll() {
  log.querySelectorAll(".ranking").forEach(arrange);
}

/** Lets an item glide to where it stands now, unless its reader wants less motion. */
function glide(item, before) {
  if (calm.matches || item.matches(".held")) return;
  item.animate({ translate: [`0 ${before - item.offsetTop}px`, "0 0"] }, { duration: 150, easing: "ease-out" });
}

/** Swaps an item with its neighbour; the neighbour is what moves in the page, so that the item keeps focus and finger. */
function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return false;
  const [itemBefore, otherBefore] = [item.offsetTop, other.offsetTop];
  if (step < 0) item.after(other);
  else item.before(other);
  glide(item, itemBefore);
  glide(other, otherBefore);
  // Not before: a list that nobody has touched follows the answer that is saved, also from another tab.
  fill(item.closest("form"), [...item.parentElement.children]);
  limit(item.parentElement);
  return true;
}

/** Says where an item stands now. */
function announce(item) {
  const { now, positions, counts } = moved.dataset;
  const said = {
    item: wordsOf(item),
    position: positions.split(" ")[positionOf(item)],
    count: counts.split(" ")[item.parentElement.children.length - 1],
  };
  moved.textContent = now.replace(/\{(\w+)\}/g, (_match, name) => said[name]);
}

function moveByButton(item, step) {
  if (!move(item, step)) return;
  item.scrollIntoView({ block: "nearest" });
  announce(item);
}

/** Where the dragged item was taken: how far below its top edge, and its position in the list. */
let grip = 0;
let start = 0;

function take(event) {
  const item = event.target.closest(".rank > .letter")?.parentElement;
  if (!item || event.button || !event.isPrimary) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  item.classList.add("held");
  grip = event.clientY - item.getBoundingClientRect().top;
  start = positionOf(item);
}

function drag(event) {
  const item = event.target.closest(".held");
  if (!item) return;
  const list = item.parentElement;
  const y = event.clientY - list.getBoundingClientRect().top;
  const isPast = (other, step) => other && (y - other.offsetTop - other.offsetHeight / 2) * step > 0;
  while (isPast(item.previousElementSibling, -1)) move(item, -1);
  while (isPast(item.nextElementSibling, 1)) move(item, 1);
  const top = Math.min(Math.max(y - grip, 0), list.offsetHeight - item.offsetHeight);
  item.style.translate = `0 ${top - item.offsetTop}px`;
  const bottom = document.getElementById("latest").getBoundingClientRect().top;
  const way = item.previousElementSibling && event.clientY < EDGE ? -STEP : 0;
  const scroll = item.nextElementSibling && event.clientY > bottom - EDGE ? STEP : way;
  if (scroll) window.scrollBy({ top: scroll, behavior: "instant" });
}

function drop(event) {
  const item = event.target.closest(".held");
  if (!item) return;
  item.classList.remove("held");
  item.style.translate = "";
  if (positionOf(item) !== start) announce(item);
  arrange(item.closest(".ranking"));
}

log.addEventListener("click", ({ target }) => {
  if (target.matches(".mover")) moveByButton(target.parentElement, target.dataset.step);
});
log.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || !event.altKey || !event.target.matches(".mover")) return;
  event.preventDefault();
  moveByButton(event.target.parentElement, step);
});
log.addEventListener("pointerdown", take);
log.addEventListener("pointermove", drag);
log.addEventListener("lostpointercapture", drop);
document.addEventListener("submit", ({ target: form, submitter }) => {
  const list = form.querySelector(".ranking > ol");
  if (!list) return;
  const isUndone = submitter?.matches(".undo");
  if (isUndone) form.querySelector(".main").focus(); // its own button goes
  fill(form, isUndone ? [] : [...list.children]);
}, { capture: true });

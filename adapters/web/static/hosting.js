// Comforts for hosts: times and the time zone of a new form are the reader's own, and a button copies a link.
// Everything works without this file.

for (const element of document.querySelectorAll("time[datetime]")) {
  const at = new Date(element.dateTime);
  const format = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  if (element.dataset.style === "weekday") format.weekday = "short";
  element.textContent = at.toLocaleString([], format);
  element.title = at.toLocaleString([], { dateStyle: "full", timeStyle: "long" });
}

const zone = document.querySelector("[data-own-zone]");
if (zone) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.list.options].some((option) => option.value === own)) zone.value = own;
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.copied;
    } catch {
      field.focus(); // over plain HTTP browsers don't let pages copy: the link is selected, ready for Ctrl+C
    }
  });
}

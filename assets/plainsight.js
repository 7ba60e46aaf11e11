// Plainsight: the few things that need a script. Everything else is a link or a form.
// No inline handlers, no eval, nothing from afar: the strict content policy stays as it is.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window: the choice lasts for this page */ } };
const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

document.documentElement.classList.add("js");

// Theme: "auto" follows the system; a choice is remembered on this machine alone.
const wear = (theme) => {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};
wear(kept("theme"));
const themes = $("#theme");
if (themes) {
  themes.value = kept("theme") || "auto";
  themes.addEventListener("change", () => { wear(themes.value); keep("theme", themes.value); });
}

// Dialogs: native <dialog>, so that focus is kept inside and returned afterwards.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) $("#" + opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog").close();
});

// Single letters can be turned off, for those whose voice or hand presses keys by chance.
const singles = $("#single-keys");
if (singles) {
  singles.checked = kept("single-keys") !== "off";
  singles.addEventListener("change", () => keep("single-keys", singles.checked ? "on" : "off"));
}

const typing = (el) => el.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const step = (by) => {
  const items = [...document.querySelectorAll("[data-list] > *")]
    .map((row) => $("a, button", row)).filter((el) => el && el.offsetParent !== null);
  if (!items.length) return;
  const row = document.activeElement?.closest("[data-list] > *");
  const at = items.findIndex((el) => row && row.contains(el));
  const current = at < 0 ? items.findIndex((el) => el.getAttribute("aria-current")) : at;
  items[Math.max(0, Math.min(items.length - 1, current + by))].focus();
};
const fold = (open) => { for (const box of document.querySelectorAll(".passage details")) box.open = open; };

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "z" && !typing(event.target) && $("#undo")) { event.preventDefault(); $("#undo").requestSubmit(); return; }
  if (command && event.key === "k") { event.preventDefault(); $("#goto")?.showModal(); return; }
  if (command || event.altKey || typing(event.target) || $("dialog[open]")) return;
  if (singles && !singles.checked) return;
  switch (event.key) {
    case "/": event.preventDefault(); $("input[type=search]")?.focus(); break;
    case "?": $("#keys")?.showModal(); break;
    case "j": step(1); break;
    case "k": step(-1); break;
    case "o": document.body.classList.toggle("alone"); break;
    case "g": { const any = $(".passage details[open]"); fold(!any); keep("gloss", any ? "off" : "on"); break; }
    case "y": case "h": case "n": {
      const button = $(`[data-key="${event.key}"]`);
      if (!button) break;
      event.preventDefault(); // or the letter lands in the reason field that gets the focus
      const reason = $("#reason");
      if (event.key === "n" && reason && !reason.value.trim() && (button.value === "reject" || button.value === "different")) {
        reason.setAttribute("aria-invalid", "true");
        reason.focus();
        say(reason.dataset.say);
        break;
      }
      button.click();
      break;
    }
    default:
  }
});
// Whoever was asked why presses Enter once it is said; without having been asked, Enter decides nothing.
$("#reason")?.addEventListener("keydown", (event) => {
  const asked = event.target.getAttribute("aria-invalid") === "true";
  if (event.key !== "Enter" || event.isComposing || !asked || !event.target.value.trim()) return;
  event.preventDefault();
  $('[data-key="n"]')?.click();
});
if (kept("gloss") === "on") fold(true);
if (kept("gloss") === "off") fold(false);

// A quote's place in the address gets the focus, so that the keyboard goes on from there.
const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (place && place.hasAttribute("tabindex")) place.focus({ preventScroll: true });

// Filters stand open beside the list and fold away above it.
const narrow = matchMedia("(max-width: 56rem)");
const folding = () => { for (const box of document.querySelectorAll("details.fold")) box.open = !narrow.matches; };
folding();
narrow.addEventListener("change", folding);

// Dropped files go through the same form as chosen ones.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = $("input[type=file]", zone);
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.toggle("over", name === "dragover"); });
  }
  zone.addEventListener("drop", (event) => { input.files = event.dataTransfer.files; if (input.files.length) zone.requestSubmit(); });
}

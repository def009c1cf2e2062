// A review by keyboard. Everything has a button of its own; these keys only save steps:
//   j, k     next and previous statement          0–3, n   rate it, not applicable
//   a        accept as supported                  c        write the comment
//   ?        go to the list of these keys, where a switch turns them off (WCAG 2.1.4); the choice is kept here.
// They do nothing while one types, nor together with Ctrl, Alt or Meta.
// Elements: article.statement is a card, the radio buttons named rating its choices, #accept-… its button.
(() => {
  "use strict";

  const keys = document.querySelector("[data-keys]");
  const store = "review-keys";
  let current = null;

  const cards = () => [...document.querySelectorAll("article.statement")].filter((card) => card.offsetParent);
  const here = () => document.activeElement.closest("article.statement") || (document.contains(current) && current);

  function go(card) {
    if (!card) return;
    current = card;
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  }

  function step(by) {
    const all = cards();
    const place = all.indexOf(here());
    go(place < 0 ? all[0] : all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  }

  function press(selector) {
    const found = (here() || cards()[0])?.querySelector(selector);
    if (found && !found.disabled) found.click();
  }

  function act(key) {
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (/^[0-3]$/.test(key)) press(`[type=radio][name=rating][value="${key}"]`);
    else if (key === "n") press('[type=radio][name=rating][value="na"]');
    else if (key === "a") press('button[id^="accept-"]');
    else if (key === "c") (here() || cards()[0])?.querySelector("textarea[name=comment]")?.focus();
    else if (key === "?") keys.querySelector("[data-keys-on]").focus();
    else return false;
    return true;
  }

  const types = (element) =>
    element.matches("textarea, select, [contenteditable]") ||
    (element.matches("input") && !["radio", "checkbox", "button", "submit"].includes(element.type));

  function listen() {
    const box = keys.querySelector("[data-keys-on]");
    keys.hidden = false;
    box.checked = localStorage.getItem(store) !== "off";
    box.addEventListener("change", () => localStorage.setItem(store, box.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      const isFree = box.checked && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      if (isFree && !types(event.target) && act(event.key)) event.preventDefault();
    });
  }

  // A kept comment goes into the field at once; without this script its button saves it there.
  document.addEventListener("submit", (event) => {
    const field = document.getElementById(event.target.dataset.keptFor);
    if (!field) return;
    event.preventDefault();
    const text = event.target.closest("li").querySelector("[data-kept-text]").textContent;
    if (!field.value.includes(text)) field.value = [field.value.trim(), text].filter(Boolean).join("\n");
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // What stands in the comment now is what one may want to keep.
  document.addEventListener("htmx:load", ({ detail }) => {
    for (const keep of detail.elt.querySelectorAll?.("[data-keep-from]") || []) {
      const field = document.getElementById(keep.dataset.keepFrom);
      if (field && !keep.value && field.value) keep.value = field.value;
    }
  });

  if (keys) listen();
})();

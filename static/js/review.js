// A review by keyboard. Everything has a button of its own; these keys only save steps:
//   j, k     next and previous statement          0–3, n   rate it, not applicable
//   a        accept as supported                  c        write the comment
//   o        next statement that is still open    r        accept the rest of its level
//   v        go to the button that validates      ?        go to the list of these keys, where a switch
//                                                          turns them off (WCAG 2.1.4); the choice is kept here
// They do nothing while one types, nor together with Ctrl, Alt or Meta, and they rate nothing that is out of sight.
// Elements: article.statement is a card, .word-open in it says that it is not settled, the radio buttons named
// rating are its choices, #accept-… its button, .level a level with the button #rest-….
(() => {
  "use strict";

  const keys = document.querySelector("[data-keys]");
  const store = "review-keys";
  // The card that was gone to or pressed last.
  let current = null;
  let byPointer = false;

  const cards = () => [...document.querySelectorAll("article.statement")].filter((card) => card.offsetParent);
  const inSight = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };

  function here() {
    const focused = document.activeElement.closest("article.statement");
    if (focused || !document.activeElement.matches("body, main")) return focused;
    return document.contains(current) ? current : null;
  }

  function unfold(element) {
    const folded = element.closest("details:not([open])");
    if (folded) folded.open = true;
  }

  function go(card) {
    if (!card) return;
    current = card;
    unfold(card);
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  }

  function step(by) {
    const all = cards();
    const place = all.indexOf(here() || current);
    go(place < 0 ? all[0] : all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  }

  // Open ones in folded levels too; after the last one comes the first.
  function nextOpen() {
    const all = [...document.querySelectorAll("article.statement")];
    const place = all.indexOf(here() || current);
    const order = [...all.slice(place + 1), ...all.slice(0, place + 1)];
    const found = order.find((card) => card.querySelector(".word-open"));
    if (found) go(found);
    else document.querySelector("#validate button").focus();
  }

  const inCard = (selector) => {
    const card = here();
    return card && inSight(card) ? card.querySelector(selector) : null;
  };
  const press = (button) => button && !button.disabled && button.click();

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    o: nextOpen,
    n: () => press(inCard('[type=radio][name=rating][value="na"]')),
    a: () => press(inCard('button[id^="accept-"]')),
    c: () => inCard("textarea[name=comment]")?.focus(),
    r: () => press(here()?.closest(".level")?.querySelector(".level-state:not(.level-settled) ~ form button")),
    v: () => document.querySelector("#validate button").focus(),
    "?": () => {
      keys.open = true;
      keys.querySelector("[data-keys-on]").focus();
    },
  };
  for (const rating of ["0", "1", "2", "3"]) {
    acts[rating] = () => press(inCard(`[type=radio][name=rating][value="${rating}"]`));
  }

  // Letters by their place, so that they work on a keyboard of any language.
  const nameOf = ({ key, code }) =>
    /^[a-z0-9?]$/i.test(key) ? key.toLowerCase() : code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();

  const types = (element) =>
    element.matches("textarea, select, [contenteditable]") ||
    (element.matches("input") && !["radio", "checkbox", "button", "submit"].includes(element.type));

  function listen() {
    const box = keys.querySelector("[data-keys-on]");
    keys.hidden = false;
    box.checked = localStorage.getItem(store) !== "off";
    box.addEventListener("change", () => localStorage.setItem(store, box.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      byPointer = false;
      const isFree = box.checked && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      const act = acts[nameOf(event)];
      if (!isFree || !act || types(event.target)) return;
      event.preventDefault();
      act();
    });
  }

  document.addEventListener("pointerdown", ({ target }) => {
    byPointer = true;
    current = target.closest("article.statement") || current;
  });

  // "Does not show it" is not sent before it says why: the reason has the focus, and the answer is marked.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form.judge");
    const reason = form?.querySelector("[name=reason]");
    if (!form?.querySelector(".does_not_show input:checked") || reason.value.trim()) return;
    event.preventDefault();
    form.classList.add("unsaved");
    if (byPointer) reason.focus();
  });

  // A decision waits for what is marked as not saved, and leads there.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const unsaved = event.detail.elt.matches("#validate, #return") && document.querySelector(".unsaved");
    if (!unsaved) return;
    event.preventDefault();
    unfold(unsaved);
    unsaved.querySelector("textarea")?.focus();
    unsaved.scrollIntoView({ block: "center" });
    document.dispatchEvent(new CustomEvent("banner:show", { detail: "unsaved" }));
  });

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

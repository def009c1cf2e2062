// What the browser adds to pages that work without it: says when a request failed and keeps what was typed.
(() => {
  "use strict";

  const banner = document.getElementById("banner");
  const texts = document.getElementById("banner-texts").content;
  const kinds = { 0: "offline", 401: "signed-out", 403: "forbidden", 404: "missing", 409: "conflict" };
  // Saves that failed, by the element that asked for them; a success takes its element out.
  const failed = new Map();

  const kindOf = (status) => kinds[status] || (status >= 500 ? "server" : "refused");
  const markOf = (element) => element.closest("form") || element;

  function show(kind) {
    const text = texts.querySelector(`[data-kind="${kind}"]`).cloneNode(true);
    const buttons = [...texts.querySelectorAll("[data-banner]")]
      .filter((button) => button.dataset.banner !== "again" || ("again" in text.dataset && failed.size))
      .map((button) => button.cloneNode(true));
    banner.dataset.kind = kind;
    banner.replaceChildren(text, ...buttons);
    banner.hidden = false;
    if (kind === "offline") setTimeout(lookForServer, 4000);
  }

  function hide() {
    banner.hidden = true;
    banner.replaceChildren();
    delete banner.dataset.kind;
  }

  async function lookForServer() {
    if (banner.dataset.kind !== "offline") return;
    const answer = await fetch(banner.dataset.ping, { cache: "no-store" }).catch(() => null);
    if (banner.dataset.kind !== "offline") return;
    if (answer && answer.ok) show("back");
    else setTimeout(lookForServer, 4000);
  }

  function remember(detail) {
    const { verb, path } = detail.requestConfig;
    if (verb === "get") return;
    failed.set(detail.elt, { verb, path });
    markOf(detail.elt).classList.add("unsaved");
    takeSavedAway();
  }

  function takeSavedAway() {
    for (const said of document.querySelectorAll(".saved")) said.replaceChildren();
  }

  // What only helps while writing saves nothing: whether it fails is nobody's concern.
  const isQuiet = ({ elt }) => elt.matches("[data-quiet]");

  function fail(kind, detail) {
    if (isQuiet(detail)) return;
    remember(detail);
    show(kind);
  }

  // Signing in again, in another tab, changes the token that every request carries.
  async function renewToken() {
    const answer = await fetch(banner.dataset.tokenPage, { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  async function saveAgain() {
    if (["signed-out", "forbidden"].includes(banner.dataset.kind)) await renewToken();
    hide();
    for (const [element, { verb, path }] of failed) {
      if (document.contains(element)) window.htmx.ajax(verb, path, { source: element });
      else failed.delete(element);
    }
  }

  document.addEventListener("visibilitychange", () => {
    const isWaiting = banner.dataset.kind === "signed-out" || document.querySelector("[data-held]");
    if (!document.hidden && isWaiting) renewToken();
  });

  // 409 and 422 answer with a fragment that shows what to mend; a whole page is no fragment.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isFragment = !/^\s*<!doctype/i.test(detail.xhr.responseText);
    if (![409, 422].includes(detail.xhr.status) || !isFragment) return;
    detail.shouldSwap = true;
    detail.isError = false;
    // A form that saves as one goes says itself what is wrong; until that is mended nothing of it is saved.
    const form = detail.requestConfig.elt;
    if (form.matches("form[hx-trigger*=change]")) form.classList.add("unsaved");
  });
  document.addEventListener("banner:show", ({ detail }) => show(detail));

  document.addEventListener("htmx:responseError", ({ detail }) => fail(kindOf(detail.xhr.status), detail));
  document.addEventListener("htmx:sendError", ({ detail }) => fail("offline", detail));
  document.addEventListener("htmx:timeout", ({ detail }) => fail("timeout", detail));

  // A button is disabled while its request runs, and a swap may replace it: it has the focus again afterwards.
  const focused = new WeakMap();

  function giveFocusBack({ xhr, target }) {
    const before = focused.get(xhr);
    if (!before || document.activeElement !== document.body) return;
    const after = document.contains(before) ? before : document.getElementById(before.id);
    (after || document.getElementById(target.id)?.querySelector("summary"))?.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.contains(document.activeElement)) focused.set(detail.xhr, document.activeElement);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => giveFocusBack(detail));

  // What a fragment marks has the focus once it is in the page: autofocus is heeded once a page.
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    const marked = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]");
    marked?.focus();
  });

  // Why a decision was refused comes into sight, wherever on the page its button stands.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const refusal = document.getElementById("refusal");
    if (!refusal || ![409, 422].includes(detail.xhr.status)) return;
    if (refusal.textContent.trim()) refusal.scrollIntoView({ block: "center" });
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    // An answer of 409 or 422 that shows what to mend is no error to htmx, and saved nothing all the same.
    if (!detail.successful || detail.xhr.status >= 400 || isQuiet(detail)) return;
    failed.delete(detail.elt);
    markOf(detail.elt).classList.remove("unsaved");
    if (!failed.size) hide();
  });

  window.addEventListener("offline", () => show("offline"));
  window.addEventListener("online", () => banner.dataset.kind === "offline" && show("back"));
  window.addEventListener("beforeunload", (event) => failed.size && event.preventDefault());

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-banner], [data-print]");
    if (!button) return;
    if (button.matches("[data-print]")) window.print();
    else if (button.dataset.banner === "again") saveAgain();
    else hide();
  });

  // With the focus in a suggestion one key links it or dismisses it, on a keyboard of any language.
  document.addEventListener("keydown", (event) => {
    const suggestion = event.target.closest(".suggested");
    if (!suggestion || event.ctrlKey || event.altKey || event.metaKey) return;
    suggestion.querySelector(`[aria-keyshortcuts="${event.code.replace("Key", "")}"]`)?.click();
  });

  // On a phone these rows scroll sideways; the current one comes into sight.
  for (const current of document.querySelectorAll(".steps [aria-current], .nav [aria-current]")) {
    const row = current.closest(".steps, .nav");
    row.scrollLeft = current.offsetLeft - row.offsetLeft - 16;
  }

  // What is folded is printed too.
  const folded = new Set();
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details.level:not([open])")) {
      folded.add(part);
      part.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    folded.clear();
  });

  // Printing needs this script, so its button stays hidden without it.
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
})();

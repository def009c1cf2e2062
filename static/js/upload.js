// Shows how much of a file has been sent; without it the form works all the same.
(() => {
  "use strict";

  const barOf = ({ target }) => target.closest("[data-upload]")?.querySelector("progress");

  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = barOf(event);
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = event.detail.loaded / event.detail.total;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const bar = barOf(event);
    if (bar) bar.hidden = true;
  });
})();

// Has Swagger UI show the description of this Holdfast. What is tried goes out with the session, and with the token that shows that a
// page of ours has sent it.
"use strict";

(() => {
  const place = document.getElementById("swagger-ui");

  // Its dark colours hang on a class, not on what the browser prefers.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dress();
  dark.addEventListener("change", dress);

  /** The token is for this Holdfast alone, whatever a description names as server. */
  function marked(request) {
    if (new URL(request.url, location.href).origin === location.origin) {
      request.headers[place.dataset.csrfHeader] = place.dataset.csrf;
    }
    return request;
  }

  // Its field for a body has no name.
  new MutationObserver(() => {
    for (const field of place.querySelectorAll("textarea.body-param__text:not([aria-label])")) {
      field.setAttribute("aria-label", "Request body");
    }
  }).observe(place, { childList: true, subtree: true });

  SwaggerUIBundle({
    domNode: place,
    url: place.dataset.description,
    presets: [SwaggerUIBundle.presets.apis],
    // A link within the button that opens an operation would be out of a screen reader's reach.
    deepLinking: false,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    showMutatedRequest: false,
    requestInterceptor: marked,
  });
})();

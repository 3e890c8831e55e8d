/** Swagger UI below the list of endpoints, where it has loaded; the list says the same without it. */

const home = document.querySelector("[data-openapi]");
if (home && window.SwaggerUIBundle) {
  home.closest("[hidden]").hidden = false;
  window.SwaggerUIBundle({
    url: home.dataset.openapi,
    domNode: home,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: false,
    // No badge of a validator elsewhere: nothing here asks the network.
    validatorUrl: null,
  });
}

/** Swagger UI below the list of endpoints, where it has loaded; the list says the same without it. */

/** Its own layout without the second <main> and the heading that the page has already. */
function layout(system) {
  const make = system.React.createElement;
  const part = (getComponent, name, contained = true) => make(getComponent(name, contained));
  function PartOfThePage({ getComponent }) {
    return make(
      "div",
      { className: "swagger-ui" },
      part(getComponent, "SvgAssets", false),
      make("div", { className: "api-docs-key" }, part(getComponent, "AuthorizeBtnContainer")),
      part(getComponent, "operations"),
    );
  }
  return { components: { PartOfThePage } };
}

const home = document.querySelector("[data-openapi]");
if (home && window.SwaggerUIBundle) {
  home.closest("[hidden]").hidden = false;
  window.SwaggerUIBundle({
    url: home.dataset.openapi,
    domNode: home,
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [layout],
    layout: "PartOfThePage",
    deepLinking: false,
    // No badge of a validator elsewhere: nothing here asks the network.
    validatorUrl: null,
  });
}

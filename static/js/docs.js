/** Shows the API's description with Swagger UI, which a script before this one has loaded. */

const main = /** @type {HTMLElement} */ (document.querySelector("#docs"));
const { SwaggerUIBundle } = /** @type {{ SwaggerUIBundle: (options: object) => void }} */ (/** @type {unknown} */ (window));

SwaggerUIBundle({ url: main.dataset["openapi"], domNode: main, deepLinking: true });

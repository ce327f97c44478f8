// Draws the document. Links to a page are NAME.html#operation/OPERATION_ID and NAME.html#schema/SCHEMA: they stay the
// same whatever the renderer calls its places.
"use strict";
(() => {
  const schemas = "Schemas";
  const asked = () => {
    try {
      return decodeURIComponent(location.hash);
    } catch {
      // Not the name of any place: the page begins at its top.
      return "";
    }
  };
  const place = () => {
    // The renderer's own places are #/TAG/OPERATION_ID: such an address is good for longer than the name of the tag.
    const [, kind, name] = /^#(operation|schema|\/[^/]+)\/(.+)$/.exec(asked()) ?? [];
    const slug = (text) => text.toLowerCase().replaceAll(" ", "-");
    if (kind === "schema") {
      return `#/${slug(schemas)}/${name.toLowerCase()}`;
    }
    for (const item of Object.values(apiDocument.paths ?? {})) {
      for (const operation of Object.values(item ?? {})) {
        if (kind && operation?.operationId === name && operation.tags?.length > 0) {
          return `#/${slug(operation.tags[0])}/${name}`;
        }
      }
    }
    return null;
  };
  if (asked() === "" && location.hash !== "") {
    history.replaceState(null, "", location.pathname + location.search);
  }
  const found = place();
  if (found) {
    history.replaceState(null, "", found);
  }
  addEventListener("hashchange", () => {
    const wanted = place();
    if (wanted && wanted !== asked()) location.reload();
  });

  const options = {
    disableTelemetry: true,
    hideDownloadButtons: true,
    jsonSamplesExpandLevel: "all",
    schemaDefinitionsTagName: schemas,
    showExtensions: true,
    skipBundle: true,
  };
  init(window.apiDocument, options, document.getElementById("document"));
})();

// Light or dark: what the reader chose, or what the system prefers. Redoc keeps the choice under the same key.
"use strict";
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("redoc.colorMode");
  } catch {
    // A browser may refuse storage to files: then the system decides.
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.classList.add(chosen);
  }
})();

// The login page: light or dark as chosen in the window, and back to the view that was asked for, in any language.
"use strict";
{
  const chosen = localStorage.getItem("icarus-theme");
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.toggle("dark", dark);
  addEventListener("click", (event) => event.target.hreflang && (event.target.hash = location.hash));
  addEventListener("submit", (event) => (event.target.action = `login${location.hash}`));
}

// The window in the browser: sends clicks to the server, keeps focus and scrolling where people expect them.
"use strict";

window.icarus = (() => {
  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const NARROW = "(max-width: 1099px)"; // as in style.css
  const narrow = () => matchMedia(NARROW).matches;
  const glide = (element, block) =>
    element?.scrollIntoView({ behavior: reducedMotion() ? "auto" : "smooth", block });
  let opener = null;
  let shown = "";

  // What a click sends: data-ask a question, data-go an address, data-do an action.
  function onClick(event, trigger) {
    const button = event.target.closest("[data-ask], [data-go], [data-do], [data-local]");
    if (!button || button.disabled) return;
    if (button.href && (event.ctrlKey || event.metaKey || event.shiftKey)) return; // to a tab of its own
    event.preventDefault();
    const { ask, go, again, everywhere, limits, local } = button.dataset;
    if (ask !== undefined) {
      if (narrow()) closePanel();
      const chosen = limits ? JSON.parse(limits) : null;
      trigger("submit", { text: ask, again: Boolean(again), everywhere: Boolean(everywhere), limits: chosen });
    } else if (go !== undefined) {
      if (!button.closest(".panel")) opener = button;
      trigger("select", { go });
    } else if (local) {
      here[local]?.(button);
    } else {
      trigger("click", { act: button.dataset.do });
    }
  }

  // What needs no server.
  const here = {
    theme() {
      const dark = document.body.classList.toggle("dark");
      localStorage.setItem("icarus-theme", dark ? "dark" : "light");
    },
    question() {
      document.querySelector("#question-box textarea")?.focus();
    },
    async copy(button) {
      const source = button.parentElement.querySelector(".copy-text");
      await writeToClipboard(source.value);
      const label = button.querySelector("span");
      const before = label.textContent;
      label.textContent = button.dataset.copied;
      setTimeout(() => (label.textContent = before), 1600);
    },
  };

  // Outside a secure context (another machine over http) the clipboard interface is missing.
  async function writeToClipboard(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  // Thumbs: what was chosen and typed; the thanks that take the form's place then get its focus.
  let thanked = "";
  function sendFeedback(form, trigger) {
    const typed = Object.fromEntries(new FormData(form));
    thanked = form.dataset.feedback;
    trigger("like", { ...typed, turn: Number(thanked), rating: form.dataset.rating });
  }

  function focusThanks(element) {
    const thanks = thanked && element.querySelector(`.feedback[data-turn="${thanked}"] .thanks`);
    if (thanks) thanks.focus({ preventScroll: true });
    if (thanks) thanked = "";
  }

  // The search among tools: its words go into the address that the form carries.
  function onSubmit(event, trigger) {
    if (event.target.dataset.feedback) {
      event.preventDefault();
      return sendFeedback(event.target, trigger);
    }
    const form = event.target.closest("[data-find]");
    if (!form) return;
    event.preventDefault();
    const text = form.querySelector("input").value.trim() || null;
    trigger("select", { go: JSON.stringify({ ...JSON.parse(form.dataset.find), text }) });
  }

  // What the panel shows stands in the page's own address, so that it can be shared: #to=tools&place=Germany
  function share(panel) {
    const known = panel?.dataset.here ? Object.entries(JSON.parse(panel.dataset.here)) : [];
    const fields = new URLSearchParams(known.filter(([, value]) => value));
    history.replaceState(null, "", known.length ? `#${fields}` : location.pathname + location.search);
  }

  function openShared(trigger) {
    const fields = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (fields.to) trigger("select", { go: JSON.stringify(fields) });
  }

  const closePanel = () => document.querySelector(".panel .close")?.click();

  // On a narrow screen the panel lies over the rest, which then takes neither focus nor clicks.
  function cover() {
    const covered = narrow() && Boolean(document.querySelector(".panel"));
    for (const part of document.querySelectorAll("#head, #talk")) part.inert = covered;
  }
  matchMedia(NARROW).addEventListener("change", cover);

  // The panel takes the focus when it opens, gives it back when it closes, and shows its marked words.
  function onPanel(element) {
    const panel = element.querySelector(".panel");
    share(panel);
    cover();
    if (!panel) {
      opener?.isConnected && opener.focus({ preventScroll: !narrow() });
      opener = null;
      return;
    }
    if (!panel.contains(document.activeElement)) panel.querySelector("h2").focus({ preventScroll: true });
    reveal(panel);
  }

  // To the marked words, unless they are in sight; else to the top, unless a filter of all tools has changed.
  function reveal(panel) {
    const body = panel.querySelector(".panel-body");
    const target = panel.querySelector(".current") || panel.querySelector("mark");
    const same = panel.className === shown && panel.matches(".tools-panel");
    shown = panel.className;
    if (!target) return same || body.scrollTo({ top: 0 });
    const top = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
    if (top < 0 || top > body.clientHeight / 2) body.scrollTo({ top: body.scrollTop + top - 96 });
  }

  let turns = 0;
  function onConversation(element) {
    const found = element.querySelectorAll(".turn");
    if (found.length > turns) glide(found[found.length - 1], "start");
    turns = found.length;
    focusThanks(element);
  }

  function connect(element, trigger, watch) {
    element.addEventListener("click", (event) => onClick(event, trigger));
    element.addEventListener("submit", (event) => onSubmit(event, trigger));
    if (element.closest("#panel")) {
      watch("value", () => onPanel(element));
      openShared(trigger);
    }
    if (element.closest("#conversation")) watch("value", () => onConversation(element));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(".choice[open]");
    if (!open) return closePanel();
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  });

  // The choice of light or dark is kept in this browser.
  const chosen = localStorage.getItem("icarus-theme");
  if (chosen) document.body.classList.toggle("dark", chosen === "dark");

  return { connect };
})();

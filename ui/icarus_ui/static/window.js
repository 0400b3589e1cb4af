// The window in the browser: sends clicks to the server, keeps focus and scrolling where people expect them.
"use strict";

window.icarus = (() => {
  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const NARROW = "(max-width: 1099px)"; // as in style.css
  const NOTHING = '{"to":"nothing"}';
  const SECONDS_TO_ANSWER = 10;
  const MOMENT = 1000; // milliseconds in which a panel comes, unless it is the one that is there
  const narrow = () => matchMedia(NARROW).matches;
  const glide = (element, block) =>
    element?.scrollIntoView({ behavior: reducedMotion() ? "auto" : "smooth", block });
  let opener = null;
  let shown = "";
  let kept = []; // ids of the tools on the shortlist, as its buttons show it
  let told = null; // what the server was last told of it, until its answer is here
  let changes = 0;
  const ticked = new Map(); // which of them a person has ticked, or not, to be compared
  let going = null; // the address that the panel is about to show
  let visiting = null; // what was sent last, until its panel is here

  // What a click sends: data-ask a question, data-go an address, data-do an action, data-keep a tool for the
  // shortlist or nothing to take all off it, data-form a format to save what stands at the address data-of in.
  function onClick(event, trigger) {
    const button = event.target.closest("[data-ask], [data-go], [data-do], [data-local], [data-keep], [data-form]");
    if (!button || button.disabled) return;
    if (button.href && (event.ctrlKey || event.metaKey || event.shiftKey)) return; // to a tab of its own
    event.preventDefault();
    const { ask, go, again, everywhere, limits, local, keep, form } = button.dataset;
    if (ask !== undefined) {
      if (narrow()) closePanel();
      const chosen = limits ? JSON.parse(limits) : null;
      trigger("submit", { text: ask, again: Boolean(again), everywhere: Boolean(everywhere), limits: chosen });
    } else if (go !== undefined) {
      if (!button.closest("#side")) opener = button;
      open(go, trigger);
    } else if (keep !== undefined) {
      kept = keep ? toggled(kept, keep) : [];
      markKept();
      tell(trigger, Boolean(button.closest(".shortlist")));
    } else if (form) {
      button.closest("details")?.removeAttribute("open");
      trigger("download", { form, of: button.dataset.of });
    } else if (local) {
      here[local]?.(button);
    } else {
      trigger("click", { act: button.dataset.do });
    }
  }

  function open(go, trigger) {
    const send = () => visit(go, trigger);
    if (told) told.open = null;
    if (told && JSON.parse(go).to === "shortlist") told.open = send; // it shall show what is being put on it
    else send();
  }

  // One address after the other, and of those that wait the last: they could overtake each other.
  function visit(go, trigger) {
    if (visiting) {
      visiting.next = () => visit(go, trigger);
      return;
    }
    const sent = (visiting = {});
    going = go;
    trigger("select", { go });
    setTimeout(() => visiting === sent && visited(), MOMENT);
  }

  function visited() {
    const next = visiting?.next;
    visiting = null;
    next?.();
  }

  // What needs no server.
  const here = {
    back() {
      history.back();
    },
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

  // The language of the window goes with all that is sent, and is kept in this browser. One that is chosen while an
  // answer is on its way is said again once it is there: until then the answer comes in the one that it began in.
  let speak = () => {};
  let unsaid = null;
  function listen(props, trigger) {
    const page = document.documentElement;
    page.lang = props.value;
    // Gradio's own translations put the browser's language there.
    const keep = () => page.lang !== props.value && (page.lang = props.value);
    new MutationObserver(keep).observe(page, { attributeFilter: ["lang"] });
    speak = (language) => {
      props.value = page.lang = language;
      document.cookie = `icarus-language=${language}; path=/; max-age=31536000; samesite=lax`;
      const address = new URL(location);
      if (address.searchParams.has("lang")) address.searchParams.set("lang", language);
      history.replaceState(history.state, "", address);
      unsaid = document.querySelector(".turn.waiting") && language;
      trigger("select", { language, go: document.querySelector(".panel") && going });
    };
  }

  function onChoice(event) {
    if (event.target.matches("[data-language]")) speak(event.target.value);
  }
  const choosing = () => document.activeElement?.matches("[data-language]");

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

  // The search among tools: its words go into the address that the form carries. The tools ticked for a comparison.
  function onSubmit(event, trigger) {
    if (event.target.dataset.feedback) {
      event.preventDefault();
      return sendFeedback(event.target, trigger);
    }
    const form = event.target.closest("[data-find], [data-compare]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.find) {
      const text = form.querySelector("input").value.trim() || null;
      open(JSON.stringify({ ...JSON.parse(form.dataset.find), text }), trigger);
    } else {
      compare(form, trigger);
    }
  }

  function compare(form, trigger) {
    const ticks = [...form.querySelectorAll("input")];
    const tools = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
    const [fewest, most] = form.dataset.compare.split("-").map(Number);
    const wrong = tools.length < fewest || tools.length > most;
    ticks[0].setCustomValidity(wrong ? form.dataset.problem : "");
    if (form.reportValidity()) open(JSON.stringify({ to: "compare", tools }), trigger);
  }

  function onTick(event) {
    if (!event.target.closest(".tick")) return;
    ticked.set(event.target.value, event.target.checked);
    event.target.form.querySelector("input").setCustomValidity("");
  }

  // What the panel shows stands in the page's own address, so that it can be shared (#to=tools&place=Germany), and is a
  // step in the browser's history, so that one can go back to what was open before. Another source, page or filter is
  // no step of its own.
  function share(panel) {
    const known = panel?.dataset.here ? Object.entries(JSON.parse(panel.dataset.here)) : [];
    const fields = new URLSearchParams(known.filter(([, value]) => value));
    const url = location.pathname + location.search + (known.length ? `#${fields}` : "");
    const now = history.state?.go ? history.state : null;
    if (!panel) return history.replaceState(null, "", url);
    const same = now && (going === now.go || (panel.className === shown && !panel.matches(".tool, .comparison")));
    if (same) history.replaceState({ ...now, go: going }, "", url);
    else if (!now && location.hash) history.replaceState({ depth: 0, go: going }, "", url); // opened by its address
    else history.pushState({ depth: now ? now.depth + 1 : 0, go: going }, "", url);
    panel.querySelector(".back").hidden = !history.state.depth;
  }

  // What the page's address says, at first or after the browser's own back.
  function arrive(state, trigger) {
    const fields = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const go = state?.go ?? (fields.to && JSON.stringify(fields));
    if (go || document.querySelector(".panel")) open(go || NOTHING, trigger);
  }

  // The marks on the buttons of tools that are on the shortlist, and their number in the bar.
  function markKept() {
    for (const button of document.querySelectorAll(".keep"))
      button.setAttribute("aria-pressed", String(kept.includes(button.dataset.keep)));
    for (const count of document.querySelectorAll("[data-kept-count]")) count.textContent = kept.length || "";
  }

  const toggled = (list, one) => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one]);

  // The whole list is sent, and the next one when this is answered: single clicks could overtake each other.
  function tell(trigger, listed) {
    if (told) {
      told.next = () => tell(trigger, listed);
      return;
    }
    const change = ++changes;
    told = { change };
    trigger("edit", { kept, listed, change });
    setTimeout(() => told?.change === change && toldNext(), SECONDS_TO_ANSWER * 1000);
  }

  function toldNext() {
    const { next, open } = told;
    told = null;
    next?.();
    if (told) told.open = open;
    else open?.();
    return Boolean(next);
  }

  function onTray(element) {
    const tray = element.querySelector("[data-kept]");
    if (!tray || (told && Number(tray.dataset.change) !== told.change)) return;
    if (told && toldNext()) return;
    kept = JSON.parse(tray.dataset.kept);
    markKept();
  }

  // A file that the server made for this session: saved from here, it has no address that another could ask for.
  function onParcel(element) {
    const held = element.querySelector("[data-parcel]");
    if (!held) return;
    const bytes = Uint8Array.from(atob(held.dataset.bytes), (sign) => sign.charCodeAt(0));
    const href = URL.createObjectURL(new Blob([bytes], { type: held.dataset.kind }));
    Object.assign(document.createElement("a"), { href, download: held.dataset.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    held.remove();
  }

  const closePanel = () => document.querySelector(".panel .close")?.click();

  // On a narrow screen the panel lies over the rest, which then takes neither focus nor clicks.
  function cover() {
    const covered = narrow() && Boolean(document.querySelector(".panel"));
    for (const part of document.querySelectorAll("#head, #talk")) part.inert = covered;
  }
  matchMedia(NARROW).addEventListener("change", cover);
  document.addEventListener("click", onEnding, { capture: true });
  document.addEventListener("click", (event) => {
    if (narrow() && event.isTrusted && !event.target.closest("#side")) closePanel(); // beside it
  });

  // The panel takes the focus when it opens, gives it back when it closes, and shows its marked words.
  function onPanel(element) {
    const panel = element.querySelector(".panel");
    share(panel);
    cover();
    markKept();
    if (!panel) {
      opener?.isConnected && opener.focus({ preventScroll: !narrow() });
      opener = null;
      shown = "";
      return;
    }
    if (choosing()) return; // the panel says the same in another language
    // Gradio turns the old panel into the new one element by element: a focus that stayed would be on anything.
    const fresh = panel.className !== shown || panel.matches(".tool, .comparison");
    if (fresh || !panel.contains(document.activeElement)) panel.querySelector("h2").focus({ preventScroll: true });
    for (const tick of panel.querySelectorAll(".tick input")) tick.checked = ticked.get(tick.value) ?? tick.defaultChecked;
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

  // Gradio takes no question before it has put the one before away, a moment after its answer is on the page: who is
  // that quick is not to press Enter twice.
  const MOMENTS = 20;
  function onEnter(event) {
    const box = event.target;
    if (event.key !== "Enter" || event.shiftKey || !box.matches?.("#question-box textarea")) return;
    const question = box.value.trim() && box.value;
    const before = changesOfConversation;
    const answering = () => document.querySelector(".turn.waiting, .problem");
    const again = (left) => {
      if (!question || box.value !== question || changesOfConversation !== before || answering()) return;
      document.querySelector("#send").click();
      if (left) setTimeout(again, 200, left - 1);
    };
    if (!answering()) setTimeout(again, 200, MOMENTS);
  }

  // An answer that was ended: a word of it that was on its way brings it back, and it is ended once more.
  const ENDING = '#stop, [data-do="clear"]';
  let ended = null;
  function onEnding(event) {
    const button = event.target.closest?.(ENDING);
    const turn = button && document.querySelector(".turn.waiting")?.dataset.turn;
    if (turn) ended = { turn, by: button.id ? "#stop" : '[data-do="clear"]' };
  }

  function keepEnded(element) {
    if (!ended || element.querySelector(".turn.waiting")?.dataset.turn !== ended.turn) return;
    const back = `.turn.waiting[data-turn="${ended.turn}"]`;
    setTimeout(() => document.querySelector(back) && document.querySelector(ended.by)?.click(), 300);
  }

  let turns = 0;
  let changesOfConversation = 0;
  function onConversation(element) {
    changesOfConversation += 1;
    keepEnded(element);
    const found = element.querySelectorAll(".turn");
    if (found.length > turns) glide(found[found.length - 1], "start");
    turns = found.length;
    if (unsaid && !element.querySelector(".turn.waiting")) speak(unsaid);
    focusThanks(element);
    markKept();
  }

  // The choice of light or dark is kept in this browser. Gradio makes its own when it begins.
  function paint() {
    const chosen = localStorage.getItem("icarus-theme");
    if (chosen) document.body.classList.toggle("dark", chosen === "dark");
  }

  function connect(element, trigger, watch) {
    paint();
    element.addEventListener("click", (event) => onClick(event, trigger));
    element.addEventListener("input", onTick);
    element.addEventListener("change", onChoice);
    element.addEventListener("submit", (event) => onSubmit(event, trigger));
    if (element.closest("#panel")) {
      watch("value", () => {
        onPanel(element);
        visited();
      });
      addEventListener("popstate", (event) => arrive(event.state, trigger));
      arrive(null, trigger);
    }
    if (element.closest("#tray")) watch("value", () => onTray(element));
    if (element.closest("#parcel")) watch("value", () => onParcel(element));
    if (element.closest("#conversation")) watch("value", () => onConversation(element));
  }

  document.addEventListener("keydown", (event) => {
    onEnter(event);
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(".choice[open]");
    if (!open) return closePanel();
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  });

  return { connect, listen };
})();

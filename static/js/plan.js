// The editor of a plan, where there is script: it saves the text while it is typed,
// keeps in this browser what could not be saved, tells of other people's changes, and
// swaps the rows without loading the page. Everything works without it, too.
"use strict";

(() => {
  const PAUSE = 2000; // milliseconds without a key before the text is saved
  const ROUND = 20000; // milliseconds between two questions for other people's changes
  const MOST_KEPT_ALIVE = 60000; // browsers end larger requests with the page

  const BROKEN = 500; // from this status on, the same text may be taken later

  const byId = (id) => document.getElementById(id);
  const section = () => byId("section");
  const plain = (field) => field.value.replace(/\r\n/g, "\n").trim();
  const typed = (form) =>
    JSON.stringify([plain(form.elements.body), plain(form.elements.not_applicable)]);

  let stored = ""; // the text as the server has it
  let byHand = false; // whether only somebody's own decision may save it
  let pending = null;
  let timer = 0;
  let rowIsTyped = false;
  let leaving = false;
  let next = ""; // where the focus goes once the form of a row is closed

  const isTyped = () => section() !== null && typed(section()) !== stored;

  // --- What could not be saved stays in this browser

  /** Nothing replaces what is still offered. */
  function keep() {
    if (!byId("kept").hidden) return;
    const revision = section().elements.revision.value;
    const found = JSON.stringify({ revision, text: typed(section()) });
    try {
      localStorage.setItem(section().dataset.keep, found);
    } catch {
      // A browser that keeps nothing: the page still warns before it is left.
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(section().dataset.keep));
    } catch {
      return null;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(section().dataset.keep);
    } catch {
      // Nothing was kept.
    }
  }

  function offer() {
    const found = section() && kept();
    if (!found) return;
    if (found.text === stored) forget();
    else byId("kept").hidden = false;
  }

  /** With its old revision: a text that somebody saved since is not overwritten. */
  function putBack() {
    const { elements } = section();
    const found = kept();
    byId("kept").hidden = true;
    if (!found) return; // another window put it back or threw it away
    const { revision, text } = found;
    [elements.body.value, elements.not_applicable.value] = JSON.parse(text);
    elements.revision.value = revision;
    elements.body.focus();
    wait();
  }

  // --- Saving

  function tell(id) {
    byId("offline").hidden = id !== "offline";
    byId("refused").hidden = id !== "refused";
    byId("saved").hidden = Boolean(id);
  }

  function draw(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const sent = page.getElementById("sent");
    for (const id of ["outline", "gate", "gate-count", "saved"]) {
      const [now, then] = [page.getElementById(id), byId(id)];
      const isNew = now && now.outerHTML !== then.outerHTML;
      if (isNew && !then.contains(document.activeElement)) then.replaceWith(now);
    }
    return sent;
  }

  const since = (address) => `${address}?revision=${byId("saved").dataset.revision}`;

  async function ask(address, options = {}) {
    const answer = await fetch(address, {
      headers: { "HX-Request": "true" },
      redirect: "manual",
      ...options,
    });
    if (answer.status >= BROKEN) throw new Error("The server cannot answer now.");
    return answer.ok ? draw(await answer.text()) : null;
  }

  async function send(form) {
    const text = typed(form);
    const body = new URLSearchParams(new FormData(form));
    const keepalive = String(body).length < MOST_KEPT_ALIVE;
    try {
      const sent = await ask(since(form.action), { method: "POST", body, keepalive });
      if (!sent?.dataset.textRevision) {
        byHand = true;
        tell("refused");
        return;
      }
      form.elements.revision.value = sent.dataset.textRevision;
      stored = text;
      tell("");
      if (isTyped()) wait();
      else if (byId("kept").hidden) forget();
    } catch {
      tell("offline");
    }
  }

  function save() {
    clearTimeout(timer);
    if (!pending && isTyped() && !byHand) {
      pending = send(section()).finally(() => (pending = null));
    }
    return pending ?? Promise.resolve();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  // --- Other people's changes, and a line that comes back

  async function look() {
    if (document.hidden || pending) return;
    if (isTyped() && !byHand) {
      await save();
      return;
    }
    try {
      await ask(since(byId("dock").dataset.state));
      if (!byHand) tell("");
    } catch {
      // No connection, and nothing to save.
    }
  }

  // --- Rows

  /** What is no page of this section is not for here: the browser goes there itself. */
  function elsewhere(event) {
    const { xhr, requestConfig } = event.detail;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    if (page.getElementById("dock")?.dataset.state === byId("dock").dataset.state) {
      if (!section() && page.getElementById("section")) {
        byId("text").replaceWith(page.getElementById("text"));
        begin();
      }
      return;
    }
    event.detail.shouldSwap = false;
    leaving = true;
    const { elt, path, verb } = requestConfig;
    const isSame = new URL(xhr.responseURL).pathname === new URL(path, location.href).pathname;
    if (verb === "get") location.assign(elt.href ?? xhr.responseURL);
    else if (isSame) elt.submit(); // nothing was done: it is refused again, as a page
    else location.assign(xhr.responseURL);
  }

  function begin() {
    stored = section() ? typed(section()) : "";
    byHand = section()?.dataset.byHand !== undefined;
    offer();
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    next = byId("row")?.dataset.then ?? "";
    elsewhere(event);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "rows" && event.detail.target?.id !== "rows") return;
    rowIsTyped = false;
    tell("");
    if (next && !byId("row")) byId(next)?.focus();
  });
  document.addEventListener("htmx:sendError", () => tell("offline"));

  document.addEventListener("input", (event) => {
    if (event.target.form === section() && section()) {
      keep();
      if (!byHand) wait();
    }
    if (event.target.form?.id === "row") rowIsTyped = true;
  });
  document.addEventListener("focusout", (event) => {
    if (section() && event.target.form === section()) save();
  });
  document.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.target !== section()) {
      leaving = event.target.closest("#rows") === null;
    } else if (pending) {
      event.preventDefault();
      pending.then(() => {
        leaving = true;
        section().submit();
      });
    } else {
      leaving = true;
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.name === "put-back") putBack();
    if (event.target.name === "throw-away") {
      forget();
      byId("kept").hidden = true;
    }
    const link = event.target.closest?.("a[href]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    const stays = link?.closest("[hx-boost=true]") && link.getAttribute("hx-boost") !== "false";
    if (!link || !isPlain || stays || link.getAttribute("href").startsWith("#")) return;
    if ((pending || isTyped()) && !byHand) {
      event.preventDefault();
      save().then(() => location.assign(link.href));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (isTyped() || rowIsTyped)) event.preventDefault();
  });

  begin();
  setInterval(look, ROUND);
  window.addEventListener("online", look);
})();

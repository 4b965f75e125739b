// Pages of rows, where there is script: each row that somebody typed into is saved by
// itself, and what the server says of it is put in without moving the cursor.
"use strict";

(() => {
  const PAUSE = 2000; // milliseconds without a key before rows are saved
  const AGAIN = 5000; // milliseconds until what could not be sent is sent again
  const BROKEN = 500; // from this status on, the same rows may be taken later

  const byId = (id) => document.getElementById(id);
  const grid = byId("grid");
  if (!grid) return;

  const known = new Map(); // each row as the server has it
  const refused = new Map(); // each row as the server would not take it
  let pending = null;
  let timer = 0;
  let leaving = false;
  let byHand = false; // whether only the button can save, which shows a page

  const rows = () => [...grid.querySelectorAll("[data-row]")];
  const rowOf = (element) => element.closest?.("[data-row]");
  const fieldsOf = (row) => [...row.querySelectorAll("input, select, textarea")];
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";

  /** What a browser would send of the row. */
  function sentBy(row) {
    const found = {};
    for (const field of fieldsOf(row)) {
      if (!isBox(field) || field.checked) found[field.name] = field.value;
    }
    return found;
  }

  const text = (row) => JSON.stringify(sentBy(row));
  const isTouched = (row) => text(row) !== known.get(row.id);
  const isAsked = (row) => row.querySelector("button[name=mine]") !== null;
  const waits = (row) => isTouched(row) && !isAsked(row) && text(row) !== refused.get(row.id);
  const isUnsaved = () => pending !== null || rows().some((row) => isTouched(row));

  function alertOf(id) {
    for (const one of ["grid-offline", "grid-refused"]) byId(one).hidden = one !== id;
  }

  // --- What the server says of a row

  function counterpart(row, field) {
    return field.id ? byId(field.id) : row.querySelector(`[name="${field.name}"]`);
  }

  /** A field takes what the server has, unless somebody typed on meanwhile. */
  function fill(row, field, before, now, force) {
    const mine = counterpart(row, field);
    if (!mine) return;
    mine.className = field.className;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (field.hasAttribute(name)) mine.setAttribute(name, field.getAttribute(name));
      else mine.removeAttribute(name);
    }
    const untouched = before[field.name] === now[field.name];
    if (!force && (!untouched || mine === document.activeElement)) return;
    if (isBox(field)) mine.checked = field.checked;
    else mine.value = field.value;
  }

  const names = (element) => fieldsOf(element).map((field) => field.name).join();

  /** The row beneath, with its fields only if they are others than before. */
  function putBeneath(row, answer) {
    const [mine, theirs] = [row, answer].map((one) => one.querySelector(".msg"));
    if (mine && theirs && names(mine) === names(theirs)) return;
    if (mine && theirs) mine.replaceWith(theirs.cloneNode(true));
    else if (theirs) row.append(theirs.cloneNode(true));
    else mine?.remove();
  }

  /** For whoever does not see that something appeared beneath the row. */
  function sayOf(row, answer) {
    const said = answer.querySelector('[data-part="says"]')?.textContent.trim();
    const name = row.querySelector("th, summary b, label").textContent.trim();
    if (said) byId("grid-says").textContent = `${name}: ${said.replace(/\s+/g, " ")}`;
  }

  function put(row, answer, before, force) {
    const now = sentBy(row);
    const isSame = JSON.stringify(before) === JSON.stringify(now);
    putBeneath(row, answer);
    for (const part of answer.querySelectorAll("[data-part]")) {
      row.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(part.cloneNode(true));
    }
    for (const field of fieldsOf(answer)) fill(row, field, before, now, force);
    sayOf(row, answer);
    const wrong = answer.querySelector("[aria-invalid], button[name=mine]");
    if (wrong) refused.set(row.id, text(row));
    else refused.delete(row.id);
    known.set(row.id, wrong || !isSame ? "" : text(row));
  }

  /** How many figures of the indicator are entered, where one chooses among them. */
  function putCount(count) {
    const options = [...(byId("chosen")?.options ?? [])];
    const own = options.find((option) => option.value === count?.dataset.indicator);
    if (own) own.text = count.textContent.trim();
  }

  function draw(html, sent, force) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const state = page.getElementById("state");
    if (!state) throw new Error("This is no answer to rows.");
    byId("state").innerHTML = state.innerHTML;
    putCount(page.getElementById("chosen-count"));
    for (const [row, before] of sent) {
      const answer = page.getElementById(row.id);
      if (answer) put(row, answer, before, force);
    }
  }

  // --- Saving

  function body(sent, more) {
    const found = new URLSearchParams(more);
    for (const field of grid.elements) {
      if (field.name && !rowOf(field) && field.type !== "submit") found.set(field.name, field.value);
    }
    for (const fields of sent.values()) {
      for (const [name, value] of Object.entries(fields)) found.set(name, value);
    }
    return found;
  }

  async function send(some, more = {}) {
    const sent = new Map(some.map((row) => [row, sentBy(row)]));
    try {
      const answer = await fetch(grid.action, {
        method: "POST",
        headers: { "HX-Request": "true" },
        redirect: "manual",
        body: body(sent, more),
      });
      if (answer.status >= BROKEN) throw new Error("The server cannot answer now.");
      byHand = !answer.ok;
      if (answer.ok) draw(await answer.text(), sent, "theirs" in more);
      alertOf(byHand ? "grid-refused" : "");
    } catch {
      alertOf("grid-offline");
      wait(AGAIN);
      return;
    }
    if (!byHand && rows().some(waits)) wait(PAUSE);
  }

  function save() {
    clearTimeout(timer);
    const some = rows().filter(waits);
    if (!pending && some.length && !byHand) {
      pending = send(some).finally(() => (pending = null));
    }
    return pending ?? Promise.resolve();
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  /** Somebody decides between two versions of a row. */
  async function decide(button) {
    await pending;
    const more = button.name === "theirs" ? { theirs: button.value } : {};
    const row = rowOf(button);
    const first = fieldsOf(row).find((field) => field.type !== "hidden");
    pending = send([row], more).finally(() => (pending = null));
    await pending;
    first?.focus();
  }

  /** A number, and the boxes that say that there is none, take turns. */
  function takeTurns(field) {
    const row = rowOf(field);
    const [, what] = field.name.match(/-(value|numerator|denominator|nil|not_available)$/) ?? [];
    if (!what) return;
    const isTicked = isBox(field) && field.checked;
    if (isBox(field) ? !isTicked : !field.value.trim()) return;
    for (const other of fieldsOf(row)) {
      if (other === field || other.type === "hidden") continue;
      if (/-(nil|not_available)$/.test(other.name)) other.checked = false;
      if (isTicked && /-(value|numerator|denominator)$/.test(other.name)) other.value = "";
    }
  }

  grid.addEventListener("input", ({ target }) => {
    if (!rowOf(target)) return;
    takeTurns(target);
    wait(isBox(target) ? 0 : PAUSE);
  });
  grid.addEventListener("focusout", ({ target, relatedTarget }) => {
    const row = rowOf(target);
    if (row && !(relatedTarget && row.contains(relatedTarget))) save();
  });
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=mine], button[name=theirs]");
    if (!button) return;
    event.preventDefault();
    decide(button);
  });
  grid.addEventListener("submit", (event) => {
    clearTimeout(timer);
    leaving = pending === null;
    if (leaving) return;
    event.preventDefault();
    pending.then(() => grid.requestSubmit(event.submitter));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.dataset.everywhere !== undefined) {
      for (const row of rows()) {
        const said = sentBy(row);
        if (said[`${row.id}-value`] || `${row.id}-nil` in said) known.set(row.id, "");
      }
      save();
    }
    if (target.closest("[data-chooser]")) save().then(() => target.form.requestSubmit());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !isPlain || link.getAttribute("href").startsWith("#")) return;
    if (!isUnsaved() || byHand) return;
    event.preventDefault();
    save().then(() => location.assign(link.href));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isUnsaved()) event.preventDefault();
  });
  window.addEventListener("online", save);
  window.addEventListener("pageshow", () => (leaving = false));

  for (const row of rows()) known.set(row.id, text(row));
  for (const row of rows()) {
    if (!row.querySelector("[aria-invalid], button[name=mine]")) continue;
    refused.set(row.id, text(row));
    known.set(row.id, "");
  }
})();

// Tables of fields under the hands of somebody who knows a spreadsheet: keys move from
// cell to cell, a column from a spreadsheet fills the cells below, Escape and Ctrl+Z
// take it back.
"use strict";

(() => {
  const grid = document.getElementById("grid");
  const says = document.getElementById("grid-says");
  if (!grid || !says) return;

  const keys = document.getElementById("grid-keys");
  if (keys) keys.hidden = false;

  const NOTHING = new Set(["", "-", "–", "—"]); // empty cells of a spreadsheet
  const FIGURE = /-(value|numerator|denominator|answer)$/; // fields of the figure itself
  const DAY = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

  let before = null; // what stood in the cell when somebody came to it
  let pasted = []; // the cells that the last paste filled, with what stood there

  const lines = () => [...grid.querySelectorAll("tbody[data-row]")];
  const isText = (field) => field.tagName === "INPUT" && field.type === "text";
  const columnOf = (field) => field.name.slice(field.closest("[data-row]").id.length + 1);

  function cellsOf(line) {
    const fields = line.querySelectorAll("tr:first-child :is(input, select)");
    return [...fields].filter((field) => field.type !== "hidden");
  }

  const isCell = (field) =>
    Boolean(field.closest?.("tbody[data-row] > tr:first-child") && field.matches("input, select"));

  function go(field) {
    field.focus();
    if (isText(field)) field.select();
  }

  /** Rows without such a cell, as those of filed reports, are passed over. */
  function down(field, step) {
    const all = lines();
    const column = columnOf(field);
    let at = all.indexOf(field.closest("[data-row]")) + step;
    for (; all[at]; at += step) {
      const found = cellsOf(all[at]).find((one) => columnOf(one) === column);
      if (found) return go(found);
    }
    return undefined;
  }

  /** Through all figures, of a share first the part, then the whole; then to the button. */
  function onward(field, step) {
    const figures = new Map();
    for (const one of lines().flatMap(cellsOf)) {
      if (FIGURE.test(one.name) && !figures.has(one.name)) figures.set(one.name, one);
    }
    const names = [...figures.keys()];
    const next = figures.get(names[names.indexOf(field.name) + step]);
    if (next) go(next);
    else if (step > 0) grid.querySelector(".dock .btn-primary")?.focus();
  }

  function across(field, step) {
    const cells = cellsOf(field.closest("[data-row]"));
    const next = cells[cells.indexOf(field) + step];
    if (next) go(next);
    return Boolean(next);
  }

  /** Whether the next step of the caret would leave the text; a selected one is left. */
  function isAtEdge({ selectionStart, selectionEnd, value }, step) {
    const isWhole = selectionStart === 0 && selectionEnd === value.length;
    const edge = step < 0 ? 0 : value.length;
    return isWhole || (selectionStart === edge && selectionEnd === edge);
  }

  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);

  function set(field, to) {
    if (field.type === "checkbox") field.checked = to;
    else field.value = to;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function takeBack() {
    for (const [field, was] of pasted.reverse()) set(field, was);
    pasted = [];
    tell(says.dataset.undone);
  }

  function tell(words) {
    says.textContent = words;
    const seen = document.getElementById("grid-pasted");
    seen.textContent = words;
    seen.hidden = false;
  }

  // --- Pasting

  /** What a cell takes of the text, or nothing where it does not fit. */
  function fitting(field, text) {
    if (field.tagName === "SELECT") {
      const word = text.toLowerCase();
      const options = [...field.options].find(
        (one) => one.text.toLowerCase() === word || one.value.toLowerCase() === word,
      );
      return options?.value;
    }
    if (field.type === "date") {
      const [, day, month, year] = text.match(DAY) ?? [];
      const iso = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
      return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? iso : undefined;
    }
    return isText(field) ? text : undefined;
  }

  function pasteInto(field, text) {
    const plain = text.replace(/\u00a0/g, " ").trim();
    const fits = field && !NOTHING.has(plain) ? fitting(field, plain) : undefined;
    if (fits === undefined) return false;
    pasted.push([field, value(field)]);
    set(field, fits);
    return true;
  }

  /** From the cell on to the right and downwards, as in a spreadsheet. */
  function pasteBlock(first, block) {
    const all = lines();
    const top = all.indexOf(first.closest("[data-row]"));
    const columns = cellsOf(all[top]).filter((one) => one.type !== "checkbox").map(columnOf);
    const left = columns.indexOf(columnOf(first));
    let [filled, skipped] = [0, 0];
    pasted = [];
    block.forEach((texts, y) => {
      const cells = all[top + y] ? cellsOf(all[top + y]) : [];
      texts.forEach((text, x) => {
        const field = cells.find((one) => columnOf(one) === columns[left + x]);
        if (pasteInto(field, text)) filled += 1;
        else skipped += 1;
      });
    });
    tell(`${says.dataset.filled}: ${filled}; ${says.dataset.skipped}: ${skipped}`);
  }

  grid.addEventListener("paste", (event) => {
    if (!isCell(event.target)) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    pasteBlock(event.target, text.split("\n").map((line) => line.split("\t")));
  });

  // --- Keys

  const KEYS = {
    Enter: (field, { shiftKey }) =>
      (FIGURE.test(field.name) ? onward : down)(field, shiftKey ? -1 : 1),
    Escape: (field) => before?.field === field && set(field, before.value),
  };

  function arrow(field, key) {
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!isText(field) && field.type !== "checkbox") return false;
      down(field, key === "ArrowDown" ? 1 : -1);
      return true;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!step || (isText(field) && !isAtEdge(field, step))) return false;
    return (isText(field) || field.type === "checkbox") && across(field, step);
  }

  grid.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if ((event.ctrlKey || event.metaKey) && key === "z" && pasted.length) {
      event.preventDefault();
      takeBack();
      return;
    }
    if (!isCell(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (KEYS[key]) {
      event.preventDefault();
      KEYS[key](target, event);
    } else if (!event.shiftKey && arrow(target, key)) {
      event.preventDefault();
    }
  });
  function remember({ target }) {
    if (isCell(target)) before = { field: target, value: value(target) };
  }

  grid.addEventListener("focusin", remember);
  remember({ target: document.activeElement }); // the cursor may stand there from the start
  // Typing by hand after a paste makes Ctrl+Z the browser's own again.
  grid.addEventListener("input", ({ isTrusted }) => {
    if (isTrusted) pasted = [];
  });
})();

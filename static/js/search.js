// Suggestions under the search box. What fetches them is loaded when somebody comes to
// the box, not before: most visitors read. Without any script the box is a form, and
// leaving it hides the suggestions by the stylesheet alone.
const box = document.getElementById("q");

function load() {
  const script = document.createElement("script");
  script.src = box.dataset.htmx;
  document.head.append(script);
}

function loadOnce() {
  // It looks for its attributes in a page that is complete.
  if (document.readyState === "complete") load();
  else addEventListener("load", load);
}

if (document.activeElement === box) loadOnce();
else box.addEventListener("focus", loadOnce, { once: true });

// Escape puts the suggestions away.
document.addEventListener("keydown", (event) => {
  const list = document.getElementById("suggestions");
  if (event.key !== "Escape" || !list.childElementCount) return;
  box.dispatchEvent(new Event("htmx:abort"));
  list.replaceChildren();
  document.getElementById("suggestion-count").textContent = "";
  box.focus();
  // Else the browser would empty the box as well.
  event.preventDefault();
});

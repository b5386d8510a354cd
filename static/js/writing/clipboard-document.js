// HTML of a clipboard as an inert document (nothing is fetched, no script runs) whose styles can be read as text.

// Even a document that is never shown reports every style attribute and element to a strict style-src, and empties
// `element.style`: Word's clipboard would give hundreds of violations; a base is reported too. So these are renamed before
// anything is parsed.
const renamed = (html) => html.replace(/<style\b[\s\S]*?(<\/style\s*>|$)/gi, "").replace(/<(base|meta|link)\b/gi, "<br data-was=$1 hidden")
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, "$1data-style"));
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

const LOOKS = /(?:^|;)\s*((?:font-weight|font-style|font-variant|color|background|background-color|text-align|text-transform)\s*:[^;]*)/gi;

// Excel, and Word for styles of an office's own, say by classes what is bold or centred: {class: its declarations}.
function classes(html) {
  const found = new Map();
  (html.match(/<style\b[\s\S]*?(<\/style\s*>|$)/gi) || []).forEach((sheet) => {
    for (const [, names, body] of sheet.replace(/<[^>]*>|<!--|-->|\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
      const looks = [...body.matchAll(LOOKS)].map(([, look]) => look).join(";");
      if (!looks) continue;
      names.split(",").map((name) => /^\s*[a-z0-9]*\.([\w-]+)\s*$/i.exec(name)?.[1]).filter(Boolean)
        .forEach((name) => found.set(name, `${looks};${found.get(name) || ""}`));
    }
  });
  return found;
}

// What a node says itself counts before what its class says.
function dress(doc, looks) {
  if (looks.size) doc.querySelectorAll("[class]").forEach((node) => {
    const said = [...node.classList].map((name) => looks.get(name)).filter(Boolean);
    if (said.length) node.dataset.style = [node.dataset.style || "", ...said].join(";");
  });
}

// The words of a text box stand in a comment for Word alone, beside its picture: they go behind the paragraph that holds it.
function openBoxes(doc) {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT), found = [];
  while (walker.nextNode()) if (walker.currentNode.data.includes("<v:textbox")) found.push(walker.currentNode);
  const said = found.length ? doc.body.textContent.replace(/\s+/g, " ") : "";
  found.forEach((comment) => {
    const box = parsed(comment.data.match(/<v:textbox[\s\S]*?(<\/v:textbox>|$)/gi).join("")).body, words = box.textContent.replace(/\s+/g, " ").trim();
    if (!words || said.includes(words)) return;
    const place = doc.createElement("div"), around = comment.parentElement.closest("p, h1, h2, h3, h4, h5, h6, li");
    place.className = "text-box";
    place.append(...box.childNodes);
    if (around) around.after(place);
    else comment.after(place);
  });
}

export function documentOf(html) {
  const doc = parsed(renamed(html));
  dress(doc, classes(html));
  openBoxes(doc);
  return doc;
}

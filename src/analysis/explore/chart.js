// The chart that answers: small multiples of yearly points. Hover or focus a point for its value, click it (or Enter) for its source.
// Words of documents reach the page as text nodes only.
const NS = "http://www.w3.org/2000/svg";
const WIDTH = 330, HEIGHT = 190, LEFT = 62, RIGHT = 14, TOP = 12, BOTTOM = 26;

function node(parent, name, attributes, text) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

function element(parent, name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

// Round steps of 1, 2 or 5 times a power of ten, from nought.
function ticks(most) {
  const rough = (most || 1) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  const found = [];
  for (let n = 0; n <= most + step * 1e-9; n += step) found.push(n);
  return found;
}

function short(number, locale) {
  return new Intl.NumberFormat(locale, { notation: Math.abs(number) >= 1e5 ? "compact" : "standard", maximumFractionDigits: 2 }).format(number);
}

function years(first, last) {
  const every = Math.max(1, Math.ceil((last - first) / 6));
  const found = [];
  for (let year = first; year <= last; year += every) found.push(year);
  return found;
}

// Runs of printed years that a line may join: none missing, no break between.
function runs(points, breaks) {
  const printed = points.filter(point => point.origin === "printed").sort((a, b) => a.year - b.year);
  const found = [];
  for (const point of printed) {
    const run = found.at(-1), before = run && run.at(-1);
    if (before && point.year === before.year + 1 && !breaks.includes(point.year)) run.push(point);
    else found.push([point]);
  }
  return found.filter(run => run.length > 1);
}

function drawPanel(root, panel, span, answers, words) {
  const figure = element(root, "figure", "tongbi-panel");
  element(figure, "figcaption", "", panel.unit ? `${panel.name} (${panel.unit})` : panel.name);
  const svg = node(figure, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": panel.name });
  const [first, last] = span;
  const lows = panel.points.map(point => point.low), highs = panel.points.map(point => point.high);
  const least = Math.min(0, ...lows), most = Math.max(...highs, least + 1e-9) * (Math.max(...highs) > 0 ? 1.08 : 1);
  const x = year => LEFT + (last === first ? 0.5 : (year - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const y = value => HEIGHT - BOTTOM - (value - least) / (most - least || 1) * (HEIGHT - TOP - BOTTOM);
  for (const tick of ticks(most)) {
    node(svg, "line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: "rule" });
    node(svg, "text", { x: LEFT - 6, y: y(tick) + 3, "text-anchor": "end", class: "tick" }, short(tick, words.locale));
  }
  for (const year of years(first, last)) node(svg, "text", { x: x(year), y: HEIGHT - 8, "text-anchor": "middle", class: "tick" }, year);
  for (const year of panel.breaks) node(svg, "line", { x1: x(year - 0.5), x2: x(year - 0.5), y1: TOP, y2: HEIGHT - BOTTOM, class: "break" });
  const middle = point => (point.low + point.high) / 2;
  for (const run of runs(panel.points, panel.breaks))
    node(svg, "polyline", { points: run.map(point => `${x(point.year)},${y(middle(point))}`).join(" "), class: "line" });
  const radius = panel.points.length > 12 ? 3.2 : 4.5;
  for (const point of panel.points) {
    if (point.high > point.low) node(svg, "line", { x1: x(point.year), x2: x(point.year), y1: y(point.low), y2: y(point.high), class: "range" });
    const mark = node(svg, "circle", {
      cx: x(point.year), cy: y(middle(point)), r: radius, class: `point ${point.origin}`, tabindex: 0, role: "button",
      "aria-label": point.said, "data-id": point.id,
    });
    mark.addEventListener("mouseenter", () => answers.show(point, mark));
    mark.addEventListener("focus", () => answers.show(point, mark));
    mark.addEventListener("mouseleave", answers.hide);
    mark.addEventListener("blur", answers.hide);
    mark.addEventListener("click", () => answers.pick(point));
    mark.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); answers.pick(point); }
      if (event.key === "Escape") answers.hide();
    });
  }
}

// A cell that a spreadsheet would run as a formula is made text.
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

function asCsv(panels) {
  const head = ["indicator", "unit", "year", "low", "high", "value", "origin", "verdict", "sentence", "source"];
  const rows = panels.flatMap(panel => panel.points.map(p =>
    [panel.name, panel.unit, p.year, p.low, p.high, p.value, p.origin, p.verdict, p.sentence, p.source]));
  return "\ufeff" + [head, ...rows].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// All panels in one picture, with the style they are shown in.
function asSvg(root, style) {
  const shown = [...root.querySelectorAll("figure")], columns = Math.min(3, shown.length), height = HEIGHT + 22;
  const picture = document.createElementNS(NS, "svg");
  picture.setAttribute("xmlns", NS);
  picture.setAttribute("viewBox", `0 0 ${columns * WIDTH} ${Math.ceil(shown.length / columns) * height}`);
  node(picture, "style", {}, style);
  shown.forEach((figure, at) => {
    const place = node(picture, "g", { transform: `translate(${(at % columns) * WIDTH},${Math.floor(at / columns) * height})`, class: "tongbi-panel" });
    node(place, "text", { x: 6, y: 14, class: "title" }, figure.querySelector("figcaption").textContent);
    const inner = node(place, "g", { transform: "translate(0,20)" });
    for (const child of figure.querySelector("svg").children) inner.append(child.cloneNode(true));
  });
  return new XMLSerializer().serializeToString(picture);
}

function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const STYLE = `
.tongbi-panel .rule { stroke: #d9d9d9; stroke-width: 0.6; }
.tongbi-panel .tick { font: 10px sans-serif; fill: #595959; }
.tongbi-panel .title { font: 600 12px sans-serif; fill: #1a1a1a; }
.tongbi-panel .break { stroke: #595959; stroke-dasharray: 3 3; }
.tongbi-panel .line { fill: none; stroke: #1f5a8a; stroke-width: 1.4; }
.tongbi-panel .range { stroke: #1f5a8a; stroke-width: 6; stroke-opacity: 0.35; }
.tongbi-panel .point { fill: #1f5a8a; stroke: #1f5a8a; stroke-width: 1.4; cursor: pointer; }
.tongbi-panel .implied { fill: #ffffff; }
.tongbi-panel .point:focus { outline: none; stroke: #b34700; stroke-width: 3; }
`;

function render({ model, el }) {
  el.classList.add("tongbi-chart");
  element(el, "style", "", STYLE);
  const tools = element(el, "div", "tongbi-tools"), grid = element(el, "div", "tongbi-panels");
  const tip = element(el, "div", "tongbi-tip");
  tip.setAttribute("role", "status");
  tip.hidden = true;
  const answers = {
    show(point, mark) {
      tip.replaceChildren();
      element(tip, "strong", "", point.value);
      element(tip, "div", "", `${point.year} · ${point.verdict}`);
      element(tip, "div", "tongbi-sentence", point.sentence);
      tip.hidden = false;
      const box = el.getBoundingClientRect(), at = mark.getBoundingClientRect();
      tip.style.left = `${Math.min(Math.max(at.left - box.left - 40, 0), Math.max(box.width - 320, 0))}px`;
      tip.style.top = `${at.bottom - box.top + 8}px`;
    },
    hide() { tip.hidden = true; },
    pick(point) { model.set("picked", ""); model.set("picked", point.id); model.save_changes(); },
  };
  const button = (label, act) => {
    const made = element(tools, "button", "jupyter-button", label);
    made.type = "button";
    made.addEventListener("click", act);
  };
  const words = model.get("words");
  button(words.csv, () => save("tongbi.csv", "text/csv", asCsv(model.get("panels"))));
  button(words.picture, () => save("tongbi.svg", "image/svg+xml", asSvg(grid, STYLE)));
  // The page of a document is opened from memory: nothing is written, and it runs no script but its own.
  const link = element(el, "a", "tongbi-document", words.document);
  link.target = "_blank";
  link.hidden = true;
  let address = "";
  model.on("change:document", () => {
    const found = model.get("document");
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([found.html], { type: "text/html" }));
    link.href = `${address}#${found.at}`;
    link.hidden = false;
  });
  const draw = () => {
    grid.replaceChildren();
    answers.hide();
    for (const panel of model.get("panels")) drawPanel(grid, panel, model.get("span"), answers, model.get("words"));
  };
  model.on("change:panels", draw);
  draw();
}

export default { render };

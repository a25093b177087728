// Draws every element with `data-chart`: the address of a Vega-Lite specification. Expressions are interpreted, never compiled,
// so that the page's policy can forbid `eval`; colours come from the style sheet, so that charts follow the theme.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function theme() {
  const ink = colour("ink"), dim = colour("dim"), line = colour("line");
  return {
    background: "transparent",
    view: { stroke: "transparent" },
    axis: { labelColor: dim, titleColor: dim, gridColor: line, domainColor: dim, tickColor: dim, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    title: { color: dim },
    legend: { labelColor: ink, labelFontSize: 12, symbolSize: 90 },
    line: { color: ink },
    rule: { color: dim },
    range: { category: [colour("coop"), colour("conf")] },
  };
}

async function script() {
  for (let tries = 0; !window.vegaEmbed && tries < 600; tries += 1) await new Promise((done) => setTimeout(done, 50));
  return window.vegaEmbed;
}

// Marks that lead somewhere are reached with Tab, walked with the arrow keys and followed with Enter.
function walk(place) {
  const marks = [...place.querySelectorAll(".mark-symbol path[aria-label]")].filter((mark) => mark.__data__?.href);
  marks.sort((one, other) => one.getBoundingClientRect().x - other.getBoundingClientRect().x);
  marks.forEach((mark, at) => {
    mark.setAttribute("role", "link");
    mark.setAttribute("tabindex", at ? "-1" : "0");
    mark.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
      if (marks[to]) {
        mark.setAttribute("tabindex", "-1");
        marks[to].setAttribute("tabindex", "0");
        marks[to].focus();
      } else if (event.key === "Enter") location.assign(mark.__data__.href);
      else return;
      event.preventDefault();
    });
  });
}

async function draw(place) {
  const answer = await fetch(place.dataset.chart);
  if (!answer.ok) throw new Error(`${place.dataset.chart}: ${answer.status}`);
  const spec = await answer.json();
  place.hidden = Boolean(spec.usermeta?.empty);
  const embed = await script();
  const calm = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, config: theme() };
  await embed(place, spec, calm);
  walk(place);
  place.dataset.drawn = "yes";
}

for (const place of document.querySelectorAll("[data-chart]")) {
  draw(place).catch((error) => {
    place.textContent = `The chart cannot be drawn (${error.message}). The table below holds its numbers.`;
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
});

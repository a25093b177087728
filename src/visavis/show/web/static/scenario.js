// The sliders of a scenario: after each move the same page is asked for with the numbers in its address, and what follows takes its place.
const form = document.getElementById("numbers");
const FOLLOW = ["verdict", "answer"];
let asked = new AbortController();
let waiting = 0;

function address() {
  const query = new URLSearchParams();
  if (form.dataset.run) query.set("run", form.dataset.run);
  if (form.dataset.seed !== "1") query.set("seed", form.dataset.seed);
  for (const slider of form.querySelectorAll("input[type=range]")) {
    const stated = Number(slider.dataset.stated);
    if (Math.abs(slider.valueAsNumber - stated) > Number(slider.step) / 2) query.append("at", `${slider.name}:${slider.value}`);
  }
  const path = form.getAttribute("action").split("?")[0];
  return query.size ? `${path}?${query}` : path;
}

async function follow() {
  asked.abort();
  asked = new AbortController();
  const here = address();
  form.dataset.state = "working";
  const reply = await fetch(here, { signal: asked.signal });
  if (!reply.ok) throw new Error(`${here}: ${reply.status}`);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  for (const id of FOLLOW) document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  history.replaceState(null, "", here);
  form.dataset.state = "shown";
}

function moved(slider) {
  const label = slider.closest("label");
  label.querySelector("output").value = Number(slider.valueAsNumber.toPrecision(4));
  label.classList.toggle("moved", Math.abs(slider.valueAsNumber - Number(slider.dataset.stated)) > Number(slider.step) / 2);
  clearTimeout(waiting);
  waiting = setTimeout(() => follow().catch((error) => { if (error.name !== "AbortError") location.assign(address()); }), 200);
}

if (form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => { if (event.target.type === "range") moved(event.target); });
  form.dataset.state = "shown";
}

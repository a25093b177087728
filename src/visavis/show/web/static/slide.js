// A form with `data-slides` follows its fields at once: the page that it asks for is fetched, and what stands there in the element that
// `data-slides` names (one or more) takes its place here. The address follows, so that it can be copied; a form with `data-load` leaves it as it is,
// and first takes its own fields (`#when`) and the element from the page at that address.
const asked = new WeakMap();

async function parts(address, names, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const scrolled = document.querySelector(".picture")?.scrollLeft;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of names) {
    const found = page.getElementById(name);
    if (found) document.getElementById(name)?.replaceWith(document.adoptNode(found));
  }
  const picture = document.querySelector(".picture");
  if (picture) picture.scrollLeft = scrolled ?? middle(picture);
}

// Where a picture that is wider than the window is shown first.
function middle(picture) {
  return (picture.scrollWidth - picture.clientWidth) / 2;
}

async function follow(form) {
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  asked.get(form)?.abort();
  const one = new AbortController();
  asked.set(form, one);
  await parts(address, form.dataset.slides.split(" "), one.signal);
  const heading = document.querySelector("h1");
  if (!form.dataset.load && heading) document.title = `${heading.textContent.trim()} · Visavis`;
  if (!form.dataset.load) history.replaceState(null, "", address);
  form.dataset.shown = form.elements.at?.value ?? "";
}

function ready(form) {
  const slider = form.querySelector("[data-slide]");
  const list = slider && form.elements[slider.dataset.slide];
  const say = () => slider.setAttribute("aria-valuetext", list.selectedOptions[0].textContent);
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => follow(form).catch((error) => { if (error.name !== "AbortError") form.submit(); }), 150);
  };
  if (slider) {
    slider.closest("[hidden]").hidden = false;
    slider.addEventListener("input", () => { list.selectedIndex = Number(slider.value); say(); soon(); });
    list.addEventListener("change", () => { slider.value = list.selectedIndex; say(); });
    say();
  }
  form.addEventListener("change", (event) => { if (event.target !== slider) soon(); });
  form.dataset.ready = "yes";
}

for (const form of document.querySelectorAll("form[data-slides]")) {
  const load = form.dataset.load;
  if (load) parts(load, ["when", ...form.dataset.slides.split(" ")]).then(() => ready(form), () => { form.dataset.ready = "no"; });
  else ready(form);
}
for (const picture of document.querySelectorAll(".picture")) picture.scrollLeft = middle(picture);

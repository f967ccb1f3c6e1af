"use strict";
(() => {
  const body = document.querySelector(".matrix tbody");
  const rows = [...body.rows];
  const find = document.getElementById("find"), show = document.getElementById("show"), count = document.getElementById("count");
  document.querySelector(".controls").hidden = false;

  const texts = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));
  const wanted = {
    all: () => true,
    needs: (row) => row.classList.contains("needy"),
    open: (row) => row.querySelector("td.open, td.unclear, td.absent, td.none, td.ungradable") !== null,
  };
  const filter = () => {
    const words = find.value.trim().toLowerCase();
    let seen = 0;
    for (const row of rows) {
      row.hidden = !(texts.get(row).includes(words) && wanted[show.value](row));
      seen += row.hidden ? 0 : 1;
    }
    count.textContent = `${seen} / ${rows.length}`;
  };
  find.addEventListener("input", filter);
  show.addEventListener("change", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  const heads = [...document.querySelectorAll(".matrix thead th")];
  const number = (row, at) => {
    const value = parseFloat(row.cells[at].textContent);
    return Number.isNaN(value) ? -1 : value;
  };
  heads.forEach((head, at) => head.querySelector("button").addEventListener("click", () => {
    // Names begin with the first, points with the most; what has no points comes last then.
    const down = at === 0 ? head.getAttribute("aria-sort") === "ascending" : head.getAttribute("aria-sort") !== "descending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = at === 0 ? (a, b) => texts.get(a).localeCompare(texts.get(b)) : (a, b) => number(a, at) - number(b, at);
    rows.sort((a, b) => (down ? order(b, a) : order(a, b)));
    body.append(...rows);
  }));

  // One stop for Tab in the whole table; arrow keys move inside of it.
  const links = [...body.querySelectorAll("td a")];
  links.forEach((link, at) => { link.tabIndex = at ? -1 : 0; });
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  body.addEventListener("focusin", (event) => {
    links.forEach((link) => { if (link.tabIndex === 0) link.tabIndex = -1; });
    if (event.target.matches("td a")) event.target.tabIndex = 0;
  });
  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const [down, right] = step[event.key] || [0, 0];
    const edge = event.key === "Home" || event.key === "End";
    if (!down && !right && !edge) return;
    event.preventDefault();
    const shown = [...body.rows].filter((row) => !row.hidden);
    let row = shown.indexOf(cell.parentElement), at = edge ? (event.key === "Home" ? 0 : cell.parentElement.cells.length) : cell.cellIndex;
    const across = edge ? (event.key === "Home" ? 1 : -1) : right;
    do {
      row += down;
      at += across;
      const link = shown[row] && shown[row].cells[at] && shown[row].cells[at].querySelector("a");
      if (link) { link.focus(); return; }
    } while (row >= 0 && row < shown.length && at > 0 && at < heads.length);
  });
})();

"use strict";
const form = document.querySelector(".facets");
const rows = [...document.querySelectorAll("tr[data-k]")];
const tables = new Set(rows.map((row) => row.closest("table")));
form.addEventListener("change", () => {
  const wanted = [...form.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
  for (const row of rows) {
    const keys = row.dataset.k.split(" ");
    row.hidden = !wanted.every((key) => keys.includes(key));
  }
  for (const table of tables) {
    table.classList.toggle("none", !table.querySelector("tr[data-k]:not([hidden])"));
  }
  document.body.classList.toggle("chosen", wanted.length > 0);
  const shown = rows.filter((row) => !row.hidden).length;
  form.querySelector("output").value = wanted.length ? `各表共 ${shown} 行；上面的数和曲线仍是全部的` : "";
});
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;

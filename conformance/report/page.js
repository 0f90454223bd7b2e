
"use strict";
const form = document.querySelector(".filters");
const rows = [...document.querySelectorAll(".requirements tbody tr")];

function apply() {
  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
  const [verdicts, levels, origins] = ["verdict", "level", "origin"].map(chosen);
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(verdicts.has(row.dataset.verdict) && levels.has(row.dataset.level)
      && origins.has(row.dataset.origin) && words.every((word) => text.includes(word)));
  }
  const shown = rows.filter((row) => !row.hidden).length;
  form.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
}

form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();

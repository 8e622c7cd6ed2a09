// The calendar under the arrow keys: from one thing to open to the next in that direction. Without it Tab does the same.
const table = document.querySelector("[data-cal]");
const spots = table ? [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a"))) : [];
const AROUND = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

table?.addEventListener("keydown", (event) => {
  const way = AROUND[event.key];
  const cell = event.target.closest("td");
  if (!way || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  let [row, column] = [cell.parentElement.sectionRowIndex + way[0], cell.cellIndex + way[1]];
  while (spots[row]?.[column] !== undefined) {
    if (spots[row][column]) { spots[row][column].focus(); return; }
    row += way[0];
    column += way[1];
  }
});
for (const field of document.querySelectorAll(".cal-pick select, .cal-pick input[type=date]")) {
  field.addEventListener("change", () => { if (field.value || field.tagName === "SELECT") field.form.requestSubmit(); });
}

/** The table that a run prints: one line for each environment. */

const COLUMNS = [
  ['environment', ({ name }) => name],
  ['result', ({ state }) => state],
  ['entry', ({ entry }) => entry],
  ['threads', ({ threads }) => threads],
  ['native', ({ native }) => native],
  ['lanes', ({ lanes }) => lanes],
  ['gap ms', ({ gapMs }) => gapMs],
];

export function formatTable(rows) {
  const cells = [
    COLUMNS.map(([title]) => title),
    ...rows.map((row) => COLUMNS.map(([, cell]) => formatCell(cell(row)))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatCell(value) {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(Math.round(value)) : value;
}

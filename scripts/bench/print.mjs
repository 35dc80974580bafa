// Prints tables of what was measured.

/** @param {string} title */
export function heading(title) {
  process.stdout.write(`\n${title}\n`);
}

/** @param {string} text */
export function note(text) {
  process.stdout.write(`  ${text}\n`);
}

/** @param {Record<string, string | number>[]} rows */
export function table(rows) {
  const names = Object.keys(rows[0]);
  const cells = [
    names,
    ...rows.map(row => names.map(name => String(row[name]))),
  ];
  const widths = names.map((_, column) =>
    Math.max(...cells.map(row => row[column].length)),
  );
  for (const row of cells) {
    const line = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    process.stdout.write(`  ${line.join('  ')}\n`);
  }
}

/** Whether a target is met, as a word. */
export function verdict(isMet) {
  return isMet ? 'met' : 'MISSED';
}

export const ms = value => `${value.toFixed(2)} ms`;
export const ratio = value => `${value.toFixed(2)}×`;
export const count = value => Math.round(value).toLocaleString('en');
export const mib = bytes => `${Math.round(bytes / 2 ** 20)} MiB`;

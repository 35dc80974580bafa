// Reads the list of the scorecard.

/** The titles of the services that are listed, once all of a page are there. */
export async function listedServices(page) {
  const table = page
    .locator('[aria-busy="false"]')
    .getByRole('table', { name: 'Scorecard' });
  await table.getByRole('rowheader').first().waitFor();
  return table
    .getByRole('rowheader')
    .evaluateAll(cells => cells.map(cell => cell.innerText.trim()));
}

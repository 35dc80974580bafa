// Asks axe what is wrong with a page, colour contrast included.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * Fails where axe finds something in what the selectors name. What the portal
 * around the plugin does is left out.
 */
export async function assertAccessible(page, selectors) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async include => {
    const results = await window.axe.run({
      include: include.map(each => [each]),
    });
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => ({
        html: html.slice(0, 200),
        failureSummary,
      })),
    }));
  }, selectors);
  assert.deepEqual(violations, []);
}

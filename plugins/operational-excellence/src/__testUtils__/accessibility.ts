import axe from 'axe-core';

/**
 * What axe finds wrong with an element, a line each. Colours are not checked:
 * jsdom does not lay anything out.
 */
export async function accessibilityViolations(
  element: Element,
): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false } },
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`,
  );
}

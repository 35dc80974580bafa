/** What YAML would read as something else than text. */
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** Text that means itself in YAML, whatever is around it. */
const PLAIN = /^[A-Za-z][\w./-]*$/;

function yamlText(text: string): string {
  return PLAIN.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}

/** An annotation as it stands in the file of an entity. */
export function annotationYaml(given: {
  annotation: string;
  value: string;
}): string {
  return [
    'metadata:',
    '  annotations:',
    `    ${yamlText(given.annotation)}: ${yamlText(given.value)}`,
  ].join('\n');
}

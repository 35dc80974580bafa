import { readFile } from 'fs/promises';
import { builtInFiles } from './builtInFiles';
import { parseTemplate } from './parseTemplate';

const GOOD = `id: small
version: 1.0
title: Small
sections:
  - title: All of it
    items:
      - id: alarms
        question: Are there alarms?
        risk: high
`;

function mistakesOf(text: string): string[] {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') {
      return error.message.split('\n');
    }
    throw error;
  }
  return [];
}

describe('parseTemplate', () => {
  it('reads what comes with the plugin', async () => {
    const templates = await Promise.all(
      builtInFiles.map(async file =>
        parseTemplate(await readFile(file, 'utf8')),
      ),
    );
    expect(
      templates.map(({ template: { id, sections } }) => [
        id,
        sections.flatMap(({ items }) => items).length,
      ]),
    ).toEqual([
      ['production-readiness', 27],
      ['acceptance-retest', 8],
    ]);
  });

  it('gives the same revision to the same content only', () => {
    const { revision } = parseTemplate(GOOD);
    expect(
      parseTemplate(`# The same\n${GOOD.replace('Small', '"Small"')}`).revision,
    ).toBe(revision);
    expect(parseTemplate(GOOD.replace('high', 'low')).revision).not.toBe(
      revision,
    );
  });

  it.each([
    [
      'a missing key',
      'title: Small\n',
      '',
      'line 1, column 1: title: expected string; got nothing',
    ],
    [
      'a wrong value',
      'risk: high',
      'risk: huge',
      'line 9, column 15: sections[0].items[0].risk: expected one of "high"|"medium"|"low"; got "huge"',
    ],
    [
      'a misspelt key',
      'risk: high',
      'risk: high\n        evidense: none',
      'line 10, column 9: sections[0].items[0].evidense: there is no such key',
    ],
    [
      'a key that is twice there',
      'risk: high',
      'risk: high\n        risk: low',
      'line 10, column 9: Map keys must be unique',
    ],
    [
      'a missing key of an item',
      '        risk: high\n',
      '',
      'line 7, column 9: sections[0].items[0].risk: expected one of "high"|"medium"|"low"; got nothing',
    ],
    [
      'an open quote',
      'title: Small',
      'title: "Small',
      'line 10, column 1: Missing closing "quote',
    ],
    [
      'a tag of another language',
      'Small',
      '!!js/function Small',
      'line 3, column 8: Unresolved tag: tag:yaml.org,2002:js/function',
    ],
    [
      'a duration that is none',
      'title: Small',
      'title: Small\nvalidFor: 1 year',
      'line 4, column 11: validFor: expected an ISO 8601 duration longer than zero and no longer than 100 years, such as P90D; got "1 year"',
    ],
  ])('names the place of %s', (_, before, after, message) => {
    expect(GOOD).toContain(before);
    expect(mistakesOf(GOOD.replace(before, after))).toContain(message);
  });

  it('names every mistake in the order of the file', () => {
    expect(
      mistakesOf(GOOD.replace('small', 'Not Small').replace('high', '1')),
    ).toEqual([
      expect.stringMatching(/^line 1, column 5: id: /),
      expect.stringMatching(
        /^line 9, column 15: sections\[0\]\.items\[0\]\.risk: /,
      ),
    ]);
  });

  it.each([
    ['nothing', '', /^line 1, column 1: expected object; got /],
    ['a list', '- a', /^line 1, column 1: expected object; got \["a"\]$/],
    ['two documents', `${GOOD}---\n${GOOD}`, /multiple documents/],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]
`,
      /^line 1, column 1: Excessive alias count/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(mistakesOf(text).join('\n')).toMatch(message);
  });
});

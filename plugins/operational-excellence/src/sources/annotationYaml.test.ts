import { annotationYaml } from './annotationYaml';

const valueOf = (value: string) =>
  annotationYaml({ annotation: 'jira/project-key', value }).replace(
    'metadata:\n  annotations:\n    jira/project-key: ',
    '',
  );

describe('annotationYaml', () => {
  it('is what an entity holds', () => {
    expect(
      annotationYaml({
        annotation: 'github.com/project-slug',
        value: 'acme/payments',
      }),
    ).toBe(
      'metadata:\n  annotations:\n    github.com/project-slug: acme/payments',
    );
  });

  it.each(['PAY', 'acme/payments', 'a.b_c-d/e'])('leaves %s as it is', text => {
    expect(valueOf(text)).toBe(text);
  });

  it.each([
    'NO',
    'true',
    '123',
    '1.0',
    'PAY, OPS',
    'a: b',
    '# none',
    '- x',
    'x\n    other: y',
    '"',
    '',
  ])('quotes %j', text => {
    expect(JSON.parse(valueOf(text))).toBe(text);
  });
});

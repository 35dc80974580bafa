import { MalformedAnnotationError } from 'backstage-plugin-operational-excellence-node';
import { entityQuery } from './entityQuery';
import { namedFacets } from './namedFacets';
import { namedProjects } from './namedProjects';

const INSTANCES = { ids: ['acme', 'legacy'], defaultId: 'legacy' };

function service(annotations: Record<string, string>) {
  return { entityRef: 'component:default/a', title: 'A', annotations };
}

function query(jql: string) {
  return entityQuery(service({ 'jira.com/jql': jql }))?.jql;
}

describe('namedProjects', () => {
  it('joins both annotations, each project once', () => {
    expect(
      namedProjects(
        service({
          'jira/project-key': 'pay, ACME/OPS ,PAY',
          'jira.com/project-key': 'legacy/PAY,default/WEB_2',
        }),
        INSTANCES,
      ),
    ).toEqual([
      { instance: 'legacy', key: 'PAY' },
      { instance: 'acme', key: 'OPS' },
      { instance: 'legacy', key: 'WEB_2' },
    ]);
  });

  it('names the instances where it is given another one', () => {
    expect(() =>
      namedProjects(service({ 'jira.com/project-key': 'foo/PAY' }), INSTANCES),
    ).toThrow(
      'The annotation jira.com/project-key is "foo/PAY"; expected a configured instance before the slash: acme, legacy',
    );
  });

  it('refuses more projects than a service has', () => {
    const value = Array.from({ length: 51 }, (_, i) => `PAY${i}`).join(',');
    expect(() =>
      namedProjects(service({ 'jira/project-key': value }), INSTANCES),
    ).toThrow('at most 50 projects');
  });
});

describe('namedFacets', () => {
  it('asks for nothing where nothing is named', () => {
    expect(namedFacets(service({}))).toEqual([[]]);
  });

  it('asks for one component and one label of those named', () => {
    expect(
      namedFacets(
        service({
          'jira/component': 'Checkout',
          'jira.com/components': 'checkout,API',
          'jira/label': 'Ops',
        }),
      ),
    ).toEqual([
      ['component:checkout', 'label:ops'],
      ['component:api', 'label:ops'],
    ]);
  });
});

describe('entityQuery', () => {
  it.each([
    ['project = PAY', 'project = PAY'],
    ['  project  =\n PAY ORDER BY created DESC', 'project = PAY'],
    ['summary ~ "order by x" order by key', 'summary ~ "order by x"'],
    ['(a = 1 OR b = "x)y")ORDER BY key', '(a = 1 OR b = "x)y")'],
    [`text ~ 'it\\'s' and b = 2`, `text ~ 'it\\'s' and b = 2`],
    ['a = "two  blanks"', 'a = "two  blanks"'],
  ])('reads %s', (given, expected) => {
    expect(query(given)).toBe(expected);
  });

  it.each([
    '',
    '  ',
    'order by key',
    'project = PAY) OR (project is not EMPTY',
    'project = PAY OR (project is not EMPTY',
    ') (',
    'summary ~ "unfinished',
    'summary ~ "unfinished\\"',
    "summary ~ 'unfinished",
    'summary ~ "a" ") OR (project is not EMPTY',
    'a \\" = 1',
    '((((((((((((((((((((((((a = 1))))))))))))))))))))))))',
    `a = ${'x'.repeat(2001)}`,
  ])('refuses %s', given => {
    expect(() => query(given)).toThrow(MalformedAnnotationError);
  });
});

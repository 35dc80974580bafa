import { suggestProject } from './suggestProject';

const suggested = (location: string, baseUrl = 'https://gitlab.com') =>
  suggestProject(
    { annotations: { 'backstage.io/source-location': location } },
    baseUrl,
  ).map(({ value }) => value);

describe('suggestProject', () => {
  it.each([
    'url:https://gitlab.com/acme/team/payments',
    'url:https://gitlab.com/acme/team/payments/',
    'url:https://gitlab.com/acme/team/payments.git',
    'url:https://gitlab.com/acme/team/payments/-/tree/main/',
    'url:https://gitlab.com/acme/team/payments/-/blob/main/catalog-info.yaml?x=1',
    'url:https://gitlab.com/acme/team/payments/blob/main/catalog-info.yaml',
  ])('takes the project of %s', location => {
    expect(suggested(location)).toEqual(['acme/team/payments']);
  });

  it('looks below the path of an instance', () => {
    const location = 'url:https://acme.example/gitlab/acme/payments/-/tree/x';
    expect(suggested(location, 'https://acme.example/gitlab')).toEqual([
      'acme/payments',
    ]);
  });

  it.each([
    'url:https://github.com/acme/payments',
    'url:https://gitlab.com.evil.example/acme/payments',
    'url:https://gitlab.com/acme',
    'url:https://gitlab.com/acme/pay%20ments',
    'file:/acme/payments',
  ])('takes nothing of %s', location => {
    expect(suggested(location)).toEqual([]);
  });

  it('takes nothing where there is no location', () => {
    expect(suggestProject({ annotations: {} }, 'https://gitlab.com')).toEqual(
      [],
    );
  });
});

import { suggestedSlugs } from './suggestedSlugs';

const suggested = (annotations: Record<string, string>) =>
  suggestedSlugs(
    { entityRef: 'component:default/payments', title: 'Payments', annotations },
    'github.com',
  );

describe('suggestedSlugs', () => {
  it.each([
    'url:https://github.com/acme/payments/tree/main/',
    'url:https://github.com/acme/payments/tree/main/services/card#readme',
    'url:https://github.com/acme/payments',
    'url: https://github.com/acme/payments.git',
    'url:https://github.com/acme/payments/blob/main/catalog-info.yaml?raw=1',
  ])('reads %s', location => {
    expect(suggested({ 'backstage.io/source-location': location })).toEqual([
      'acme/payments',
    ]);
  });

  it.each([
    'url:https://ghe.acme.example/acme/payments',
    'url:https://github.com.evil.example/acme/payments',
    'url:https://github.com/acme',
    'url:https://github.com/',
    'url:https://github.com/acme/%2e%2e/x',
    'url:https://github.com/acme/pay%20ments',
    'url:https://github.com/acme/a,b',
    'url:not an address',
    'file:/srv/github.com/acme/payments',
    'https://github.com/acme/payments',
    '',
  ])('suggests nothing by %s', location => {
    expect(suggested({ 'backstage.io/source-location': location })).toEqual([]);
  });

  it('names the repository of the sources first, and each once', () => {
    expect(
      suggested({
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/catalog/blob/main/payments.yaml',
        'backstage.io/source-location': 'url:https://github.com/acme/Payments/',
      }),
    ).toEqual(['acme/Payments', 'acme/catalog']);
    expect(
      suggested({
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/payments/blob/main/catalog-info.yaml',
        'backstage.io/source-location': 'url:https://github.com/acme/Payments/',
      }),
    ).toEqual(['acme/Payments']);
  });
});

import { MalformedAnnotationError } from 'backstage-plugin-operational-excellence-node';
import { parseProjectSlug, parseRepositoryName } from './projectSlug';

describe('parseProjectSlug', () => {
  it.each([
    ['acme/payments', [{ owner: 'acme', name: 'payments' }]],
    [' Acme/Pay.ments_2 ', [{ owner: 'Acme', name: 'Pay.ments_2' }]],
    ['mona_acme/.github', [{ owner: 'mona_acme', name: '.github' }]],
    [
      'acme/a, acme/b,ACME/A',
      [
        { owner: 'acme', name: 'a' },
        { owner: 'acme', name: 'b' },
      ],
    ],
  ])('reads %p', (value, expected) => {
    expect(parseProjectSlug(value)).toEqual(expected);
  });

  it.each([
    '',
    ',',
    'acme',
    '/payments',
    'acme/',
    'acme//payments',
    'acme/.',
    'acme/..',
    '../acme',
    'acme/payments/',
    'acme/payments?per_page=1',
    'acme/payments#1',
    'acme/%2e%2e',
    'acme\\payments',
    'acme/pay\nments',
    'acme/payments\u0000',
    'acme/p\u0430yments',
    'acme/payments, ',
    'acme/payments;acme/other',
    `acme/${'x'.repeat(101)}`,
    `${'x'.repeat(101)}/payments`,
    '-acme/payments',
    '__proto__/payments',
  ])('refuses %p', value => {
    expect(() => parseProjectSlug(value)).toThrow(MalformedAnnotationError);
  });

  it('says what it expected', () => {
    expect(() => parseProjectSlug('payments')).toThrow(
      'The annotation github.com/project-slug is "payments"; expected owner/repository, or several of them separated by commas, such as acme/payments',
    );
  });

  it('refuses more repositories than a service has', () => {
    const slugs = Array.from({ length: 51 }, (_, i) => `acme/r${i}`);
    expect(() => parseProjectSlug(slugs.join(','))).toThrow(
      'at most 50 repositories',
    );
    expect(parseProjectSlug(slugs.slice(1).join(','))).toHaveLength(50);
  });
});

describe('parseRepositoryName', () => {
  it('gives nothing where there is no name', () => {
    expect(parseRepositoryName('undefined/')).toBeUndefined();
  });
});

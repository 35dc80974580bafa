import { externalHref } from './externalHref';

const withScheme = (scheme: string) => `${scheme}:alert(1)`;

describe('externalHref', () => {
  it.each([
    [
      'https://github.com/acme/payments/issues/1',
      'https://github.com/acme/payments/issues/1',
    ],
    [
      'http://jira.example.com/browse/A-1',
      'http://jira.example.com/browse/A-1',
    ],
    ['HTTPS://GitHub.com/acme', 'https://github.com/acme'],
  ])('leads to %s', (url, href) => {
    expect(externalHref(url)).toBe(href);
  });

  it.each([
    [null],
    [''],
    ['/catalog'],
    ['//evil.example.com'],
    ['not an address'],
    [withScheme('javascript')],
    [withScheme('JavaScript')],
    [withScheme(' \u0001java\nscript')],
    ['data:text/html,<script>alert(1)</script>'],
    ['vbscript:msgbox(1)'],
    ['file:///etc/passwd'],
  ])('does not lead to %j', url => {
    expect(externalHref(url)).toBeUndefined();
  });
});

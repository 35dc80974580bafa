import { Secrets } from './Secrets';
import { cleaned, failureWords } from './upstreamWords';

function words(body: unknown, status = 400) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return failureWords({ status, text }, new Secrets());
}

describe('failureWords', () => {
  it.each<[string, unknown, string]>([
    [
      'GitHub',
      { message: 'Not Found', documentation_url: 'https://x' },
      'Not Found',
    ],
    [
      'GitHub, refused fields',
      {
        message: 'Validation Failed',
        errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }],
      },
      'Validation Failed; title: missing_field',
    ],
    [
      'Jira',
      { errorMessages: ["The value 'X' does not exist."], errors: {} },
      "The value 'X' does not exist.",
    ],
    [
      'Jira, refused fields',
      { errorMessages: [], errors: { summary: 'Specify a summary' } },
      'summary: Specify a summary',
    ],
    [
      'AWS',
      { Message: 'The security token is expired' },
      'The security token is expired',
    ],
    ['AWS, lower case', { message: 'Rate exceeded' }, 'Rate exceeded'],
    [
      'GitLab',
      { error: 'invalid_token', error_description: 'Revoked' },
      'Revoked; invalid_token',
    ],
    [
      'GitLab, refused fields',
      { message: { title: ['is too long'] } },
      'title: is too long',
    ],
    [
      'Redmine',
      { errors: ['Subject cannot be blank', 'Too late'] },
      'Subject cannot be blank; Too late',
    ],
    [
      'Backstage',
      { error: { name: 'X', message: 'No such entity' } },
      'No such entity',
    ],
    [
      'a problem document',
      { title: 'Gone', detail: 'Moved on' },
      'Gone; Moved on',
    ],
    [
      'a page',
      '<html><head><title>502 Bad &lt;Gateway&gt;</title></head><body><h1>nginx</h1></body></html>',
      '502 Bad <Gateway> – nginx',
    ],
    [
      'a page without a title',
      '<!doctype html><body><style>p{}</style><p>Down <b>today</b></p></body>',
      'Down today',
    ],
    ['plain text', 'Upstream connect error', 'Upstream connect error'],
    ['nothing', '', 'Bad Request'],
    ['JSON that says nothing', {}, '{}'],
  ])('finds them in what %s says', (_, body, expected) => {
    expect(words(body)).toBe(expected);
  });

  it('gives one line without control characters', () => {
    expect(
      words({ message: 'a\u001b[31mred\r\nb\u0000\u202ec\u2028d\u200b' }),
    ).toBe('a [31mred b c d');
  });

  it('gives no more than fits on a page', () => {
    const given = words({ message: 'x '.repeat(10_000) });
    expect(given).toHaveLength(301);
    expect(given.endsWith('…')).toBe(true);
  });

  it.each([
    ['a{'.repeat(8_000)],
    ['<'.repeat(16_000)],
    ['<!---->'.repeat(2_000)],
    ['<script'.repeat(2_000)],
    ['token'.repeat(3_000)],
    ['['.repeat(16_000)],
    [`${'{"errors":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
  ])('is quick with hostile text', text => {
    const before = process.cpuUsage();
    words(text);
    const { user, system } = process.cpuUsage(before);
    // In microseconds.
    expect(user + system).toBeLessThan(500_000);
  });
});

describe('cleaned', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
    ['sent "Bearer abc.def-123"', 'sent "Bearer [redacted]"'],
    ['at https://me:pw@git.example/x', 'at https://[redacted]@git.example/x'],
    ['/x?private_token=abc&page=2', '/x?private_token=[redacted]&page=2'],
    ['X-Amz-Signature=0123456789abcdef', 'X-Amz-Signature=[redacted]'],
    ['{"password":"hunter2"}', '{"password":"[redacted]"}'],
    ['client_secret = s3cr3t!', 'client_secret = [redacted]'],
    ['key ghp_0123456789abcdefABCDEF0123456789abcd', 'key [redacted]'],
    ['key glpat-0123456789abcdefghij', 'key [redacted]'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key [redacted]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt [redacted]'],
  ])('removes what looks like a secret: %s', (text, expected) => {
    expect(cleaned(text, new Secrets())).toBe(expected);
  });

  it('leaves ordinary words alone', () => {
    const text =
      'The issue key PAY-12 was not found in project "Payments"; invalid token: it has expired';
    expect(cleaned(text, new Secrets())).toBe(text);
  });

  it('removes the secrets of a call, whole and in parts', () => {
    const secrets = new Secrets();
    secrets.addHeaders({
      accept: 'application/json',
      Authorization:
        'AWS4-HMAC-SHA256 Credential=AKID4711/2026/fis, SignedHeaders=host, Signature=deadbeef01',
      'private-token': 'a+b/c=d e',
    });
    expect(
      cleaned(
        'AKID4711/2026/fis deadbeef01 a+b/c=d e a%2Bb%2Fc%3Dd%20e application/json',
        secrets,
      ),
    ).toBe('[redacted] [redacted] [redacted] [redacted] application/json');
  });
});

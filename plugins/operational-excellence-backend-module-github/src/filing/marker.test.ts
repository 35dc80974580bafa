import { digestOf, readMarker, writeMarker } from './marker';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';

describe('marker', () => {
  it('is found at the end of a body', () => {
    expect(readMarker(`So that it is safe.\n\n${writeMarker(KEY)}`)).toBe(
      digestOf(KEY),
    );
  });

  it('is found after the body was edited in a browser', () => {
    expect(
      readMarker(`Safe.\r\n\r\n${writeMarker(KEY)}\r\n\r\nSeen by me.\r\n`),
    ).toBe(digestOf(KEY));
  });

  it('does not hold the key, whatever that is', () => {
    const key = '--> @acme/everybody fixes #1 <!--';
    expect(writeMarker(key)).not.toContain('everybody');
    expect(readMarker(writeMarker(key))).toBe(digestOf(key));
  });

  it('is ours, whatever the description holds', () => {
    const forged = writeMarker('another key');
    expect(readMarker(`${forged}\n\n${forged}\n\n${writeMarker(KEY)}`)).toBe(
      digestOf(KEY),
    );
  });

  it.each([
    ['a mention of the key', `As in ${KEY}`],
    ['a mention of the digest', digestOf(KEY)],
    ['a quotation', `> ${writeMarker(KEY)}`],
    ['a marker within a line', `See ${writeMarker(KEY)}`],
    ['a marker with words after it', `${writeMarker(KEY)} and more`],
    [
      'a marker with a short digest',
      writeMarker(KEY).replace(/.{4} -->/, ' -->'),
    ],
    ['nothing', ''],
  ])('is not %s', (_, body) => {
    expect(readMarker(body)).toBeUndefined();
  });
});

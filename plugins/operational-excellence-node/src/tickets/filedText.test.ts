import { filedDigest, readFiledDigest, writeFiledText } from './filedText';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';

const write = (description: string, key = KEY) =>
  writeFiledText(
    { description, entityRef: 'component:default/payments', priority: null },
    key,
  );

const markerOf = (key: string) => write('', key).split('\n').at(-1)!;

describe('filedText', () => {
  it('leaves the description as it was written', () => {
    const description = '# Why\n\n- [ ] ask @mira, see #12\n';
    expect(write(description)).toBe(
      `${description}\n\n---\n\nFiled in Backstage for \`component:default/payments\`.\n\n${markerOf(
        KEY,
      )}`,
    );
  });

  it('does without a description, and tells the priority', () => {
    expect(
      writeFiledText(
        {
          description: ' \n',
          entityRef: 'component:default/payments',
          priority: 'high',
        },
        KEY,
      ),
    ).toBe(
      `Filed in Backstage for \`component:default/payments\`, priority \`high\`.\n\n${markerOf(
        KEY,
      )}`,
    );
  });

  it('notifies nobody by what it adds', () => {
    const text = writeFiledText(
      {
        description: '',
        entityRef: 'component:default/`@acme/all`\n#1',
        priority: '`\n\n@mira',
      },
      KEY,
    );
    expect(text.split('\n')[0]).toBe(
      'Filed in Backstage for `component:default/ @acme/all #1`, priority `@mira`.',
    );
  });

  it('tells under which key it was filed', () => {
    expect(readFiledDigest(write('So that it is safe.'))).toBe(
      filedDigest(KEY),
    );
  });

  it('does so after it was edited in a browser', () => {
    expect(
      readFiledDigest(`Safe.\r\n\r\n${markerOf(KEY)}\r\n\r\nSeen by me.\r\n`),
    ).toBe(filedDigest(KEY));
  });

  it('does not hold the key, whatever that is', () => {
    const key = '--> @acme/everybody fixes #1 <!--';
    expect(write('', key)).not.toContain('everybody');
    expect(readFiledDigest(write('', key))).toBe(filedDigest(key));
  });

  it('tells our key, whatever the description holds', () => {
    const copied = write('Another one', 'another key');
    expect(readFiledDigest(write(`${copied}\n\n${copied}`))).toBe(
      filedDigest(KEY),
    );
  });

  it.each([
    ['a mention of the key', `As in ${KEY}`],
    ['a mention of the digest', filedDigest(KEY)],
    ['a quotation', `> ${markerOf(KEY)}`],
    ['a marker within a line', `See ${markerOf(KEY)}`],
    ['a marker with words after it', `${markerOf(KEY)} and more`],
    ['a marker with a short digest', markerOf(KEY).replace(/.{4} -->/, ' -->')],
    ['nothing', ''],
  ])('does not take %s for it', (_, text) => {
    expect(readFiledDigest(text)).toBeUndefined();
  });
});

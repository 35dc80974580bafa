import fc from 'fast-check';
import { finding } from '../__testUtils__';
import { findingPrefill, titleOf } from './findingPrefill';

describe('titleOf', () => {
  it.each([
    ['The alarm came late', 'The alarm came late'],
    ['\n\n## The **alarm** came `late`\n\nVery late.', 'The alarm came late'],
    ['- [The alarm](https://example.com) came late', 'The alarm came late'],
    ['> quoted', 'quoted'],
    ['***', ''],
    ['x'.repeat(200), `${'x'.repeat(119)}…`],
  ])('makes of %j the title %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('is one line that trackers take, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const title = titleOf(text);
        expect([...title].length).toBeLessThanOrEqual(120);
        expect(title).not.toContain('\n');
      }),
    );
  });
});

describe('findingPrefill', () => {
  it('is for the finding, with what it says and where it was found', () => {
    const found = finding('1', {
      text: '# Late alarm\nAfter 20 minutes.',
      lesson: 'Alarm on symptoms',
      origin: { kind: 'tabletop', id: 'x', title: 'X', itemId: null },
    });
    expect(
      findingPrefill(found, {
        originUrl: 'https://portal.example/x',
        words: { lesson: lesson => `Lesson: ${lesson}` },
      }),
    ).toEqual({
      id: 'finding:1',
      findingId: '1',
      title: 'Late alarm',
      description:
        '# Late alarm\nAfter 20 minutes.\n\nLesson: Alarm on symptoms',
      origin: { kind: 'tabletop', url: 'https://portal.example/x' },
    });
  });
});

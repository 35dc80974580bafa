import { likeness } from './likeness';
import { wordsOf } from './words';

describe('likeness', () => {
  it('is one for the same words, whatever their case and order', () => {
    expect(likeness('Fail over NOW', 'now: fail over')).toBe(1);
  });

  it.each([
    ['nothing in common', 'retry payments', 'rotate the certificates'],
    ['nothing typed', '', 'rotate the certificates'],
    ['nothing that says something', 'a of it', 'a of it'],
  ])('is zero for %s', (_, typed, title) => {
    expect(likeness(typed, title)).toBe(0);
  });

  it('orders by how much of what is typed there is', () => {
    const typed = 'retry payments on time-outs';
    const titles = [
      'Retry payments on time-outs',
      'Retry payments on time-outs of the bank after midnight',
      'Retry payment',
      'Retry everything that fails',
      'Certificates',
    ];
    const likenesses = titles.map(title => likeness(typed, title));
    expect(likenesses).toEqual([...likenesses].sort((a, b) => b - a));
    expect(new Set(likenesses).size).toBe(titles.length);
  });

  it('knows a word by its beginning, while it is typed', () => {
    expect(likeness('certif', 'Rotate certificates')).toBeGreaterThan(0.4);
    expect(likeness('ce', 'Rotate certificates')).toBe(0);
  });

  it('finds words in scripts without spaces', () => {
    expect(wordsOf('決済の再試行')).toEqual(expect.arrayContaining(['決済']));
    expect(likeness('決済の再試行', '決済を再試行する')).toBeGreaterThan(0.4);
  });
});

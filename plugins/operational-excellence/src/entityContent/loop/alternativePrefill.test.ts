import { evaluation, improvement } from '../../__testUtils__';
import { alternativePrefill } from './alternativePrefill';

const words = {
  title: (title: string) => `Alternative: ${title}`,
  description: (about: object) => JSON.stringify(about),
};

describe('alternativePrefill', () => {
  it('carries the goal and what the first one was', () => {
    const goal = {
      measure: 'Minutes to recover',
      from: '40',
      to: '5',
      by: '2026-12-31T00:00:00.000Z',
    };
    const first = improvement('7', {
      title: 'Rehearse the failover',
      goal,
      evaluation: evaluation('7', { measured: '30 minutes' }),
    });
    expect(alternativePrefill(first, words)).toEqual({
      id: 'alternative:7',
      title: 'Alternative: Rehearse the failover',
      description: JSON.stringify({
        title: 'Rehearse the failover',
        ticket: 'acme/payments#7 https://github.com/acme/payments/issues/7',
        measured: '30 minutes',
      }),
      goal,
      alternativeTo: '7',
    });
  });

  it('has a title that can be filed, however long the first one was', () => {
    const { title } = alternativePrefill(
      improvement('7', { title: 'x'.repeat(255) }),
      words,
    );
    expect(title).toHaveLength(255);
  });
});

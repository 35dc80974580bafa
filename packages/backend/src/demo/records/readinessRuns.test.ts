import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  missingForFinish,
  readinessTemplateFileSchema,
  readinessVerdictOf,
} from 'backstage-plugin-operational-excellence-common';
import { readFileSync } from 'fs';
import { parse } from 'yaml';
import { DEMO_SERVICES } from '../data';
import { finishedRun, openRun, TEMPLATE } from './readinessRuns';

const SEEDED_AT = 1_790_000_000_000;

const ITEMS = readinessTemplateFileSchema
  .parse(
    parse(
      readFileSync(
        resolvePackagePath(
          'backstage-plugin-operational-excellence-backend',
          `readiness-templates/${TEMPLATE}.yaml`,
        ),
        'utf8',
      ),
    ),
  )
  .sections.flatMap(({ items }) => items);

const FINISHED = DEMO_SERVICES.flatMap(demo =>
  (demo.readiness ?? []).flatMap(story => {
    const run = finishedRun(demo, story, SEEDED_AT);
    return run ? [{ name: demo.name, story, run }] : [];
  }),
);

const OPEN = DEMO_SERVICES.flatMap(demo =>
  demo.openReadiness ? [openRun(demo, demo.openReadiness, SEEDED_AT)] : [],
);

describe('readiness tests with answers', () => {
  it('come to each verdict, and one is still open', () => {
    expect(new Set(FINISHED.map(({ story }) => story.verdict))).toEqual(
      new Set(['pass', 'conditional', 'fail']),
    );
    expect(OPEN).toHaveLength(1);
  });

  it.each(FINISHED)(
    'bear out the story of $name, $story.daysAgo days ago',
    ({ run, story }) => {
      const answers = new Map(run.answers.map(item => [item.itemId, item]));
      expect([...answers.keys()].sort()).toEqual(
        ITEMS.map(({ id }) => id).sort(),
      );
      expect(missingForFinish(ITEMS, answers)).toEqual([]);
      expect(readinessVerdictOf(ITEMS, answers)).toBe(story.verdict);
      // Whoever finishes one leaves to the template how long it is good for.
      expect(story.validForDays).toBeUndefined();
    },
  );

  it('are answered in their own time, with evidence that is nowhere', () => {
    const runs = [...FINISHED.map(({ run }) => run), ...OPEN];
    expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
    for (const { answers, finished, key, startedAt } of runs) {
      expect(key).toMatch(/^[\w-]{8,64}$/);
      for (const { answeredAt, evidence, itemId } of answers) {
        expect(ITEMS.map(({ id }) => id)).toContain(itemId);
        expect(answeredAt).toBeGreaterThan(startedAt);
        expect(answeredAt).toBeLessThan(finished?.performedAt ?? SEEDED_AT);
        for (const { url } of evidence) {
          expect(new URL(url).origin).toBe('https://wiki.larkfield.example');
        }
      }
    }
  });
});

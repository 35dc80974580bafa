import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import {
  ReadinessAnswerRecord,
  ReadinessRunRecord,
} from 'backstage-plugin-operational-excellence-node';
import { serviceRef } from '../catalog';
import {
  AnswersStory,
  DEMO_USERS,
  DemoService,
  OpenReadinessStory,
  ReadinessStory,
} from '../data';

/** The checklist that the policies of app-config.yaml require. */
export const TEMPLATE = 'production-readiness';

/** No server ever answers there. */
const WIKI = 'https://wiki.larkfield.example';

/** How long a team thinks about one item. */
const PER_ITEM_MS = 150_000;

/** A test with its answers; nothing where only its result is told. */
export function finishedRun(
  demo: DemoService,
  { answers, daysAgo, summary }: ReadinessStory,
  seededAt: Instant,
): ReadinessRunRecord | undefined {
  if (!answers) return undefined;
  const performedAt = seededAt - daysAgo * DAY_MS;
  return {
    ...run(demo, answers, {
      daysAgo,
      startedAt: performedAt - (Object.keys(answers).length + 1) * PER_ITEM_MS,
    }),
    finished: { performedAt, summary: `Demo data: ${summary}` },
  };
}

/** A test that is still being answered. */
export function openRun(
  demo: DemoService,
  { answers, daysAgo }: OpenReadinessStory,
  seededAt: Instant,
): ReadinessRunRecord {
  const startedAt = seededAt - daysAgo * DAY_MS;
  return { ...run(demo, answers, { daysAgo, startedAt }), finished: null };
}

function run(
  demo: DemoService,
  answers: AnswersStory,
  { daysAgo, startedAt }: { daysAgo: number; startedAt: Instant },
) {
  // Those who are there take turns.
  const team = DEMO_USERS.filter(user => user.team === demo.owner).map(
    ({ name }) => `user:default/${name}`,
  );
  return {
    key: `demo-${demo.name}-${daysAgo}`,
    performedBy: team[0],
    entityRef: serviceRef(demo),
    template: TEMPLATE,
    startedAt,
    answers: Object.entries(answers).map(
      ([itemId, { evidence = {}, note, value }], index) =>
        ({
          itemId,
          value,
          note: note ?? null,
          evidence: Object.entries(evidence).map(([title, path]) => ({
            title,
            url: `${WIKI}/${demo.name}/${path}`,
          })),
          answeredBy: team[index % team.length],
          answeredAt: startedAt + (index + 1) * PER_ITEM_MS,
        } satisfies ReadinessAnswerRecord),
    ),
  };
}

import {
  DAY_MS,
  InitiativeGoal,
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceRecordsExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { DEMO_INITIATIVES, DEMO_VIEW, InitiativeStory } from '../data';

/**
 * Puts down the initiatives of the demo and the view that it shares. Each has its
 * key or its title, so that an interrupted seeding goes on without doubling what
 * it did.
 */
export async function seedInitiatives(options: {
  records: OperationalExcellenceRecordsExtensionPoint;
  seededAt: Instant;
}): Promise<void> {
  const { records, seededAt } = options;
  for (const story of DEMO_INITIATIVES) {
    await records.recordInitiative({
      key: story.key,
      createdBy: `user:default/${story.createdBy}`,
      createdAt: seededAt - story.createdDaysAgo * DAY_MS,
      title: story.title,
      description: `Demo data: ${story.description}`,
      filter: story.filter,
      goal: goalOf(story, seededAt),
      dueOn: dayOf(seededAt + story.dueInDays * DAY_MS),
    });
  }
  await records.shareView({
    ...DEMO_VIEW,
    createdBy: `user:default/${DEMO_VIEW.createdBy}`,
  });
}

function goalOf({ goal }: InitiativeStory, seededAt: Instant): InitiativeGoal {
  if (goal.kind === 'in-order') return goal;
  const { daysAgo, ...rest } = goal;
  return { ...rest, since: dayOf(seededAt - daysAgo * DAY_MS) };
}

function dayOf(instant: Instant): string {
  return toIsoInstant(instant).slice(0, 10);
}

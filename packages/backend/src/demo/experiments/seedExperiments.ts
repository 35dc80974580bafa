import {
  FIS_ENTITY_REF_TAG,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { serviceRef } from '../catalog';
import {
  DEMO_SERVICES,
  RETIRED_TEMPLATE_ID,
  ScenarioId,
  SCENARIOS,
} from '../data';
import { FisEndpoint } from './FisEndpoint';
import { fisDefinition, FisPlace } from './fisShapes';
import { pastExperiment } from './pastExperiment';

const REGIONS = ['eu-west-1', 'us-east-1'] as const;

/** What is started for real when the demo is seeded. */
const STARTED = [
  { service: 'event-collector', actionsMode: 'run-all' },
  { service: 'tracking-api', actionsMode: 'skip-all' },
] as const;

const createdTemplateSchema = z.object({
  experimentTemplate: z.object({ id: z.string() }),
});

/**
 * Fills the local FIS endpoint: templates, the game days of the past, and
 * experiments that begin now. Doing so again changes nothing.
 */
export async function seedExperiments(
  endpoint: FisEndpoint,
  seededAt: Instant,
): Promise<void> {
  for (const region of REGIONS) {
    const place = { accountId: endpoint.accountId, region };
    const templateIds = await createTemplates(endpoint, place);
    await endpoint.post(region, '/local/history', {
      // Older ones than AWS would keep.
      retain: true,
      experiments: DEMO_SERVICES.flatMap(service =>
        (service.gameDays ?? [])
          .filter(gameDay => (gameDay.region ?? REGIONS[0]) === region)
          .map(gameDay =>
            pastExperiment(service, gameDay, {
              place,
              seededAt,
              templateId:
                gameDay.matchedBy === 'template'
                  ? RETIRED_TEMPLATE_ID
                  : templateIds[gameDay.scenario],
            }),
          ),
      ),
    });
    if (region === REGIONS[0]) {
      await startExperiments(endpoint, region, templateIds['rehearsal-clock']);
    }
  }
}

async function createTemplates(
  endpoint: FisEndpoint,
  place: FisPlace,
): Promise<Record<ScenarioId, string>> {
  const ids: Partial<Record<ScenarioId, string>> = {};
  for (const id of Object.keys(SCENARIOS) as ScenarioId[]) {
    const answer = await endpoint.post(place.region, '/experimentTemplates', {
      clientToken: `demo-${id}`,
      ...fisDefinition(SCENARIOS[id], place),
      tags: { Name: SCENARIOS[id].title, demo: 'true' },
    });
    ids[id] = createdTemplateSchema.parse(answer).experimentTemplate.id;
  }
  return ids as Record<ScenarioId, string>;
}

async function startExperiments(
  endpoint: FisEndpoint,
  region: string,
  experimentTemplateId: string,
) {
  for (const { actionsMode, service } of STARTED) {
    await endpoint.post(region, '/experiments', {
      clientToken: `demo-${service}`,
      experimentTemplateId,
      experimentOptions: { actionsMode },
      tags: {
        Name: SCENARIOS['rehearsal-clock'].title,
        demo: 'true',
        [FIS_ENTITY_REF_TAG]: serviceRef({ name: service }),
      },
    });
  }
}

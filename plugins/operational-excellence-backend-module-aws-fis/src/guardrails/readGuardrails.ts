import {
  ExperimentTemplate,
  GuardrailsPage,
  SafetyLever,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { FisApi, FisTemplate, FisTemplateDetail } from '../api';
import { entityRefsOf, ExperimentPlace, isLogged } from '../experiments';

interface Context {
  place: ExperimentPlace;
  signal: AbortSignal;
  known(externalIds: string[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * The safety lever and the templates of an account and Region. Lists of templates
 * tell neither stop conditions nor logs, so what is new or was changed takes a
 * request of its own.
 */
export async function* readGuardrails(
  api: FisApi,
  context: Context,
): AsyncIterable<GuardrailsPage> {
  const { known, place, signal } = context;
  const { accountId, region } = place;
  const { lever, requests: leverRequests } = await readLever(api, signal);
  yield {
    templates: [],
    unchanged: [],
    safetyLever: { accountId, region, ...lever },
    requests: leverRequests,
  };
  for await (const page of api.templates(signal)) {
    const stored = await known(page.items.map(({ id }) => id));
    const unchanged: string[] = [];
    const templates: ExperimentTemplate[] = [];
    let { requests } = page;
    for (const summary of page.items) {
      if (stored.get(summary.id) === revisionOf(summary)) {
        unchanged.push(summary.id);
        continue;
      }
      const { template, requests: more } = await api.template(
        summary.id,
        signal,
      );
      requests += more;
      // Deleted since it was listed.
      if (!template) continue;
      templates.push(toTemplate(template, place));
    }
    yield { templates, unchanged, requests };
  }
}

/**
 * Where the lever may not be seen it is not known; the templates are read all the
 * same.
 */
async function readLever(
  api: FisApi,
  signal: AbortSignal,
): Promise<{
  lever: Pick<SafetyLever, 'state' | 'reason'>;
  requests: number;
}> {
  try {
    const { lever, requests } = await api.safetyLever(signal);
    const { status, reason } = lever.state;
    return {
      // One that is being engaged lets nothing start any more.
      lever: {
        state: status === 'disengaged' ? 'disengaged' : 'engaged',
        reason: reason || null,
      },
      requests,
    };
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === 'forbidden') {
      const lever = { state: 'unknown' as const, reason: error.message };
      return { lever, requests: 1 };
    }
    throw error;
  }
}

/** Tags change without the time of the last update. */
function revisionOf({ lastUpdateTime, tags }: FisTemplate): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([lastUpdateTime ?? null, sorted]);
}

function toTemplate(
  fis: FisTemplateDetail,
  place: ExperimentPlace,
): ExperimentTemplate {
  const { accountId, region } = place;
  return {
    externalId: fis.id,
    title: fis.tags.Name?.trim() || fis.description?.trim() || fis.id,
    url: place.templateUrlOf(fis.id),
    accountId,
    region,
    revision: revisionOf(fis),
    stopConditions: fis.stopConditions,
    logConfigured: isLogged(fis),
    tags: fis.tags,
    entityRefs: entityRefsOf(
      fis.tags,
      {},
      {
        place,
        name: `Experiment template ${fis.id}`,
      },
    ),
  };
}

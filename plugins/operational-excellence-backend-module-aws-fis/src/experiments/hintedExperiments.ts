import {
  Experiment,
  HintedExperiments,
} from 'backstage-plugin-operational-excellence-node';
import { FisApi, FisExperiment, FisTemplate } from '../api';
import { ExperimentPlace } from './ExperimentPlace';
import { toExperiment } from './toExperiment';

/** How many experiments a piece holds; each takes a request of its own. */
const PIECE_SIZE = 20;

/**
 * Reads experiments that events hinted at. One whose template was deleted is left
 * to the next pass, which knows how the template was tagged.
 */
export async function* hintedExperiments(
  api: FisApi,
  options: {
    refs: readonly string[];
    place: ExperimentPlace;
    signal: AbortSignal;
  },
): AsyncGenerator<HintedExperiments> {
  const { refs, place, signal } = options;
  let templates: Templates | undefined;
  for (let start = 0; start < refs.length; start += PIECE_SIZE) {
    const piece = await lookUp(api, refs.slice(start, start + PIECE_SIZE), {
      place,
      signal,
    });
    let { requests } = piece;
    // After the experiments, so that a template of one that just began is there.
    if (!templates && piece.found.some(isOfTemplate)) {
      templates = await readTemplates(api, signal);
      requests += templates.requests;
    }
    yield {
      experiments: ofKnownTemplates(piece.found, place, templates),
      requests,
    };
  }
}

async function lookUp(
  api: FisApi,
  ids: readonly string[],
  { place, signal }: { place: ExperimentPlace; signal: AbortSignal },
): Promise<{ found: FisExperiment[]; requests: number }> {
  const found: FisExperiment[] = [];
  let requests = 0;
  for (const id of ids) {
    const lookup = await api.experiment(id, signal);
    requests += lookup.requests;
    if (lookup.experiment) {
      found.push(lookup.experiment);
    } else {
      const { accountId, region, logger } = place;
      logger.debug(`${accountId}/${region}: experiment ${id} is gone`);
    }
  }
  return { found, requests };
}

interface Templates {
  byId: ReadonlyMap<string, FisTemplate>;
  requests: number;
}

async function readTemplates(
  api: FisApi,
  signal: AbortSignal,
): Promise<Templates> {
  const byId = new Map<string, FisTemplate>();
  let requests = 0;
  for await (const page of api.templates(signal)) {
    requests += page.requests;
    page.items.forEach(template => byId.set(template.id, template));
  }
  return { byId, requests };
}

function isOfTemplate({ experimentTemplateId }: FisExperiment): boolean {
  return Boolean(experimentTemplateId);
}

function ofKnownTemplates(
  found: FisExperiment[],
  place: ExperimentPlace,
  templates: Templates | undefined,
): Experiment[] {
  return found.flatMap(experiment => {
    const template = templateOf(experiment, templates);
    return template ? toExperiment(experiment, place, template) : [];
  });
}

function templateOf(
  { experimentTemplateId }: FisExperiment,
  templates: Templates | undefined,
) {
  if (!experimentTemplateId) return { description: null, tags: {} };
  return templates?.byId.get(experimentTemplateId);
}

import { Experiment } from 'backstage-plugin-operational-excellence-node';
import { FisExperiment, FisTemplate } from '../api';
import { entityRefsOf } from './entityRefs';
import { ExperimentPlace } from './ExperimentPlace';

/** What its template tells of an experiment. */
export type TemplateWords = Pick<FisTemplate, 'description' | 'tags'>;

type FisAction = NonNullable<FisExperiment['actions']>[string];

/** States of an action that never ran, whatever times FIS gives for it. */
const NEVER_RAN = ['pending', 'initiating', 'skipped', 'cancelled'];

/** An experiment as the plugin knows it. */
export function toExperiment(
  fis: FisExperiment,
  place: ExperimentPlace,
  template: TemplateWords,
): Experiment {
  const { accountId, region, urlOf } = place;
  const actions = Object.entries(fis.actions ?? {});
  const templateId = fis.experimentTemplateId ?? null;
  return {
    externalId: fis.id,
    title: titleOf(fis, template),
    url: urlOf(fis.id),
    accountId,
    region,
    templateId,
    state: fis.state.status,
    reason: reasonOf(fis),
    createdAt: fis.creationTime,
    startedAt: startOf(actions.map(([, action]) => action)),
    endedAt: fis.endTime ?? null,
    dryRun: fis.experimentOptions?.actionsMode === 'skip-all',
    stopConditions: fis.stopConditions,
    logConfigured: isLogged(fis),
    actions: actions.map(([name, action]) => ({
      name,
      actionId: action.actionId,
      state: action.state?.status ?? 'pending',
      startedAt: action.startTime ?? null,
      endedAt: action.endTime ?? null,
    })),
    options: optionsOf(fis),
    tags: fis.tags,
    templateTags: template.tags,
    entityRefs: entityRefsOf(fis.tags, template.tags, {
      place,
      name: `Experiment ${fis.id}`,
    }),
  };
}

/** Whether what happens in an experiment is logged. */
export function isLogged({
  logConfiguration,
}: Pick<FisExperiment, 'logConfiguration'>): boolean {
  return Boolean(
    logConfiguration?.cloudWatchLogsConfiguration ||
      logConfiguration?.s3Configuration,
  );
}

function titleOf(
  { id, tags, experimentTemplateId }: FisExperiment,
  { description }: TemplateWords,
): string {
  return tags.Name?.trim() || description?.trim() || experimentTemplateId || id;
}

/** FIS's own words, and what and where it was if it failed. */
function reasonOf({ state }: FisExperiment): string | null {
  const error = [state.error?.code, state.error?.location]
    .filter(Boolean)
    .join(' at ');
  if (!error) return state.reason ?? null;
  return state.reason ? `${state.reason} (${error})` : error;
}

/**
 * When the first action began to run. `startTime` of the experiment itself is set
 * before, also where no action ever runs.
 */
function startOf(actions: FisAction[]): number | null {
  const starts = actions.flatMap(({ state, startTime }) =>
    typeof startTime !== 'number' || NEVER_RAN.includes(state?.status ?? '')
      ? []
      : [startTime],
  );
  return starts.length ? Math.min(...starts) : null;
}

function optionsOf({ experimentOptions }: FisExperiment) {
  return Object.fromEntries(
    Object.entries(experimentOptions ?? {}).filter(
      (option): option is [string, string] => typeof option[1] === 'string',
    ),
  );
}

import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@material-ui/lab/Alert';
import {
  type ExerciseExperimentLink,
  type LinkedExperiment,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { CopyableSnippet } from '../../entityCard/CopyableSnippet';
import { Section } from '../../entityContent/Section';
import { errorText } from '../../feedback';
import { useLoadable, usePolling } from '../../loading';
import { useNotPrinted } from '../../print';
import { useTexts } from '../../translation';
import { useAct } from '../useAct';
import type { ExerciseSectionProps } from './ExercisePage';
import { LinkedExperimentEntry } from './LinkedExperimentEntry';
import { usePageStyles } from './usePageStyles';

const SUGGEST_EVERY_MS = 5_000;

function linkTo({
  id,
  sourceId,
}: Pick<LinkedExperiment, 'id' | 'sourceId'>): ExerciseExperimentLink {
  return { sourceId, experimentId: id };
}

/** The experiments of an exercise as they are now, and those that may be its own. */
export const ExperimentsSection = (props: ExerciseSectionProps) => {
  const { allowance, exercise, now, onChanged } = props;
  const { experiments, id, state, tag } = exercise;
  const api = useApi(operationalExcellenceApiRef);
  const classes = usePageStyles();
  const notPrinted = useNotPrinted();
  const { t } = useTexts();
  const [acting, act] = useAct();
  const linked = experiments.map(each => `${each.sourceId} ${each.id}`);
  const suggestions = useLoadable(`${id} ${linked.join()}`, signal =>
    api.getExperimentSuggestions(id, { signal }),
  );
  usePolling(suggestions, {
    everyMs: SUGGEST_EVERY_MS,
    isActive: state === 'running',
  });
  // One that was linked a moment ago may still be among those read before.
  const suggested =
    suggestions.status === 'ready'
      ? suggestions.value.items.filter(
          each => !linked.includes(`${each.sourceId} ${each.id}`),
        )
      : [];

  const change = (request: () => Promise<void>) =>
    act(async () => {
      await request();
      onChanged();
    });

  return (
    <Section title={t('exercises.experiments.title')}>
      {experiments.length > 0 ? (
        <ul
          className={classes.list}
          aria-label={t('exercises.experiments.title')}
          aria-live="polite"
        >
          {experiments.map(experiment => (
            <LinkedExperimentEntry
              key={`${experiment.sourceId} ${experiment.id}`}
              experiment={experiment}
              linkedBy={experiment.linkedBy}
              now={now}
              action={t('exercises.experiments.unlink')}
              allowance={allowance}
              onAct={() =>
                change(() => api.unlinkExperiment(id, linkTo(experiment)))
              }
            />
          ))}
        </ul>
      ) : (
        <div className={classes.note}>{t('exercises.experiments.none')}</div>
      )}
      {acting.status === 'failed' && (
        <Alert severity="error" role="alert">
          {t('exercises.notSaved', { message: errorText(acting.error) })}
        </Alert>
      )}
      {suggestions.status === 'failed' && (
        <div className={classes.note} role="alert">
          {t('exercises.experiments.suggestionsFailed', {
            message: errorText(suggestions.error),
          })}
        </div>
      )}
      {suggested.length > 0 && (
        <div className={notPrinted}>
          <h3 className={classes.heading}>
            {t('exercises.experiments.suggested')}
          </h3>
          <ul
            className={classes.list}
            aria-label={t('exercises.experiments.suggested')}
          >
            {suggested.map(experiment => (
              <LinkedExperimentEntry
                key={`${experiment.sourceId} ${experiment.id}`}
                experiment={experiment}
                now={now}
                action={t('exercises.experiments.link')}
                allowance={allowance}
                onAct={() =>
                  change(() => api.linkExperiment(id, linkTo(experiment)))
                }
              />
            ))}
          </ul>
        </div>
      )}
      {(state === 'planned' || state === 'running') && (
        <div className={`${classes.note} ${notPrinted}`}>
          {t('exercises.experiments.tag')}
          <CopyableSnippet
            text={`${tag.key}: ${tag.value}`}
            label={t('exercises.experiments.copyTag')}
          />
        </div>
      )}
    </Section>
  );
};

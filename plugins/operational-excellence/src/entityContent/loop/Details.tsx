import { useApi } from '@backstage/frontend-plugin-api';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { ListSkeleton } from '../ListSkeleton';
import { Judgement } from './Judgement';
import { Markdown } from './Markdown';
import { StageLabel } from './StageLabel';
import { TriedIn } from './TriedIn';
import { useLoopStyles } from './useLoopStyles';

/** What is told of an improvement on demand: its text, origin and past. */
export const Details = (props: { improvement: Improvement; now: number }) => {
  const { improvement, now } = props;
  const { description, id, origin, priority, stage } = improvement;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useLoopStyles();
  const { t } = useTexts();
  const detail = useLoadable(`${id} ${stage}`, signal =>
    api.getImprovement(id, { signal }),
  );
  const past = () => {
    if (detail.status === 'loading') {
      return <ListSkeleton label={t('tab.loop.loadingPast')} />;
    }
    if (detail.status !== 'ready') return <LoadFailure failure={detail} />;
    const { pastEvaluations } = detail.value;
    if (!pastEvaluations.length) return null;
    return (
      <div>
        <strong>{t('tab.loop.past')}</strong>
        <ol className={classes.list} aria-label={t('tab.loop.past')}>
          {pastEvaluations.map(evaluation => (
            <li key={evaluation.id}>
              <StageLabel stage={evaluation.verdict} />
              <Judgement evaluation={evaluation} now={now} />
            </li>
          ))}
        </ol>
      </div>
    );
  };
  return (
    <>
      {priority && (
        <div>
          <strong>{t('improvement.priority')}</strong>{' '}
          {t(`improvement.priorities.${priority}`)}
        </div>
      )}
      {origin && (
        <div>
          <strong>{t('improvement.originKind')}</strong>{' '}
          <ExternalLink url={origin.url}>
            {t(`improvement.originKinds.${origin.kind}`)}
          </ExternalLink>
        </div>
      )}
      {description.trim() ? (
        <Markdown content={description} />
      ) : (
        <div className={classes.secondary}>{t('tab.loop.noDescription')}</div>
      )}
      <TriedIn improvement={improvement} />
      {past()}
    </>
  );
};

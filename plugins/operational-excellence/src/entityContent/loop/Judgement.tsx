import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Evaluation } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { Markdown } from './Markdown';
import { useLoopStyles } from './useLoopStyles';

/** What was measured and said when an improvement was evaluated. */
export const Judgement = (props: { evaluation: Evaluation; now: number }) => {
  const { evaluation, now } = props;
  const { evidence, measured, note, reason, stillPriority } = evaluation;
  const classes = useLoopStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
      {measured && (
        <div>
          <strong>{t('tab.loop.measured')}</strong> {measured}
        </div>
      )}
      {stillPriority === true && <div>{t('tab.loop.stillPriority')}</div>}
      {stillPriority === false && (
        <div>
          <strong>{t('tab.loop.noPriority')}</strong> {reason}
        </div>
      )}
      {evidence.length > 0 && (
        <div>
          <strong>{t('tab.loop.evidence')}</strong>{' '}
          {evidence.map(({ title, url }, index) => (
            <span key={`${index} ${url}`}>
              {index > 0 && ', '}
              <ExternalLink url={url}>{title}</ExternalLink>
            </span>
          ))}
        </div>
      )}
      {note && <Markdown content={note} />}
      <div className={classes.secondary}>
        {t('tab.loop.evaluated')}{' '}
        <Moment instant={evaluation.evaluatedAt}>
          {words.ago(evaluation.evaluatedAt, now)}
        </Moment>{' '}
        {t('tab.loop.by')} <EntityRefLink entityRef={evaluation.evaluatedBy} />
      </div>
    </>
  );
};

import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { Markdown } from '../../entityContent/loop/Markdown';
import { Who } from '../../exercises/words';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useReadinessPaths } from '../useReadinessPaths';
import { TestStateLabel } from '../words';
import { useItemStyles } from './useItemStyles';
import { useRunStyles } from './useRunStyles';

/** What a test is of, and what has become of its template. */
export const TestHead = (props: {
  test: ReadinessTestDetail;
  now: number;
  actions?: ReactNode;
}) => {
  const { actions, now, test } = props;
  const { content, outdated, signOff, startedAt, startedBy, state } = test;
  const classes = useRunStyles();
  const itemClasses = useItemStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const paths = useReadinessPaths();
  const isOpen = state === 'open';

  return (
    <header className={classes.stack}>
      {paths.list && (
        <div>
          <Link to={paths.list}>{t('readinessRuns.back')}</Link>
        </div>
      )}
      <div className={classes.spread}>
        <h2 className={classes.heading}>
          {test.templateTitle} {t('readinessRuns.head.forService')}{' '}
          <EntityRefLink entityRef={test.entityRef} title={test.entityTitle} />
        </h2>
        <div className={classes.row}>
          <TestStateLabel state={state} />
          {actions}
        </div>
      </div>
      <div className={classes.secondary}>
        <Moment instant={startedAt}>
          {startedBy
            ? t('readinessRuns.head.started', {
                ago: words.ago(startedAt, now),
              })
            : t('readinessRuns.head.startedByNobody', {
                ago: words.ago(startedAt, now),
              })}
        </Moment>{' '}
        {startedBy && <Who who={startedBy} />}
        {test.templateVersion && (
          <>
            {' · '}
            {t('readinessRuns.version', { version: test.templateVersion })}
          </>
        )}
      </div>
      {content?.description && (
        <details className={itemClasses.guidance}>
          <summary>{t('readinessRuns.head.description')}</summary>
          <div className={itemClasses.guidanceText}>
            <Markdown content={content.description} />
          </div>
        </details>
      )}
      {state === 'discarded' && (
        <Alert severity="warning">{t('readinessRuns.head.discarded')}</Alert>
      )}
      {isOpen && signOff?.decision === 'returned' && (
        <Alert severity="warning">
          {t('readinessRuns.head.returned', {
            ago: words.ago(signOff.at, now),
          })}{' '}
          <Who who={signOff.by} />
          {signOff.comment && <div>{signOff.comment}</div>}
        </Alert>
      )}
      {test.templateRemoved && (
        <Alert severity="info">
          {isOpen
            ? t('readinessRuns.head.removed')
            : t('readinessRuns.head.removedFinished')}
        </Alert>
      )}
      {outdated && !test.templateRemoved && (
        <Alert severity="info">
          {isOpen
            ? t('readinessRuns.head.outdated')
            : t('readinessRuns.head.outdatedFinished')}
        </Alert>
      )}
    </header>
  );
};

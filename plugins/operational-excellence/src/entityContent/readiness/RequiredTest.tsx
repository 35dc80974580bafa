import { Link, LinkButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import {
  addDuration,
  type ReadinessTest,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { RunServiceTestButton } from '../../readinessTests/starting';
import { ValidUntil } from '../../readinessTests/result/ValidUntil';
import { useReadinessPaths } from '../../readinessTests/useReadinessPaths';
import { TestStateLabel } from '../../readinessTests/words';
import { dayOf, Moment } from '../../time';
import { useTexts } from '../../translation';
import { VerdictLabel } from './VerdictLabel';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
  name: { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 2),
  },
  secondary: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** Where the test does not say until when it counts, the policy does. */
function validUntilOf(
  { performedAt, validUntil }: ReadinessTest,
  { thresholds }: ServiceDetail,
): string | null {
  const every = thresholds?.readinessTest?.every;
  if (validUntil || !performedAt || !every) return validUntil;
  return new Date(addDuration(Date.parse(performedAt), every)).toISOString();
}

/** A template that the policy requires, and how the service stands by it. */
export const RequiredTest = (props: {
  service: ServiceDetail;
  template: string;
  /** The tests of the template, newest first. */
  tests: ReadinessTest[];
  now: number;
}) => {
  const { now, service, template, tests } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const paths = useReadinessPaths();
  const newest = tests.find(({ state }) => state === 'finished');
  const pending = tests.find(({ state }) => state !== 'finished');
  const pendingPath = pending && paths.test(pending.id);
  const newestPath = newest && paths.test(newest.id);
  const nameId = `operational-excellence-required-${template}`;

  const result = () => {
    if (!newest) return t('readinessRuns.ofService.never');
    const { outdated, performedAt, verdict } = newest;
    return (
      <>
        {verdict && <VerdictLabel verdict={verdict} />}
        {performedAt && (
          <Moment instant={performedAt}>
            {newestPath ? (
              <Link to={newestPath}>{dayOf(performedAt)}</Link>
            ) : (
              dayOf(performedAt)
            )}
          </Moment>
        )}
        <span>
          {t('readinessRuns.result.validUntil')}{' '}
          <ValidUntil
            test={{ validUntil: validUntilOf(newest, service) }}
            now={now}
          />
        </span>
        {outdated && (
          <span className={classes.secondary}>
            {t('readinessRuns.head.outdatedFinished')}
          </span>
        )}
      </>
    );
  };
  const pendingLabel = (test: ReadinessTest) =>
    test.state === 'open'
      ? t('readinessRuns.run.resumeProgress', {
          answered: `${test.answered}`,
          total: `${test.itemCount}`,
        })
      : t('readinessRuns.ofService.signOffAwaited');

  return (
    <li className={classes.root}>
      <div>
        <h4 id={nameId} className={classes.name}>
          {tests[0]?.templateTitle ?? template}
        </h4>
        <div className={classes.facts}>{result()}</div>
      </div>
      <div className={classes.actions}>
        {pending && <TestStateLabel state={pending.state} />}
        {pending && pendingPath && (
          <LinkButton
            to={pendingPath}
            size="small"
            variant="outlined"
            color="primary"
          >
            {pendingLabel(pending)}
          </LinkButton>
        )}
        {!pending && (
          <RunServiceTestButton
            service={service}
            template={template}
            describedBy={nameId}
            label={
              newest
                ? t('readinessRuns.ofService.runAgain')
                : t('readinessRuns.ofService.runThis')
            }
          />
        )}
      </div>
    </li>
  );
};

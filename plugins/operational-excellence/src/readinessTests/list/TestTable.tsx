import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { useListStyles } from '../../entityContent/useListStyles';
import { Who } from '../../exercises/words';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { ValidUntil } from '../result/ValidUntil';
import { useReadinessPaths } from '../useReadinessPaths';
import { TestStand } from './TestStand';

const When = (props: { test: ReadinessTest; now: number }) => {
  const { now, test } = props;
  const { performedAt, performedBy, startedAt, startedBy, state } = test;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const isEnded = state !== 'open' && performedAt;
  const who = isEnded ? performedBy : startedBy;
  return (
    <>
      {isEnded ? (
        <Moment instant={performedAt}>{dayOf(performedAt)}</Moment>
      ) : (
        <Moment instant={startedAt}>
          {t('readinessRuns.list.startedAgo', {
            ago: words.ago(startedAt, now),
          })}
        </Moment>
      )}
      {who && (
        <div className={classes.secondary}>
          <Who who={who} />
        </div>
      )}
    </>
  );
};

/** Readiness tests, the newest first. */
export const TestTable = (props: {
  label: string;
  tests: ReadinessTest[];
  now: number;
  /** Whether it is known anyway of which service they are. */
  isOfOneService?: boolean;
  /** The id of the test to compare another one with, where there is one. */
  previousOf?: (test: ReadinessTest) => string | undefined;
}) => {
  const { isOfOneService, label, now, previousOf, tests } = props;
  const classes = useListStyles();
  const { t } = useTexts();
  const paths = useReadinessPaths();

  const name = (test: ReadinessTest) => {
    const path = paths.test(test.id);
    return path ? (
      <Link to={path}>{test.templateTitle}</Link>
    ) : (
      test.templateTitle
    );
  };
  const difference = (test: ReadinessTest) => {
    const path = paths.test(test.id);
    return (
      path &&
      previousOf?.(test) && (
        <div>
          <Link to={`${path}#difference`}>
            {t('readinessRuns.ofService.compare')}
          </Link>
        </div>
      )
    );
  };

  return (
    <TableContainer>
      <Table size="small" className={classes.table} aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell>{t('readinessRuns.list.template')}</TableCell>
            {!isOfOneService && (
              <TableCell>{t('readinessRuns.list.service')}</TableCell>
            )}
            <TableCell>{t('readinessRuns.list.verdict')}</TableCell>
            <TableCell>{t('readinessRuns.list.performed')}</TableCell>
            <TableCell>{t('readinessRuns.list.validUntil')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tests.map(test => (
            <TableRow key={test.id}>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.text}
              >
                {name(test)}
                <div className={classes.secondary}>
                  {test.templateVersion &&
                    t('readinessRuns.version', {
                      version: test.templateVersion,
                    })}
                  {test.outdated && (
                    <>
                      {test.templateVersion && ' · '}
                      <Tooltip title={t('readinessRuns.list.outdatedHint')}>
                        <span>{t('readinessRuns.list.outdated')}</span>
                      </Tooltip>
                    </>
                  )}
                </div>
              </TableCell>
              {!isOfOneService && (
                <TableCell className={classes.short}>
                  <EntityRefLink
                    entityRef={test.entityRef}
                    title={test.entityTitle}
                  />
                </TableCell>
              )}
              <TableCell className={classes.short}>
                <TestStand test={test} />
                {difference(test)}
              </TableCell>
              <TableCell className={classes.short}>
                <When test={test} now={now} />
              </TableCell>
              <TableCell className={classes.short}>
                {test.state === 'finished' && (
                  <ValidUntil test={test} now={now} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

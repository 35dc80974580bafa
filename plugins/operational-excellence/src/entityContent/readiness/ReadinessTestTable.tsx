import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { dayOf, Moment, useTimeWords } from '../../time';
import { operationalExcellenceTranslationRef } from '../../translation';
import { useListStyles } from '../useListStyles';
import { Performer } from './Performer';
import { VerdictLabel } from './VerdictLabel';

type ReadinessTest = ServiceDetail['readinessTests'][number];

const ValidUntil = (props: { test: ReadinessTest; now: number }) => {
  const { validUntil } = props.test;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  if (!validUntil) return <>{t('tab.readiness.byPolicy')}</>;
  return (
    <>
      <Moment instant={validUntil}>{dayOf(validUntil)}</Moment>
      {Date.parse(validUntil) < props.now && (
        <div>
          <strong>{t('tab.readiness.expired')}</strong>
        </div>
      )}
    </>
  );
};

/** Readiness tests, the newest first. */
export const ReadinessTestTable = (props: {
  tests: ReadinessTest[];
  now: number;
}) => {
  const { tests, now } = props;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('tab.readiness.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('tab.readiness.performed')}</TableCell>
            <TableCell>{t('tab.readiness.template')}</TableCell>
            <TableCell>{t('tab.readiness.verdict')}</TableCell>
            <TableCell>{t('tab.readiness.validUntil')}</TableCell>
            <TableCell>{t('tab.readiness.by')}</TableCell>
            <TableCell>{t('tab.readiness.summary')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tests.map(test => (
            <TableRow key={test.id}>
              <TableCell className={classes.word}>
                <Moment instant={test.performedAt}>
                  {dayOf(test.performedAt)}
                </Moment>
                <div className={classes.secondary}>
                  {words.ago(test.performedAt, now)}
                </div>
              </TableCell>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.short}
              >
                {test.template}
              </TableCell>
              <TableCell className={classes.word}>
                <VerdictLabel verdict={test.verdict} />
              </TableCell>
              <TableCell className={classes.word}>
                <ValidUntil test={test} now={now} />
              </TableCell>
              <TableCell className={classes.short}>
                <Performer performedBy={test.performedBy} />
              </TableCell>
              <TableCell className={classes.text}>{test.summary}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

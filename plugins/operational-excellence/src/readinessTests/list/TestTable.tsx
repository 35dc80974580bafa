import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useListStyles } from '../../entityContent/useListStyles';
import { useTexts } from '../../translation';
import { ValidUntil } from '../result/ValidUntil';
import { TestComparison } from './TestComparison';
import { TestMoment } from './TestMoment';
import { TestName } from './TestName';
import type { TestsProps } from './TestsProps';
import { TestStand } from './TestStand';

/** Readiness tests as a table. */
export const TestTable = (props: TestsProps) => {
  const { isOfOneService, label, now, previousOf, tests } = props;
  const classes = useListStyles();
  const { t } = useTexts();
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
                <TestName test={test} />
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
                <TestComparison test={test} previousOf={previousOf} />
              </TableCell>
              <TableCell className={classes.short}>
                <TestMoment test={test} now={now} />
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

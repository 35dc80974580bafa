import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { useRecordStyles } from '../../entityContent/useRecordStyles';
import { useTexts } from '../../translation';
import { ValidUntil } from '../result/ValidUntil';
import { TestComparison } from './TestComparison';
import { TestMoment } from './TestMoment';
import { TestName } from './TestName';
import type { TestsProps } from './TestsProps';
import { TestStand } from './TestStand';

const Dates = (props: { test: ReadinessTest; now: number }) => {
  const { now, test } = props;
  const classes = useRecordStyles();
  const { t } = useTexts();
  if (test.state === 'open') {
    return (
      <div>
        <TestMoment test={test} now={now} />
      </div>
    );
  }
  return (
    <dl className={classes.facts}>
      <dt>{t('readinessRuns.list.performed')}</dt>
      <dd>
        <TestMoment test={test} now={now} />
      </dd>
      {test.state === 'finished' && (
        <>
          <dt>{t('readinessRuns.list.validUntil')}</dt>
          <dd>
            <ValidUntil test={test} now={now} />
          </dd>
        </>
      )}
    </dl>
  );
};

/** Readiness tests below each other, where there is no room for a table. */
export const TestItems = (props: TestsProps) => {
  const { isOfOneService, label, now, previousOf, tests } = props;
  const classes = useRecordStyles();
  return (
    <ul className={classes.list} aria-label={label}>
      {tests.map(test => (
        <li key={test.id} className={classes.record}>
          <div className={classes.heading}>
            <div className={classes.name}>
              <TestName test={test} />
            </div>
            <div>
              <TestStand test={test} />
              <TestComparison test={test} previousOf={previousOf} />
            </div>
          </div>
          {!isOfOneService && (
            <div>
              <EntityRefLink
                entityRef={test.entityRef}
                title={test.entityTitle}
              />
            </div>
          )}
          <Dates test={test} now={now} />
        </li>
      ))}
    </ul>
  );
};

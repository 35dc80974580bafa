import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { dayOf, Moment } from '../../time';
import { useTexts } from '../../translation';

/** Until when a result counts. */
export const ValidUntil = (props: {
  test: Pick<ReadinessTest, 'validUntil'>;
  now: number;
}) => {
  const { now, test } = props;
  const { t } = useTexts();
  if (!test.validUntil) return <>{t('readinessRuns.result.byPolicy')}</>;
  return (
    <>
      <Moment instant={test.validUntil}>{dayOf(test.validUntil)}</Moment>
      {Date.parse(test.validUntil) < now && (
        <>
          {' '}
          <strong>{t('readinessRuns.result.expired')}</strong>
        </>
      )}
    </>
  );
};

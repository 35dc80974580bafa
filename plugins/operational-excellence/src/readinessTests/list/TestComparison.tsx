import { Link } from '@backstage/core-components';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useReadinessPaths } from '../useReadinessPaths';
import type { TestsProps } from './TestsProps';

/** Leads to what has changed since the test before, where there was one. */
export const TestComparison = (props: {
  test: ReadinessTest;
  previousOf: TestsProps['previousOf'];
}) => {
  const { previousOf, test } = props;
  const { t } = useTexts();
  const path = useReadinessPaths().test(test.id);
  if (!path || !previousOf?.(test)) return null;
  return (
    <div>
      <Link to={`${path}#difference`}>
        {t('readinessRuns.ofService.compare')}
      </Link>
    </div>
  );
};

import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { TestItems } from './TestItems';
import type { TestsProps } from './TestsProps';
import { TestTable } from './TestTable';

/** Readiness tests, the newest first. */
export const Tests = (props: TestsProps) =>
  useIsNarrow() ? <TestItems {...props} /> : <TestTable {...props} />;

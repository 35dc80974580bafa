import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { ShareSentence } from './ShareSentence';
import { StarvedWarning } from './StarvedWarning';
import { TimeFigures } from './TimeFigures';
import { WeeklyFlow } from './WeeklyFlow';

/** Whether improvements get their share of the time. */
export const TimeReportContent = (props: {
  report: TimeReport;
  /** Whose time it is. */
  of: 'service' | 'owner';
  /** Further figures, which stand first. */
  figures?: ReactNode;
}) => {
  const { figures, of, report } = props;
  return (
    <>
      <StarvedWarning report={report} />
      <ShareSentence report={report} of={of} />
      <TimeFigures report={report}>{figures}</TimeFigures>
      <WeeklyFlow report={report} level={of === 'owner' ? 2 : 3} />
    </>
  );
};

import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { FindingEntry, FindingEntryOptions } from './FindingEntry';
import { useFindingStyles } from './useFindingStyles';

/** Findings, one below the other. */
export const FindingList = (
  props: FindingEntryOptions & { findings: readonly Finding[] },
) => {
  const { findings, ...options } = props;
  const classes = useFindingStyles();
  const { t } = useTexts();
  return (
    <ul className={classes.list} aria-label={t('findings.title')}>
      {findings.map(finding => (
        <FindingEntry key={finding.id} finding={finding} {...options} />
      ))}
    </ul>
  );
};

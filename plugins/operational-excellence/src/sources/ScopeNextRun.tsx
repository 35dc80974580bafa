import type { SourceScope } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { NextRun } from './RunTimes';

/** When a scope is to run next, or that it runs. */
export const ScopeNextRun = (props: { scope: SourceScope; now: number }) => {
  const { scope, now } = props;
  const { t } = useTexts();
  return scope.running ? (
    <>{t('sources.running')}</>
  ) : (
    <NextRun instant={scope.nextRunAt} now={now} />
  );
};

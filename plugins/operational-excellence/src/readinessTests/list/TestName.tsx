import { Link } from '@backstage/core-components';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { useListStyles } from '../../entityContent/useListStyles';
import { useTexts } from '../../translation';
import { useReadinessPaths } from '../useReadinessPaths';

/** Of which template a test is, and of which version of it; leads to the test. */
export const TestName = (props: { test: ReadinessTest }) => {
  const { id, outdated, templateTitle, templateVersion } = props.test;
  const classes = useListStyles();
  const { t } = useTexts();
  const path = useReadinessPaths().test(id);
  return (
    <>
      {path ? <Link to={path}>{templateTitle}</Link> : templateTitle}
      <div className={classes.secondary}>
        {templateVersion &&
          t('readinessRuns.version', { version: templateVersion })}
        {outdated && (
          <>
            {templateVersion && ' · '}
            <Tooltip title={t('readinessRuns.list.outdatedHint')}>
              <span>{t('readinessRuns.list.outdated')}</span>
            </Tooltip>
          </>
        )}
      </div>
    </>
  );
};

import { Link } from '@backstage/core-components';
import type { Retest } from 'backstage-plugin-operational-excellence-common';
import { useGameDayLinks, Who } from '../exercises';
import { dayOf, Moment } from '../time';
import { useTexts } from '../translation';
import { useFindingStyles } from './useFindingStyles';

/** What later exercises and experiments showed of a finding, newest first. */
export const FindingRetests = (props: { retests: readonly Retest[] }) => {
  const { retests } = props;
  const classes = useFindingStyles();
  const links = useGameDayLinks();
  const { t } = useTexts();
  if (retests.length === 0) return null;
  return (
    <div>
      <p className={classes.label}>{t('findings.retests')}</p>
      <ul className={classes.retests}>
        {retests.map(retest => (
          <li key={retest.id}>
            <Moment instant={retest.testedAt}>{dayOf(retest.testedAt)}</Moment>
            {': '}
            <strong>{t(`findings.result.${retest.result}`)}</strong>
            {` · ${t(`findings.retestForm.${retest.kind}`)} `}
            {retest.kind === 'exercise' && links ? (
              <Link to={links.exercise(retest.byId)}>{retest.title}</Link>
            ) : (
              retest.title
            )}
            {retest.note && ` · ${retest.note}`}{' '}
            <span className={classes.secondary}>
              {`${t('findings.retestedBy')} `}
              <Who who={retest.recordedBy} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

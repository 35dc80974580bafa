import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { operationalExcellenceTranslationRef } from '../../translation';
import { useListStyles } from '../useListStyles';

const USER_REF = /^user:[^:/\s]+\/[^:/\s]+$/;

/** Who ran a test: a user of the catalog, a name, or nobody that we know of. */
export const Performer = (props: { performedBy: string | null }) => {
  const { performedBy } = props;
  const classes = useListStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  if (!performedBy) {
    return (
      <span className={classes.secondary}>{t('tab.readiness.byNobody')}</span>
    );
  }
  return USER_REF.test(performedBy) ? (
    <EntityRefLink entityRef={performedBy} />
  ) : (
    <>{performedBy}</>
  );
};

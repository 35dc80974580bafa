import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import EventIcon from '@material-ui/icons/Event';
import type { Policies } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { AllowedLink } from '../exercises/AllowedLink';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { usePortalLinks } from '../portalLinks';
import { TonedLabel } from '../states';
import { exactInstant, utcDayOf } from '../time';
import { useTexts } from '../translation';
import { useMayTry } from './useMayTry';
import { PolicyEntry } from './words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(2, 2, 0),
  },
  about: { flex: '1 1 320px', margin: 0, fontSize: '0.875rem' },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

const Upcoming = (props: { from: string }) => {
  const { t } = useTexts();
  return (
    <TonedLabel icon={EventIcon} tone="attention">
      {t('policies.upcoming', { day: utcDayOf(props.from) })}
    </TonedLabel>
  );
};

const List = (props: { policies: Policies }) => {
  const { asOf, items } = props.policies;
  const classes = useStyles();
  const links = usePortalLinks();
  const { t } = useTexts();
  if (!items.length) return <Note>{t('policies.empty')}</Note>;
  return (
    <>
      <ol className={classes.list} aria-label={t('policies.title')}>
        {items.map(({ policy, preview, services, upcomingFrom }) => (
          <PolicyEntry
            key={policy.id}
            policy={policy}
            level={2}
            mark={upcomingFrom && <Upcoming from={upcomingFrom} />}
          >
            <div>
              {upcomingFrom
                ? t('policies.upcomingServices')
                : t('policies.services', { count: services })}
            </div>
            {preview && links && (
              <div>
                <Link to={links.policyPreview(preview)}>
                  {t('policies.whatChanges')}
                </Link>
              </div>
            )}
          </PolicyEntry>
        ))}
      </ol>
      <Note>
        <Typography variant="body2" color="textSecondary">
          {t('age.asOf', { instant: exactInstant(asOf) })}
        </Typography>
      </Note>
    </>
  );
};

/** The policies in the order in which they are looked through. */
export const PolicyList = () => {
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const allowance = useMayTry();
  const links = usePortalLinks();
  const { t } = useTexts();
  const loaded = useLoadable('policies', signal => api.getPolicies({ signal }));
  const content = () => {
    if (loaded.status === 'loading') {
      return <ListSkeleton label={t('policies.loading')} />;
    }
    return loaded.status === 'ready' ? (
      <List policies={loaded.value} />
    ) : (
      <LoadFailure failure={loaded} />
    );
  };
  return (
    <Paper className={classes.root}>
      <div className={classes.bar}>
        <p className={classes.about}>{t('policies.about')}</p>
        {links && (
          <AllowedLink to={links.tryPolicies()} allowance={allowance}>
            {t('policies.tryChange')}
          </AllowedLink>
        )}
      </div>
      {content()}
    </Paper>
  );
};

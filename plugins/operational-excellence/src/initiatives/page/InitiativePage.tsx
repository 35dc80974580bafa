import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { Note } from '../../entityContent/Note';
import { Section } from '../../entityContent/Section';
import { LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { usePortalLinks } from '../../portalLinks';
import { dayOf, useNow } from '../../time';
import { useTexts } from '../../translation';
import { InitiativeHead } from './InitiativeHead';
import { ProgressFigures } from './ProgressFigures';
import { WhoIsLeft } from './WhoIsLeft';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
}));

const Sections = (props: { initiative: Initiative; onChanged: () => void }) => {
  const { initiative, onChanged } = props;
  const now = useNow();
  const { t } = useTexts();
  const { closedAt } = initiative;
  return (
    <>
      <InitiativeHead initiative={initiative} now={now} onChanged={onChanged} />
      <Section title={t('initiatives.progress.title')}>
        <ProgressFigures initiative={initiative} />
        <Note>
          {closedAt
            ? t('initiatives.progress.atClosing', { day: dayOf(closedAt) })
            : t('initiatives.progress.ofVisible')}
        </Note>
      </Section>
      <WhoIsLeft initiative={initiative} />
    </>
  );
};

/** One initiative: its goal, how far it is, and who has not reached it. */
export const InitiativePage = (props: { id: string }) => {
  const { id } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const links = usePortalLinks();
  const { t } = useTexts();
  const loaded = useLoadable(id, signal => api.getInitiative(id, { signal }));

  const content = () => {
    switch (loaded.status) {
      case 'loading':
        return (
          <div role="status" aria-label={t('initiatives.loadingOne')}>
            <Skeleton height={64} />
            <Skeleton variant="rect" height={240} />
          </div>
        );
      case 'ready':
        return <Sections initiative={loaded.value} onChanged={loaded.reload} />;
      case 'not-found':
        return (
          <Paper>
            <div role="alert" style={{ padding: 16 }}>
              <Typography variant="subtitle1" component="p">
                {t('initiatives.notFound')}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {t('initiatives.notFoundAbout')}
              </Typography>
            </div>
          </Paper>
        );
      default:
        return (
          <Paper>
            <LoadFailure failure={loaded} />
          </Paper>
        );
    }
  };
  return (
    <div className={classes.root}>
      {links && (
        <div>
          <Link to={links.initiatives()}>{t('initiatives.all')}</Link>
        </div>
      )}
      {content()}
    </div>
  );
};

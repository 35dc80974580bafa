import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import type { PolicyPreview } from 'backstage-plugin-operational-excellence-common';
import { useRef } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { Section } from '../../entityContent/Section';
import { errorText, LoadFailure } from '../../feedback';
import { useLoadable, usePolling } from '../../loading';
import { usePortalLinks } from '../../portalLinks';
import { Moment, useNow, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { PolicyEntry } from '../words';
import { ChangedServices } from './ChangedServices';
import { ChangeTable } from './ChangeTable';
import { usePreviewView } from './usePreviewView';

const ID = 'operational-excellence-policy-preview';

/** Calm enough for however many look on. */
const POLL_EVERY_MS = 3_000;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  head: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(2),
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
  title: { margin: 0, fontSize: '1.375rem', fontWeight: 600 },
  sentence: { margin: 0, fontSize: '1rem', fontWeight: 600 },
  secondary: { color: theme.palette.text.secondary },
  links: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) },
  tried: {
    display: 'block',
    padding: 0,
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

const Outcome = (props: { preview: PolicyPreview }) => {
  const { changed, problem, services, state } = props.preview;
  const classes = useStyles();
  const { t } = useTexts();
  switch (state) {
    case 'running':
      return (
        <div>
          <div role="status">
            {t('policies.preview.running', { count: services })}
          </div>
          <LinearProgress aria-label={t('policies.preview.title')} />
        </div>
      );
    case 'failed':
      return (
        <Alert severity="error" role="alert">
          <AlertTitle>{t('policies.preview.failed')}</AlertTitle>
          {problem}
        </Alert>
      );
    default:
      return (
        <p className={classes.sentence} role="status">
          {changed === 0
            ? t('policies.preview.none')
            : t('policies.preview.changed', { count: changed })}{' '}
          {t('policies.preview.lookedAt', { count: services })}
        </p>
      );
  }
};

const Content = (props: {
  preview: PolicyPreview;
  staleBecause: Error | undefined;
}) => {
  const { preview, staleBecause } = props;
  const { createdAt, createdBy, id } = preview;
  const classes = useStyles();
  const links = usePortalLinks();
  const now = useNow();
  const view = usePreviewView();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
      <Paper className={classes.head}>
        <h2 className={classes.title}>{t('policies.preview.title')}</h2>
        <div className={classes.secondary}>
          <Moment instant={createdAt}>
            {t('policies.preview.begun', { ago: words.ago(createdAt, now) })}
          </Moment>{' '}
          <EntityRefLink entityRef={createdBy} />
        </div>
        <Outcome preview={preview} />
        {staleBecause && (
          <Alert severity="warning" role="alert">
            {t('policies.preview.stale', { message: errorText(staleBecause) })}
          </Alert>
        )}
        {links && preview.state !== 'running' && (
          <div>
            <Link to={links.tryPolicies()}>{t('policies.preview.again')}</Link>
          </div>
        )}
      </Paper>
      {preview.state === 'done' && preview.changes.length > 0 && (
        <>
          <Section title={t('policies.preview.changes')}>
            <ChangeTable preview={preview} view={view} />
          </Section>
          <ChangedServices id={id} view={view} />
        </>
      )}
      <Accordion TransitionProps={{ unmountOnExit: true }}>
        <AccordionSummary
          id={ID}
          aria-controls={`${ID}-tried`}
          expandIcon={<ExpandMoreIcon />}
        >
          <Typography>{t('policies.preview.tried')}</Typography>
        </AccordionSummary>
        <AccordionDetails className={classes.tried}>
          <ol className={classes.list} aria-label={t('policies.preview.tried')}>
            {preview.policies.map(policy => (
              <PolicyEntry key={policy.id} policy={policy} level={3} />
            ))}
          </ol>
        </AccordionDetails>
      </Accordion>
    </>
  );
};

/** What became of a try of other policies. */
export const PreviewPage = (props: { id: string }) => {
  const { id } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const links = usePortalLinks();
  const { t } = useTexts();
  const loaded = useLoadable(id, signal =>
    api.getPolicyPreview(id, { signal }),
  );
  const last = useRef<PolicyPreview>();
  if (loaded.status === 'ready') last.current = loaded.value;
  const preview = loaded.status === 'not-found' ? undefined : last.current;
  usePolling(loaded, {
    everyMs: POLL_EVERY_MS,
    isActive: preview?.state === 'running',
  });

  const content = () => {
    if (preview) {
      return (
        <Content
          preview={preview}
          staleBecause={loaded.status === 'failed' ? loaded.error : undefined}
        />
      );
    }
    switch (loaded.status) {
      case 'not-found':
        return (
          <Paper>
            <div role="alert" style={{ padding: 16 }}>
              <Typography variant="subtitle1" component="p">
                {t('policies.preview.notFound')}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {t('policies.preview.notFoundAbout')}
              </Typography>
            </div>
          </Paper>
        );
      case 'forbidden':
      case 'failed':
        return (
          <Paper>
            <LoadFailure failure={loaded} />
          </Paper>
        );
      default:
        return (
          <div role="status" aria-label={t('policies.preview.loading')}>
            <Skeleton height={64} />
            <Skeleton variant="rect" height={240} />
          </div>
        );
    }
  };
  return (
    <div className={classes.root}>
      {links && (
        <div>
          <Link to={links.policies()}>{t('policies.all')}</Link>
        </div>
      )}
      {content()}
    </div>
  );
};

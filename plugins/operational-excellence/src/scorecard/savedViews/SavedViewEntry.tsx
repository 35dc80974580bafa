import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { SavedView } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { operationalExcellenceApiRef } from '../../api';
import { useAct } from '../../exercises/useAct';
import { Who } from '../../exercises/words';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';
import { ViewForm } from './ViewForm';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  name: { flex: '1 1 200px', fontWeight: 600 },
  buttons: { display: 'flex', gap: theme.spacing(1) },
}));

/** Asks whether a view is to go for good. */
const Removal = (props: {
  view: SavedView;
  onRemoved: () => void;
  onKeep: () => void;
}) => {
  const { onKeep, onRemoved, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  const isRemoving = acting.status === 'sending';
  return (
    <div
      role="group"
      aria-label={t('savedViews.removeOf', { view: view.title })}
    >
      <Typography variant="body2" paragraph>
        {t(
          view.shared
            ? 'savedViews.reallyRemoveShared'
            : 'savedViews.reallyRemove',
          { view: view.title },
        )}
      </Typography>
      {acting.status === 'failed' && (
        <Alert severity="error" role="alert">
          {t('savedViews.failed', { message: errorText(acting.error) })}
        </Alert>
      )}
      <div className={classes.buttons}>
        <Button
          size="small"
          variant="contained"
          color="primary"
          aria-disabled={isRemoving}
          onClick={() =>
            act(async () => {
              await api.removeSavedView(view.id);
              onRemoved();
            })
          }
        >
          {isRemoving ? t('savedViews.removing') : t('savedViews.remove')}
        </Button>
        <Button size="small" onClick={onKeep}>
          {t('savedViews.keep')}
        </Button>
      </div>
    </div>
  );
};

/** A saved view: opened, and changed by whoever may. */
export const SavedViewEntry = (props: {
  view: SavedView;
  /** The parameters of what is shown now. */
  search: string;
  onOpen: () => void;
  onChange: () => void;
}) => {
  const { onChange, onOpen, search, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [doing, setDoing] = useState<'nothing' | 'editing' | 'removing'>(
    'nothing',
  );
  const close = () => setDoing('nothing');
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <Link
          component={RouterLink}
          to={{ search: `?${view.search}` }}
          className={classes.name}
          onClick={onOpen}
        >
          {view.title}
        </Link>
        <Typography variant="body2" color="textSecondary" component="span">
          {view.shared ? (
            <>
              {t('savedViews.shared')} <Who who={view.createdBy} />
            </>
          ) : (
            t('savedViews.mine')
          )}
        </Typography>
        {view.mayChange && doing === 'nothing' && (
          <span className={classes.buttons}>
            <Button
              size="small"
              aria-label={t('savedViews.editOf', { view: view.title })}
              onClick={() => setDoing('editing')}
            >
              {t('savedViews.edit')}
            </Button>
            <Button
              size="small"
              aria-label={t('savedViews.removeOf', { view: view.title })}
              onClick={() => setDoing('removing')}
            >
              {t('savedViews.remove')}
            </Button>
          </span>
        )}
      </div>
      {doing === 'editing' && (
        <ViewForm
          id={`operational-excellence-view-${view.id}`}
          view={view}
          search={search}
          onCancel={close}
          onSave={async submission => {
            await api.changeSavedView(view.id, submission);
            close();
            onChange();
          }}
        />
      )}
      {doing === 'removing' && (
        <Removal view={view} onKeep={close} onRemoved={onChange} />
      )}
    </li>
  );
};

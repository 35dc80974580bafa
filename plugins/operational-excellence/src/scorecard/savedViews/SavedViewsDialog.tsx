import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import type { SavedView } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { Loadable, useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { useIsNarrow } from '../useIsNarrow';
import { SavedViewEntry } from './SavedViewEntry';
import { ViewForm } from './ViewForm';

const ID = 'operational-excellence-saved-views';

const useStyles = makeStyles(theme => ({
  content: { fontFamily: theme.typography.fontFamily },
  list: {
    listStyle: 'none',
    margin: theme.spacing(0, 0, 2),
    padding: 0,
    '& > li:first-child': { borderTop: 0 },
  },
  form: { margin: theme.spacing(1, 0) },
}));

const List = (props: {
  views: Loadable<{ items: SavedView[] }>;
  search: string;
  onOpen: () => void;
  onChange: () => void;
}) => {
  const { views, ...entry } = props;
  const classes = useStyles();
  const { t } = useTexts();
  switch (views.status) {
    case 'loading':
      return (
        <div role="status" aria-label={t('savedViews.loading')}>
          <Skeleton height={40} />
          <Skeleton height={40} />
        </div>
      );
    case 'ready':
      return views.value.items.length > 0 ? (
        <ul className={classes.list} aria-label={t('savedViews.title')}>
          {views.value.items.map(view => (
            <SavedViewEntry key={view.id} view={view} {...entry} />
          ))}
        </ul>
      ) : (
        <Typography variant="body2" paragraph>
          {t('savedViews.none')}
        </Typography>
      );
    default:
      return <LoadFailure failure={views} />;
  }
};

/** Opens, saves, changes and deletes views of the scorecard; open while mounted. */
export const SavedViewsDialog = (props: {
  /** The parameters of what is shown now. */
  search: string;
  onClose: () => void;
}) => {
  const { onClose, search } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const [saved, setSaved] = useState('');
  const [changes, setChanges] = useState(0);
  const onChange = () => setChanges(count => count + 1);
  const views = useLoadable(`${changes}`, signal =>
    api.getSavedViews({ signal }),
  );
  return (
    <Dialog
      open
      fullScreen={isNarrow}
      fullWidth
      maxWidth="sm"
      aria-labelledby={`${ID}-title`}
      onClose={onClose}
    >
      <DialogTitle id={`${ID}-title`} disableTypography>
        <Typography variant="h5" component="h2">
          {t('savedViews.title')}
        </Typography>
      </DialogTitle>
      <DialogContent dividers className={classes.content}>
        <List
          views={views}
          search={search}
          onOpen={onClose}
          onChange={onChange}
        />
        <Typography variant="subtitle2" component="h3">
          {t('savedViews.form.saveNew')}
        </Typography>
        <div className={classes.form}>
          <ViewForm
            id={`${ID}-new`}
            search={search}
            onSave={async submission => {
              setSaved((await api.saveView(submission)).title);
              onChange();
            }}
          />
        </div>
        <Typography variant="body2" role="status">
          {saved && t('savedViews.form.saved', { view: saved })}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('savedViews.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};

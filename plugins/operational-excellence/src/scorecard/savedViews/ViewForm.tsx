import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  RECORD_TEXT_MAX,
  type SavedView,
  type SavedViewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { FormEvent, useState } from 'react';
import { useAct } from '../../exercises/useAct';
import { errorText, ReadableErrors } from '../../feedback';
import { useTexts } from '../../translation';
import { useMayShare } from './useMayShare';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1), justifyItems: 'start' },
  buttons: { display: 'flex', gap: theme.spacing(1) },
}));

/** Says what a view is called, who sees it and what it opens. */
export const ViewForm = (props: {
  /** Unique on the page. */
  id: string;
  /** The view that is changed; a new one is saved if left out. */
  view?: SavedView;
  /** The parameters of what is shown now. */
  search: string;
  onSave: (submission: SavedViewSubmission) => Promise<void>;
  onCancel?: () => void;
}) => {
  const { id, onCancel, onSave, search, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const mayShare = useMayShare();
  const [title, setTitle] = useState(view?.title ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [replaces, setReplaces] = useState(!view);
  const [isRefused, setRefused] = useState(false);
  const [acting, act] = useAct();
  const isSaving = acting.status === 'sending';
  const isUnnamed = !title.trim();

  const save = (event: FormEvent) => {
    event.preventDefault();
    setRefused(isUnnamed);
    if (isUnnamed) return;
    act(async () => {
      await onSave({
        title: title.trim(),
        search: view && !replaces ? view.search : search,
        shared,
      });
      if (!view) {
        setTitle('');
        setShared(false);
      }
    });
  };

  return (
    <ReadableErrors>
      <form noValidate className={classes.root} onSubmit={save}>
        <TextField
          id={`${id}-name`}
          fullWidth
          required
          size="small"
          variant="outlined"
          label={t('savedViews.form.name')}
          value={title}
          inputProps={{ maxLength: RECORD_TEXT_MAX.name }}
          error={isRefused && isUnnamed}
          helperText={isRefused && isUnnamed && t('savedViews.form.missing')}
          onChange={({ target }) => setTitle(target.value)}
        />
        <FormControlLabel
          label={t('savedViews.form.share')}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={shared}
              // What is shared may be taken back by whoever shared it.
              disabled={!mayShare.isAllowed && !shared}
              onChange={({ target }) => setShared(target.checked)}
            />
          }
        />
        {mayShare.denial && (
          <Typography variant="body2" color="textSecondary">
            {mayShare.denial}
          </Typography>
        )}
        {view && (
          <FormControlLabel
            label={t('savedViews.form.replace')}
            control={
              <Checkbox
                size="small"
                color="primary"
                checked={replaces}
                onChange={({ target }) => setReplaces(target.checked)}
              />
            }
          />
        )}
        {acting.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('savedViews.failed', { message: errorText(acting.error) })}
          </Alert>
        )}
        <div className={classes.buttons}>
          <Button
            type="submit"
            size="small"
            variant="contained"
            color="primary"
            aria-disabled={isSaving}
          >
            {isSaving ? t('savedViews.form.saving') : t('savedViews.form.save')}
          </Button>
          {onCancel && (
            <Button size="small" onClick={onCancel}>
              {t('savedViews.form.cancel')}
            </Button>
          )}
        </div>
      </form>
    </ReadableErrors>
  );
};

import { MarkdownContent } from '@backstage/core-components';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useTexts } from '../translation';

type View = 'write' | 'preview';

const VIEWS: View[] = ['write', 'preview'];

const useStyles = makeStyles(theme => ({
  tabs: { minHeight: 0, marginBottom: theme.spacing(1) },
  tab: {
    minHeight: 0,
    minWidth: 0,
    padding: theme.spacing(0.5, 1.5),
    textTransform: 'none',
    // The theme's own is white in the dark.
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
  preview: {
    minHeight: 120,
    fontFamily: theme.typography.fontFamily,
    maxHeight: 400,
    overflow: 'auto',
    padding: theme.spacing(1, 1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflowWrap: 'anywhere',
  },
}));

/** A text in markdown, as it is typed and as it will look. */
export const MarkdownField = (props: {
  /** Of the element that is typed into; unique on the page. */
  id: string;
  label: string;
  /** What the choice between writing and preview is called. */
  viewsLabel: string;
  value: string;
  problem?: string;
  minRows?: number;
  onChange: (value: string) => void;
}) => {
  const { id, label, minRows = 5, onChange, problem, value } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const [view, setView] = useState<View>('write');
  const panelId = `${id}-panel`;
  const tabId = (each: View) => `${id}-${each}`;
  return (
    <div>
      <Tabs
        className={classes.tabs}
        value={view}
        onChange={(_, next: View) => setView(next)}
        aria-label={props.viewsLabel}
        indicatorColor="primary"
      >
        {VIEWS.map(each => (
          <Tab
            key={each}
            className={classes.tab}
            value={each}
            id={tabId(each)}
            aria-controls={panelId}
            label={t(`improvement.${each}`)}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={panelId}
        aria-labelledby={tabId(view)}
        className={view === 'preview' ? classes.preview : undefined}
        // What scrolls has to take the focus.
        tabIndex={view === 'preview' ? 0 : undefined}
      >
        {view === 'write' && (
          <TextField
            id={id}
            variant="outlined"
            size="small"
            fullWidth
            label={label}
            multiline
            minRows={minRows}
            maxRows={16}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            error={problem !== undefined}
            helperText={problem ?? t('improvement.descriptionHint')}
          />
        )}
        {view === 'preview' && value.trim() && (
          <MarkdownContent content={value} linkTarget="_blank" />
        )}
        {view === 'preview' && !value.trim() && (
          <Typography variant="body2" color="textSecondary">
            {t('improvement.nothingToPreview')}
          </Typography>
        )}
      </div>
    </div>
  );
};

import { MarkdownContent } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { operationalExcellenceTranslationRef } from '../../translation';
import { DraftFieldsProps, fieldId } from './DraftFields';
import { DraftTextField } from './DraftTextField';

type View = 'write' | 'preview';

const VIEWS: View[] = ['write', 'preview'];
const PANEL_ID = `${fieldId('description')}-panel`;
const tabId = (view: View) => `${fieldId('description')}-${view}`;

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

/** The description in markdown, as it is typed and as it will look. */
export const DescriptionField = (props: DraftFieldsProps) => {
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [view, setView] = useState<View>('write');
  const text = props.draft.description;
  return (
    <div>
      <Tabs
        className={classes.tabs}
        value={view}
        onChange={(_, next: View) => setView(next)}
        aria-label={t('improvement.descriptionViews')}
        indicatorColor="primary"
      >
        {VIEWS.map(each => (
          <Tab
            key={each}
            className={classes.tab}
            value={each}
            id={tabId(each)}
            aria-controls={PANEL_ID}
            label={t(`improvement.${each}`)}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={PANEL_ID}
        aria-labelledby={tabId(view)}
        className={view === 'preview' ? classes.preview : undefined}
        // What scrolls has to take the focus.
        tabIndex={view === 'preview' ? 0 : undefined}
      >
        {view === 'write' && (
          <DraftTextField
            {...props}
            field="description"
            label={t('improvement.description')}
            multiline
            minRows={5}
            maxRows={16}
            hint={t('improvement.descriptionHint')}
          />
        )}
        {view === 'preview' && text.trim() && (
          <MarkdownContent content={text} linkTarget="_blank" />
        )}
        {view === 'preview' && !text.trim() && (
          <Typography variant="body2" color="textSecondary">
            {t('improvement.nothingToPreview')}
          </Typography>
        )}
      </div>
    </div>
  );
};

import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { sourceHealthSchema } from 'backstage-plugin-operational-excellence-common';
import { SearchField } from '../search';
import { useTexts } from '../translation';

const HEALTHS = sourceHealthSchema.options;

/** How the scopes fare that are listed; `unhealthy`: in any way but well. */
export type ScopeHealth = 'all' | 'unhealthy' | (typeof HEALTHS)[number];

/** The values of the API's parameter. */
export function healthsOf(health: ScopeHealth): string[] | undefined {
  if (health === 'all') return undefined;
  return health === 'unhealthy'
    ? HEALTHS.filter(each => each !== 'ok')
    : [health];
}

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    paddingBottom: theme.spacing(1.5),
  },
  health: { minWidth: 180 },
}));

/** Finds scopes by text and by how they fare. */
export const ScopeFilters = (props: {
  sourceId: string;
  health: ScopeHealth;
  onHealth: (health: ScopeHealth) => void;
  text: string;
  onText: (text: string) => void;
}) => {
  const { sourceId, health, onHealth, onText, text } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <SearchField
        id={`operational-excellence-find-scope-${sourceId}`}
        label={t('sources.searchScopes')}
        value={text}
        onChange={onText}
      />
      <TextField
        select
        id={`operational-excellence-scope-health-${sourceId}`}
        size="small"
        variant="outlined"
        className={classes.health}
        label={t('sources.health')}
        value={health}
        onChange={({ target }) => onHealth(target.value as ScopeHealth)}
      >
        <MenuItem value="all">{t('sources.allScopes')}</MenuItem>
        <MenuItem value="unhealthy">{t('sources.onlyUnhealthy')}</MenuItem>
        {HEALTHS.map(each => (
          <MenuItem key={each} value={each}>
            {t(`health.${each}`)}
          </MenuItem>
        ))}
      </TextField>
    </div>
  );
};

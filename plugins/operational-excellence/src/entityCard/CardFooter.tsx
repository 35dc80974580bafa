import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { HealthLabel } from '../states';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1.5, 2),
    fontFamily: theme.typography.fontFamily,
  },
  sources: { listStyle: 'none', margin: 0, padding: 0 },
  source: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.25, 1),
    fontSize: '0.8125rem',
    overflowWrap: 'anywhere',
  },
  error: { flexBasis: '100%', color: theme.palette.text.secondary },
}));

/** Each source that the figures come from, how it fares and as of when. */
export const CardFooter = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const words = useTimeWords();

  if (!service.sources.length) {
    return (
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.root}
      >
        {t('card.noSources')}
      </Typography>
    );
  }
  return (
    <div className={classes.root}>
      <ul className={classes.sources} aria-label={t('card.sources')}>
        {service.sources.map(source => (
          <li key={`${source.id} ${source.scope}`} className={classes.source}>
            <HealthLabel health={source.health} />
            <span>
              {source.title === source.scope
                ? source.title
                : `${source.title} · ${source.scope}`}
            </span>
            <Typography
              variant="caption"
              color="textSecondary"
              component="span"
            >
              {source.checkedAt ? (
                <Moment instant={source.checkedAt}>
                  {t('age.checked', { ago: words.ago(source.checkedAt, now) })}
                </Moment>
              ) : (
                t('age.neverChecked')
              )}
            </Typography>
            {source.lastError && (
              <span className={classes.error}>{source.lastError}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};

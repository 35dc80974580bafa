import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  // The theme's own has a margin that the list does not expect.
  chip: { margin: 0, color: theme.palette.text.primary },
}));

/** The tags of a finding; each can be chosen where something comes of that. */
export const TagList = (props: {
  tags: readonly string[];
  onChoose?: (tag: string) => void;
}) => {
  const { onChoose, tags } = props;
  const classes = useStyles();
  const { t } = useTexts();
  if (tags.length === 0) return null;
  return (
    <ul className={classes.root} aria-label={t('findings.tags')}>
      {tags.map(tag => (
        <li key={tag}>
          {onChoose ? (
            <Chip
              className={classes.chip}
              size="small"
              variant="outlined"
              label={tag}
              aria-label={t('findings.lessons.narrowTo', { tag })}
              onClick={() => onChoose(tag)}
            />
          ) : (
            <Chip
              className={classes.chip}
              size="small"
              variant="outlined"
              label={tag}
            />
          )}
        </li>
      ))}
    </ul>
  );
};

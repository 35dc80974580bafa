import { makeStyles } from '@material-ui/core/styles';

/** A sentence with an icon before it. */
export const useRemarkStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    margin: 0,
    padding: theme.spacing(2, 2, 0),
    fontSize: '1rem',
    fontWeight: 600,
    lineHeight: 1.4,
  },
  icon: { flexShrink: 0, fontSize: '1.4em' },
}));

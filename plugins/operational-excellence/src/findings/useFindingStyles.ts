import { makeStyles } from '@material-ui/core/styles';

/** The lists of findings and lessons. */
export const useFindingStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  entry: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    breakInside: 'avoid',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  label: {
    margin: theme.spacing(0, 0, 0.5),
    fontSize: '0.8125rem',
    fontWeight: 600,
    color: theme.palette.text.secondary,
  },
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  retests: { margin: 0, paddingLeft: theme.spacing(2.5) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
  },
  note: { margin: theme.spacing(1.5, 2), overflowWrap: 'anywhere' },
}));

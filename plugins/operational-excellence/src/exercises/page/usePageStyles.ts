import { makeStyles } from '@material-ui/core/styles';

/** The sections of the page of an exercise. */
export const usePageStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    margin: 0,
    padding: theme.spacing(2),
    fontSize: '0.875rem',
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
    '& dt': {
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
    '& dd': { margin: theme.spacing(0, 0, 1.5) },
    '& dd:last-child': { marginBottom: 0 },
  },
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '0.875rem',
    lineHeight: 1.43,
  },
  bullets: { margin: 0, paddingLeft: theme.spacing(2.5) },
  entry: {
    display: 'grid',
    gap: theme.spacing(0.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(1.25, 2),
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
  title: { fontWeight: 600 },
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    paddingTop: theme.spacing(0.5),
  },
  heading: {
    margin: 0,
    padding: theme.spacing(2, 2, 0.5),
    fontSize: '0.875rem',
    fontWeight: 600,
  },
  note: {
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
}));

import { makeStyles } from '@material-ui/core/styles';

/** The layout of one item, whether it is answered or read. */
export const useItemStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    // Below what stays at the top of the page.
    scrollMarginTop: theme.spacing(12),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    '&:focus': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  question: { margin: 0, fontSize: '1rem', fontWeight: 600 },
  guidance: { '& > summary': { cursor: 'pointer', width: 'fit-content' } },
  guidanceText: { marginTop: theme.spacing(1) },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    minHeight: 20,
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  problem: { fontSize: '0.8125rem' },
}));

import { makeStyles } from '@material-ui/core/styles';

/** The layout of the form and of its groups. */
export const useFormStyles = makeStyles(theme => ({
  fields: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  group: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    margin: 0,
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    minWidth: 0,
  },
  legend: {
    padding: theme.spacing(0, 0.5),
    fontFamily: theme.typography.fontFamily,
    // As the labels of fields that are filled in.
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
  thirds: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 150px), 1fr))',
  },
}));

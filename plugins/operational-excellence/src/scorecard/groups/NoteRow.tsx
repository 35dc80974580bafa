import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { GROUP_COLUMNS } from './groupColumns';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
}));

/** Groups are rows of a table, or items of a list where there is no room. */
export type Layout = 'table' | 'list';

/** What is said of groups among them. */
export const NoteRow = (props: {
  layout: Layout;
  level: number;
  children: ReactNode;
}) => {
  const { children, layout, level } = props;
  const classes = useStyles();
  const theme = useTheme();
  const style = { paddingLeft: theme.spacing(2 + 2 * level) };
  if (layout === 'list') {
    return (
      <li className={classes.root} style={style}>
        {children}
      </li>
    );
  }
  return (
    <tr>
      <td colSpan={GROUP_COLUMNS.length} className={classes.root} style={style}>
        {children}
      </td>
    </tr>
  );
};

import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ReadinessItem,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { useRunStyles } from './useRunStyles';

const useStyles = makeStyles(theme => ({
  heading: {
    padding: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
}));

/** The sections of a test, each with its items. */
export const Sections = (props: {
  test: ReadinessTestDetail;
  children: (item: ReadinessItem) => ReactNode;
}) => {
  const { children, test } = props;
  const classes = useRunStyles();
  const own = useStyles();
  return (
    <>
      {test.content?.sections
        .filter(({ items }) => items.length > 0)
        .map((section, index) => (
          <Paper key={index} component="section">
            <div className={own.heading}>
              <h3 className={classes.heading}>{section.title}</h3>
            </div>
            {section.items.map(item => children(item))}
          </Paper>
        ))}
    </>
  );
};

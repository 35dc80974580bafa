import { makeStyles } from '@material-ui/core/styles';
import { forwardRef, HTMLAttributes } from 'react';

const useStyles = makeStyles(theme => ({
  notice: {
    padding: theme.spacing(0.75, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    color: theme.palette.text.secondary,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
}));

type ListProps = HTMLAttributes<HTMLElement> & { notice?: string };

/** Choices, with a word on them at their end that is none of them. */
export const ListWithNotice = forwardRef<HTMLUListElement, ListProps>(
  (props, ref) => {
    const { notice, ...list } = props;
    const classes = useStyles();
    return (
      <>
        <ul {...list} ref={ref} />
        <div
          role="presentation"
          // As in the list above it: who reads it stays in the field.
          onMouseDown={event => event.preventDefault()}
        >
          <div role="status" className={notice && classes.notice}>
            {notice}
          </div>
        </div>
      </>
    );
  },
);

import { MarkdownContent } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    overflowWrap: 'anywhere',
    '& > :first-child > :first-child': { marginTop: 0 },
    '& > :first-child > :last-child': { marginBottom: 0 },
    // A heading in it is none of the page.
    '& h1, & h2, & h3, & h4, & h5, & h6': { fontSize: '1rem' },
    paddingLeft: theme.spacing(1.5),
    borderLeft: `3px solid ${theme.palette.divider}`,
  },
}));

/** What somebody wrote in markdown. */
export const Markdown = (props: { content: string }) => (
  <div className={useStyles().root}>
    <MarkdownContent content={props.content} linkTarget="_blank" />
  </div>
);

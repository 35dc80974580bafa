import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  owner: {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/** Which service it is, and whose. */
export const ServiceHeading = (props: {
  service: { entityRef: string; title: string; ownerRef: string | null };
}) => {
  const { entityRef, ownerRef, title } = props.service;
  const classes = useStyles();
  return (
    <div>
      <div className={classes.name}>
        <EntityRefLink entityRef={entityRef} title={title} />
      </div>
      {ownerRef && (
        <div className={classes.owner}>
          <EntityRefLink entityRef={ownerRef} />
        </div>
      )}
    </div>
  );
};

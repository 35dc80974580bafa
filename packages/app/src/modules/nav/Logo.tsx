import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  mark: { width: 28, height: 28, flex: 'none' },
  shield: { fill: 'none', stroke: '#7df3e1', strokeWidth: 2 },
  tick: { fill: 'none', stroke: '#ffffff', strokeWidth: 2.5 },
  root: { display: 'flex', alignItems: 'center', gap: 12 },
  name: { color: '#ffffff', fontWeight: 600, lineHeight: 1.2 },
});

/** The mark of the portal, with its name where there is room for it. */
export const Logo = (props: { withName: boolean }) => {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <svg className={classes.mark} viewBox="0 0 28 28" aria-hidden>
        <path
          className={classes.shield}
          d="M14 2 25 6v8c0 6-4.5 10.4-11 12C7.5 24.4 3 20 3 14V6z"
        />
        <path className={classes.tick} d="m8.5 14 4 4 7.5-8" />
      </svg>
      {props.withName && (
        <span className={classes.name}>
          Operational
          <br />
          excellence
        </span>
      )}
    </span>
  );
};

import { SidebarItem } from '@backstage/core-components';
import { IconElement } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  // Long titles take a second line rather than being cut off.
  root: {
    '& .MuiTypography-root': { whiteSpace: 'normal', lineHeight: 1.2 },
  },
});

export const NavItem = (props: {
  icon: IconElement;
  to: string;
  text: string;
}) => {
  const classes = useStyles();
  return (
    <SidebarItem
      className={classes.root}
      icon={() => props.icon}
      to={props.to}
      text={props.text}
    />
  );
};

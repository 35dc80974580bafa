import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    flex: 'none',
    margin: theme.spacing(-0.25, 0),
    padding: theme.spacing(0.25),
  },
}));

/** Shows or hides the groups right beneath one. */
export const GroupToggle = (props: {
  /** The title of the group. */
  group: string;
  isOpen: boolean;
  onToggle: () => void;
}) => {
  const { group, isOpen, onToggle } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const Icon = isOpen ? ExpandMoreIcon : ChevronRightIcon;
  return (
    <IconButton
      size="small"
      className={classes.root}
      aria-expanded={isOpen}
      aria-label={t(isOpen ? 'groups.hide' : 'groups.show', { group })}
      onClick={onToggle}
    >
      <Icon fontSize="small" />
    </IconButton>
  );
};

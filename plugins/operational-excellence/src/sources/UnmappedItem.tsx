import { makeStyles } from '@material-ui/core/styles';
import {
  FIS_ENTITY_REF_TAG,
  type SourceKind,
  type UnmappedService,
} from 'backstage-plugin-operational-excellence-common';
import { CopyableSnippet } from '../entityCard/CopyableSnippet';
import { useTexts } from '../translation';
import { annotationYaml } from './annotationYaml';
import { ServiceItem } from './ServiceItem';

const useStyles = makeStyles(theme => ({
  note: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  suggestion: { '& + &': { marginTop: theme.spacing(1.5) } },
}));

/** A service that names no source of a kind, and what it could name. */
export const UnmappedItem = (props: {
  service: UnmappedService;
  kind: SourceKind;
}) => {
  const { service, kind } = props;
  const { entityRef, suggestions, title } = service;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <ServiceItem service={service}>
      {kind === 'experiment' && (
        <>
          <div className={classes.note}>{t('sources.unmapped.tag')}</div>
          <CopyableSnippet
            text={`${FIS_ENTITY_REF_TAG}: ${entityRef}`}
            label={t('sources.unmapped.copyTag', { service: title })}
          />
        </>
      )}
      {kind === 'ticket' && suggestions.length === 0 && (
        <div className={classes.note}>{t('sources.unmapped.nothing')}</div>
      )}
      {suggestions.map(({ annotation, source, sourceId, value }) => (
        <div
          key={JSON.stringify([sourceId, annotation, value])}
          className={classes.suggestion}
        >
          <div className={classes.note}>
            {t('sources.unmapped.suggested', { source })}
          </div>
          <CopyableSnippet
            text={annotationYaml({ annotation, value })}
            label={t('sources.unmapped.copyOf', { service: title, value })}
          />
        </div>
      ))}
    </ServiceItem>
  );
};

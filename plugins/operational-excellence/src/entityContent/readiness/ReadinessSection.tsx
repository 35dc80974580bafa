import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../../translation';
import { Note } from '../Note';
import { Section } from '../Section';
import { ReadinessTestTable } from './ReadinessTestTable';

/** What the policy asks to be tested, and what was. */
export const ReadinessSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { readinessTest, readinessTests, thresholds } = service;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const required = thresholds?.readinessTest?.templates;
  const { missingTemplates } = readinessTest;
  return (
    <Section title={t('tab.readiness.title')}>
      <Note>
        {required
          ? t('tab.readiness.required', { templates: required.join(', ') })
          : t('tab.readiness.notRequired')}
        {missingTemplates.length > 0 && (
          <div>
            <strong>
              {t('tab.readiness.missing', {
                templates: missingTemplates.join(', '),
              })}
            </strong>
          </div>
        )}
        {!readinessTests.length && <div>{t('tab.readiness.empty')}</div>}
      </Note>
      {readinessTests.length > 0 && (
        <ReadinessTestTable tests={readinessTests} now={now} />
      )}
    </Section>
  );
};

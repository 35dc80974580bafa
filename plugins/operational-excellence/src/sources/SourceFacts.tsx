import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { Fact, Facts } from './Fact';
import { RequestsFigure, ServicesFigure } from './Figures';
import { RateLimitFigure } from './RateLimitFigure';
import { CheckedAt, NextRun } from './RunTimes';

/** What a source delivered, when, and what that took. */
export const SourceFacts = (props: { source: Source; now: number }) => {
  const { source, now } = props;
  const { scopes } = source;
  const { t } = useTexts();
  return (
    <Facts>
      <Fact label={t('sources.checked')}>
        <CheckedAt instant={source.checkedAt} now={now} />
      </Fact>
      <Fact label={t('sources.next')}>
        <NextRun instant={source.nextRunAt} now={now} />
      </Fact>
      <Fact label={t('sources.scopes')}>
        {scopes.total === 0
          ? t('sources.noScopesYet')
          : t('sources.scopesOk', {
              ok: scopes.ok.toLocaleString(),
              total: scopes.total.toLocaleString(),
            })}
      </Fact>
      <Fact label={t('sources.services')}>
        <ServicesFigure services={source.services} problems={source.problems} />
      </Fact>
      <Fact label={t('sources.rows')}>{source.rows.toLocaleString()}</Fact>
      <Fact label={t('sources.requests')}>
        <RequestsFigure requests={source.requests} now={now} />
      </Fact>
      <Fact label={t('sources.rateLimit.title')}>
        <RateLimitFigure rateLimit={source.rateLimit} now={now} />
      </Fact>
    </Facts>
  );
};

import {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { OperationalExcellenceConfig } from '../config';
import { StatusUpdater } from '../status';
import { VisibilityService } from '../visibility';
import { AuthorizedReadiness } from './AuthorizedReadiness';
import { ReadinessImport } from './imports';
import { Readiness } from './Readiness';
import {
  ReportService,
  RunContents,
  RunQueries,
  RunRecorder,
  RunService,
  RunStarter,
  RunStore,
} from './runs';
import {
  builtInFiles,
  TemplateQueries,
  TemplateRefresh,
  templateSources,
  TemplateStore,
} from './templates';

/** Readiness templates as code, and the tests that people and pipelines run. */
export function createReadiness(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: OperationalExcellenceConfig['readiness'];
  db: Knex;
  logger: LoggerService;
  policies: readonly Policy[];
  status: StatusUpdater;
  urlReader: UrlReaderService;
  visibility: VisibilityService;
  now?: () => Instant;
}): {
  readiness: Readiness;
  recorder: RunRecorder;
  templates: TemplateRefresh;
} {
  const store = TemplateStore.create();
  const runs = RunStore.create();
  const contents = RunContents.create();
  const starter = RunStarter.create({ ...options, runs, templates: store });
  const service = RunService.create({ ...options, contents, runs, starter });
  return {
    readiness: AuthorizedReadiness.create({
      imports: ReadinessImport.create(options),
      queries: RunQueries.create({ ...options, contents, runs }),
      reports: ReportService.create({
        ...options,
        contents,
        runs,
        service,
        starter,
      }),
      runs: service,
      starter,
      templates: TemplateQueries.create({ ...options, templates: store }),
      visibility: options.visibility,
    }),
    recorder: RunRecorder.create({ ...options, contents, runs, starter }),
    templates: TemplateRefresh.create({
      ...options,
      sources: templateSources({ ...options, builtInFiles }),
      store,
    }),
  };
}

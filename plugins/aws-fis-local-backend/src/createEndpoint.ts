import { LoggerService } from '@backstage/backend-plugin-api';
import express from 'express';
import { Knex } from 'knex';
import { createRouter } from './api/createRouter';
import { AwsFisLocalConfig } from './config';
import { ExperimentService, ExperimentStore } from './experiments';
import { HistoryService } from './history';
import { SafetyService } from './safety/SafetyService';
import { SignatureVerifier } from './sigv4';
import { TagService } from './tags';
import { TemplateService, TemplateStore } from './templates';

/** Puts the parts of the endpoint together. */
export function createEndpoint(options: {
  db: Knex;
  config: AwsFisLocalConfig;
  logger: LoggerService;
  now: () => number;
}): express.Router {
  const { db, config, logger, now } = options;
  const { credentials, retentionMs, timeScale, quotas } = config;
  const templates = TemplateStore.create();
  const experiments = ExperimentStore.create({ retentionMs, now });
  const experimentService = ExperimentService.create({
    db,
    templates,
    experiments,
    quota: quotas.activeExperiments,
    timeScale,
    now,
  });
  return createRouter({
    logger,
    verifier: SignatureVerifier.create({ credentials, now }),
    templates: TemplateService.create({
      db,
      templates,
      quota: quotas.experimentTemplates,
      now,
    }),
    experiments: experimentService,
    safety: SafetyService.create({ db, experiments: experimentService }),
    tags: TagService.create({ db, templates, experiments }),
    history: HistoryService.create({ db, experiments, now }),
    now,
  });
}

import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { VisibilityService } from '../visibility';
import { ServiceReader, SourceReader, SyncRequester } from './readers';

export interface RouterOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  services: ServiceReader;
  sources: SourceReader;
  syncRequests: SyncRequester;
  visibility: VisibilityService;
}

/** The HTTP API, as openapi.json describes it. */
export async function createRouter(
  _options: RouterOptions,
): Promise<express.Router> {
  return Router();
}

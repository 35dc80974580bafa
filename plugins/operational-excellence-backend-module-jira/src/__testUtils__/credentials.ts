import { JiraServer, JiraServerOptions } from 'upstream-servers';

export const EMAIL = 'portal@acme.example';
export const API_TOKEN = 'ATATT-not-a-real-token';
export const PAT = 'not-a-real-personal-access-token';

/** A server of a deployment, and the part of an entry that reaches it. */
export async function startJira(
  deployment: JiraServerOptions['deployment'],
  options: Partial<JiraServerOptions> = {},
) {
  const server = await JiraServer.start({
    deployment,
    email: EMAIL,
    apiToken: API_TOKEN,
    token: PAT,
    projects: ['PAY'],
    ...options,
  });
  return { server, entry: entryOf(deployment, server.url) };
}

export function entryOf(
  deployment: JiraServerOptions['deployment'],
  baseUrl: string,
) {
  return deployment === 'cloud'
    ? { baseUrl, deployment, email: EMAIL, apiToken: API_TOKEN }
    : { baseUrl, deployment, token: PAT };
}

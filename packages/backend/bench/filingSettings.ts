/** What the benchmark of filing wants of the tracker that it starts, as JSON. */
export interface FilingUpstreamSettings {
  hosts: number;
  /** Of each host. */
  repositories: number;
  /** How long each answer takes. */
  latencyMs: number;
  /** Whether requests fail at random, until the tracker is told to heal. */
  isFaulty: boolean;
  /** The same faults for the same seed, as far as requests come in the same order. */
  seed: number;
}

/** What it wants of the backend that files there, as JSON. */
export interface FilingBackendSettings {
  connection: string;
  port: number;
  services: number;
  /** Of each host. */
  repositories: number;
  /** The addresses of the hosts. */
  upstreamUrls: string[];
  /** How often each repository is read, ISO 8601. */
  syncEvery: string;
  concurrency: number;
}

/** An issue as the tracker has it in the end. */
export interface FiledIssue {
  key: string;
  title: string;
  /** By which the plugin finds it again. */
  marker: string | undefined;
}

export const GITHUB_TOKEN = 'ghp_of_the_benchmark';

export const hostName = (host: number) => `host-${host}.example`;

export const repositoryName = (host: number, repository: number) =>
  `host-${host}/repository-${repository}`;

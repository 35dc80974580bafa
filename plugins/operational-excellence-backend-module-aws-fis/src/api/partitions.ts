interface Partition {
  /** What the addresses of the API end with. */
  apiDomain: string;
  consoleDomain: string;
}

const PARTITIONS: [prefix: string, Partition][] = [
  [
    'cn-',
    { apiDomain: 'amazonaws.com.cn', consoleDomain: 'console.amazonaws.cn' },
  ],
  [
    'us-gov-',
    {
      apiDomain: 'amazonaws.com',
      consoleDomain: 'console.amazonaws-us-gov.com',
    },
  ],
];

const STANDARD: Partition = {
  apiDomain: 'amazonaws.com',
  consoleDomain: 'console.aws.amazon.com',
};

function partitionOf(region: string): Partition {
  const found = PARTITIONS.find(([prefix]) => region.startsWith(prefix));
  return found ? found[1] : STANDARD;
}

/** AWS's own address of the API in a Region. */
export const awsEndpoint = (region: string): URL =>
  new URL(`https://fis.${region}.${partitionOf(region).apiDomain}`);

/** Whether an address is one of AWS, such as that of a VPC endpoint. */
export const isAwsEndpoint = (endpoint: URL): boolean =>
  /\.amazonaws\.com(\.cn)?$/.test(endpoint.hostname);

/** Whether an address is on this machine, where AWS's limits on requests mean nothing. */
export const isLocalEndpoint = (endpoint: URL): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(endpoint.hostname);

function consolePage(region: string, page: string): string {
  const { consoleDomain } = partitionOf(region);
  return `https://${region}.${consoleDomain}/fis/home?region=${region}#${page}`;
}

/** Where people see the experiments of a Region, or one of them. */
export function consoleUrl(region: string, experimentId?: string): string {
  return consolePage(
    region,
    experimentId === undefined
      ? 'Experiments'
      : `ExperimentDetails:ExperimentId=${encodeURIComponent(experimentId)}`,
  );
}

/** Where people see an experiment template of a Region. */
export function templateConsoleUrl(region: string, templateId: string): string {
  const id = encodeURIComponent(templateId);
  return consolePage(
    region,
    `ExperimentTemplateDetails:ExperimentTemplateId=${id}`,
  );
}

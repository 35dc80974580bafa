import {
  awsEndpoint,
  consoleUrl,
  isAwsEndpoint,
  isLocalEndpoint,
} from './partitions';

describe('addresses of AWS', () => {
  it.each([
    [
      'eu-west-1',
      'https://fis.eu-west-1.amazonaws.com/',
      'https://eu-west-1.console.aws.amazon.com/fis/home?region=eu-west-1#ExperimentDetails:ExperimentId=EXP1',
    ],
    [
      'cn-north-1',
      'https://fis.cn-north-1.amazonaws.com.cn/',
      'https://cn-north-1.console.amazonaws.cn/fis/home?region=cn-north-1#ExperimentDetails:ExperimentId=EXP1',
    ],
    [
      'us-gov-west-1',
      'https://fis.us-gov-west-1.amazonaws.com/',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/fis/home?region=us-gov-west-1#ExperimentDetails:ExperimentId=EXP1',
    ],
  ])('are those of the partition of %s', (region, endpoint, url) => {
    expect(awsEndpoint(region).href).toBe(endpoint);
    expect(consoleUrl(region, 'EXP1')).toBe(url);
  });

  it.each([
    ['https://fis.eu-west-1.amazonaws.com', true],
    ['https://vpce-1.fis.eu-west-1.vpce.amazonaws.com', true],
    ['https://fis.cn-north-1.amazonaws.com.cn', true],
    ['http://localhost:7007/api/aws-fis-local', false],
    ['https://amazonaws.com.example.org', false],
  ])('are told from others: %s', (endpoint, expected) => {
    expect(isAwsEndpoint(new URL(endpoint))).toBe(expected);
  });

  it.each([
    ['http://localhost:7007/api/aws-fis-local', true],
    ['http://127.0.0.1:7007', true],
    ['http://[::1]:7007', true],
    ['https://fis.eu-west-1.amazonaws.com', false],
    ['https://fis-proxy.acme.example', false],
    ['https://localhost.acme.example', false],
    ['https://127.0.0.1.acme.example', false],
  ])('knows whether %s is on this machine', (endpoint, isLocal) => {
    expect(isLocalEndpoint(new URL(endpoint))).toBe(isLocal);
  });
});

import { BackendFeature } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  MisbehavingUpstream,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { BacklogTracker, FaultyBacklog } from './FaultyBacklog';
import { FaultyUpstream, FaultyVendor, TOLERANCE } from './FaultyVendor';

interface TrackerServer {
  url: string;
  close(): Promise<void>;
}

/** Every run also finds out what still exists. */
const SCHEDULE = {
  every: 'P1D',
  reconcileEvery: 'PT1S',
  tolerance: TOLERANCE.text,
};

/** A tracker of which each instance has a server of its own. */
export function backlogVendor(vendor: {
  name: string;
  lacks: FaultyVendor['lacks'];
  features: readonly BackendFeature[];
  protocol: UpstreamProtocol;
  /** The most tickets that the source reads with one request. */
  pageSize: number;
  /** Whether the source reads by the instant of the change, as most do. */
  readsInOrder?: boolean;
  trustMs?: number;
  startServer(): Promise<{ server: TrackerServer; tracker: BacklogTracker }>;
  instanceOf(name: string): Pick<FaultyUpstream, 'sourceId' | 'annotations'>;
  /** @param instances - with the addresses at which the source finds them */
  configOf(
    instances: { name: string; url: string }[],
    schedule: typeof SCHEDULE,
  ): JsonObject;
}): FaultyVendor {
  const { name, lacks, features, protocol, pageSize } = vendor;
  return {
    name,
    measure: 'backlog',
    lacks,
    features,
    async start(names) {
      const servers: TrackerServer[] = [];
      const upstreams = new Map<string, FaultyUpstream>();
      for (const instance of names) {
        const { server, tracker } = await vendor.startServer();
        servers.push(server);
        const backlog = FaultyBacklog.fill(tracker, {
          pageSize,
          readsInOrder: vendor.readsInOrder ?? true,
        });
        upstreams.set(instance, {
          ...vendor.instanceOf(instance),
          upstream: await MisbehavingUpstream.start(),
          serverUrl: server.url,
          protocol,
          trustMs: vendor.trustMs,
          truth: () => backlog.truth(),
          change: onStep => backlog.change(onStep),
          changeOne: () => backlog.changeOne(),
        });
      }
      return {
        upstreams,
        config: vendor.configOf(
          [...upstreams].map(([instance, { upstream }]) => ({
            name: instance,
            url: upstream.url('').replace(/\/$/, ''),
          })),
          SCHEDULE,
        ),
        async stop() {
          for (const { upstream } of upstreams.values()) await upstream.close();
          await Promise.all(servers.map(server => server.close()));
        },
      };
    },
  };
}

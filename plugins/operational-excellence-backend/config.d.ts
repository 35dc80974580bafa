export interface Config {
  operationalExcellence?: {
    /** Which entities of the catalog are tracked. */
    services?: {
      /**
       * A filter predicate over entities, which the catalog evaluates;
       * `{ kind: Component }` if left out.
       */
      filter?: { [path: string]: unknown };
      /**
       * How often services, owners and annotations are read from the catalog. An
       * ISO 8601 duration; `PT1M` if left out.
       */
      refreshEvery?: string;
    };

    /**
     * The label of an entity that holds its tier, such as `example.com/tier`.
     * Without one, services have no tier.
     */
    tierLabel?: string;

    /**
     * Thresholds; the first policy that matches a service applies. Durations are
     * ISO 8601. A measure that a policy leaves out is not required. If left out,
     * one policy applies to all: a backlog of at most `P90D`, a game day every
     * `P180D`, and a readiness test `production-readiness` every `P365D`.
     */
    policies?: Array<{
      /** Unique among the policies. */
      id: string;
      /**
       * A filter predicate over the entity, such as
       * `{ 'metadata.labels.example.com/tier': '1' }`. A policy without one
       * matches every service, and must be the last.
       */
      match?: { [path: string]: unknown };
      /**
       * The day, in UTC, from which on the policy applies, such as
       * `'2027-01-31'`; at once if left out. Until then it is passed over, so
       * that policies may follow one without `match`.
       */
      enforceFrom?: string;
      backlog?: {
        /** How old the oldest open improvement may be. */
        maxAge: string;
        /** How long before that the service is due soon; `P14D` if left out. */
        warnBefore?: string;
        /** The least share of improvements among closed tickets, 0 to 1. */
        improvementShare?: number;
      };
      gameDay?: {
        /** How long ago the last game day may be. */
        every: string;
        /** How long before that the service is due soon; `P14D` if left out. */
        warnBefore?: string;
        /** `[experiment, game-day]` if left out. */
        counts?: Array<'experiment' | 'game-day' | 'tabletop' | 'pre-mortem'>;
      };
      readinessTest?: {
        /** The ids of the templates that must have been run. */
        templates: string[];
        /** How long a result is good for, unless it says so itself. */
        every: string;
        /** How long before that the service is due soon; `P14D` if left out. */
        warnBefore?: string;
      };
      evaluation?: {
        /** How long after an improvement is done its result must be judged. */
        within: string;
      };
      exercise?: {
        /**
         * Users or groups of whom each has to approve an exercise before it may
         * run.
         */
        approvers?: string[];
        /** The kinds that need their approval; `[game-day]` if left out. */
        approvalFor?: Array<'game-day' | 'tabletop' | 'pre-mortem'>;
        /** Until when findings are to be tested again, unless they say otherwise. */
        retestWithin?: string;
      };
    }>;

    /** Readiness templates: checklists as code, see docs/readiness.md. */
    readiness?: {
      /**
       * Whether the templates `production-readiness` and `acceptance-retest` that
       * come with the plugin are there; `true` if left out. One that is
       * configured takes the place of the built-in one of the same id.
       */
      builtInTemplates?: boolean;
      /**
       * YAML files, each with one template: local ones, relative to where the
       * backend runs, or those at an address that the URL reader can read.
       */
      templates?: Array<{
        file?: string;
        url?: string;
      }>;
      /**
       * How often the templates are read anew. An ISO 8601 duration; `PT1H` if
       * left out.
       */
      refreshEvery?: string;
    };

    /** How long what a caller may see is remembered. ISO 8601 durations. */
    visibility?: {
      /** A decision of the permission backend; `PT5S` if left out. */
      decisionsFor?: string;
      /**
       * The services that the catalog shows to a caller, where reading entities
       * is bound to conditions; `PT30S` if left out.
       */
      servicesFor?: string;
    };

    /**
     * A streaming replica of the PostgreSQL server that Backstage uses, from which
     * the scorecard, its groups, their history and downloads are read.
     */
    readReplica?: {
      host: string;
      /** `5432` if left out. */
      port?: number;
      /** As for the server itself, if left out. */
      user?: string;
      /** @visibility secret */
      password?: string;
      /**
       * How far it may be behind; beyond that, and while it cannot be reached, is
       * read from the server itself. An ISO 8601 duration; `PT5S` if left out.
       */
      maxLag?: string;
    };

    /** How services stood, day by day. */
    history?: {
      /** For how many days it is kept; `1096` if left out, which is three years. */
      keepDays?: number;
    };

    /** What owners of services are told, through the notifications plugin. */
    notifications?: {
      /** `true` if left out. */
      enabled?: boolean;
      /** What is announced as it happens; all of it, if left out. */
      kinds?: {
        dueSoon?: boolean;
        overdue?: boolean;
        failing?: boolean;
        /** An exercise that was planned and not held. */
        missedGameDay?: boolean;
        /** A finding that was to be tested again and is not closed. */
        retestDue?: boolean;
        /** An improvement that is to be evaluated, or should have been. */
        evaluationDue?: boolean;
        /** A waiver that ends soon, or ended. */
        waiverEnding?: boolean;
        /** An initiative that ends soon, or is over, of which something is left. */
        initiativeDue?: boolean;
      };
      /** What awaits an owner, once a week. */
      digest?: {
        /** `true` if left out. */
        enabled?: boolean;
        /** `monday` if left out. */
        weekday?:
          | 'monday'
          | 'tuesday'
          | 'wednesday'
          | 'thursday'
          | 'friday'
          | 'saturday'
          | 'sunday';
        /** 0 to 23; 8 if left out. */
        hour?: number;
        /** The name of a time zone, such as `Europe/Berlin`; `UTC` if left out. */
        timeZone?: string;
      };
      /**
       * How long before its end a waiver ends soon. An ISO 8601 duration; `P14D`
       * if left out.
       */
      waiverWarnBefore?: string;
    };

    /** Calendars of game days. */
    calendar?: {
      /**
       * Whether people can make calendars with a secret address, to which other
       * programs subscribe, and which anybody can open who knows it; `true` if
       * left out.
       */
      feeds?: boolean;
    };

    /** How sources are read. */
    sync?: {
      /** Runs at once in each replica of the backend; 4 if left out. */
      concurrency?: number;
      /**
       * How often each replica looks for what is due. An ISO 8601 duration;
       * `PT5S` if left out.
       */
      tickEvery?: string;
      /**
       * How long after the last answer of a source its figures are still
       * believed, for sources that do not state it themselves. An ISO 8601
       * duration; `PT6H` if left out.
       */
      tolerance?: string;
    };
  };
}

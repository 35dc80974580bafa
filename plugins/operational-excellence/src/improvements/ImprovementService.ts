/** The service that an improvement is filed for. */
export interface ImprovementService {
  entityRef: string;
  title: string;
  /** The title of its owner, where known. */
  ownerTitle?: string | null;
}

/**
 * Names the trackers of an entity that keeps its improvements in the built-in
 * tracker. Value: `built-in`.
 *
 * @public
 */
export const ANNOTATION_TRACKER = 'operational-excellence/tracker';

/**
 * The AWS FIS experiment templates that exercise an entity: template ids,
 * separated by commas.
 *
 * @public
 */
export const ANNOTATION_FIS_TEMPLATE_IDS =
  'aws.amazon.com/aws-fis-experiment-template-ids';

/**
 * Tag selectors of the AWS FIS experiments that exercise an entity:
 * `key=value` pairs separated by commas, all of which an experiment must carry.
 * Alternatives are separated by semicolons.
 *
 * @public
 */
export const ANNOTATION_FIS_TAGS = 'aws.amazon.com/aws-fis-experiment-tags';

/**
 * The tag on an AWS FIS experiment or experiment template that names the
 * exercised entity by its entity reference.
 *
 * @public
 */
export const FIS_ENTITY_REF_TAG = 'backstage.io/entity-ref';

/** Texts of guardrails of experiments. */
export const guardrails = {
  title: 'Guardrails',
};

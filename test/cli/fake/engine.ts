// Owns the vocabulary of an engine that is never run.

export const vocabulary = {
  states: ['none', 'setup'],
  commands: ['setup'],
  applicationOperations: ['read'],
  applicationStatuses: ['ok', 'error'],
  steps: ['commit.target.flush', 'commit.binding.write'],
  refusals: ['none', 'busy'],
  probes: ['write.waited-for-lock', 'commit.forced'],
};

export const create = (): object => ({});
export const handle = (): void => {};
